import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findHeadings, type TextLine } from '../../../core/headings.ts'
import { parseDump } from '../../../formats/dump.ts'

const SEED = fileURLToPath(new URL('../../../seeds/000_01465295b16f78d9.txt', import.meta.url))
const FILL = '这里是这一节的正文，说了许多话，长到谁也不会把它当成清单里的一项。'.repeat(4)

function linesOf(text: string): TextLine[] {
  return text.split('\n').map((line) => ({ text: line }))
}

test("the sample's long post has its eight points and its four questions", () => {
  const [thread] = parseDump(readFileSync(SEED, 'utf8')).threads
  const headings = findHeadings(linesOf(thread!.posts[0]!.text))
  expect(headings.map(({ title, level }) => [level, title.slice(0, 8)])).toEqual([
    [1, '一、持续筑牢克服'],
    [1, '二、坚决纠治贯彻'],
    [1, '三、切实防止文山'],
    [1, '四、进一步改进督'],
    [1, '五、着力提高调查'],
    [1, '六、完善干部担当'],
    [1, '七、深化治理改革'],
    [1, '八、坚持以上率下'],
    [1, '问：请介绍一下《'],
    [1, '问：《通知》聚焦'],
    [1, '问：《通知》在激'],
    [1, '问：如何抓好《通'],
  ])
  expect(headings[0]!.title).toBe('一、持续筑牢克服形式主义官僚主义的思想政治根基')
  expect(headings[8]!.title).toBe('问：请介绍一下《通知》出台的背景和意义')
})

test('numbers inside numbers are levels', () => {
  const text = [
    '第一章 缘起',
    FILL,
    '一、背景',
    FILL,
    '（一）其一',
    FILL,
    '（二）其二',
    FILL,
    '二、经过',
    FILL,
    '第二章 后来',
    FILL,
  ]
  expect(findHeadings(linesOf(text.join('\n'))).map(({ level, title }) => `${level} ${title}`)).toEqual([
    '1 第一章 缘起',
    '2 一、背景',
    '3 （一）其一',
    '3 （二）其二',
    '2 二、经过',
    '1 第二章 后来',
  ])
})

test.each([
  ['a list of short items', ['1. 牛奶', '2. 面包', '3. 鸡蛋']],
  ['a decimal and a percentage', ['1.5 倍', '2.5 倍', FILL]],
  ['a number that nothing follows', ['一、只有一点要说', FILL]],
  ['numbers that do not rise from the start', ['7. 七', FILL, '3. 三', FILL]],
  ['a date', ['2020.04.14', FILL, '2020.04.15', FILL]],
  ['plain words', ['太长了，废了半天劲儿才看完。']],
])('%s has no headings', (_, lines) => {
  expect(findHeadings(linesOf(lines.join('\n')))).toEqual([])
})

test("the page's own marks and bold lines count, emphasis does not", () => {
  const lines: TextLine[] = [
    { text: 'Introduction', markedLevel: 2 },
    { text: FILL },
    { text: 'Details', markedLevel: 3 },
    { text: FILL },
    { text: '小标题', isBold: true },
    { text: FILL },
    { text: '另一个小标题', isBold: true },
    { text: FILL },
    { text: FILL, isBold: true },
    { text: '——', isBold: true },
  ]
  expect(findHeadings(lines).map(({ level, title }) => [level, title])).toEqual([
    [1, 'Introduction'],
    [2, 'Details'],
    [3, '小标题'],
    [3, '另一个小标题'],
  ])
})

test('chapters in English, with Roman numbers, and one chapter alone', () => {
  const lines = linesOf(['Chapter IV: The storm', FILL, 'Chapter V: The calm', FILL].join('\n'))
  expect(findHeadings(lines)).toHaveLength(2)
  expect(findHeadings(linesOf(`第三十二章 归来\n${FILL}`))).toEqual([{ line: 0, title: '第三十二章 归来', level: 1 }])
})

test('whatever the lines hold: every heading is a line of the text, in order, with levels from 1 without gaps', () => {
  const line = fc.record(
    {
      text: fc.oneof(
        fc.string(),
        fc.constantFrom('一、', '1. a', '（二）', '第九章', '问：', '2.', FILL, '　　三、好'),
      ),
      ...{ markedLevel: fc.constantFrom(1, 2, 6), isBold: fc.boolean() },
    },
    { requiredKeys: ['text'] },
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
      const headings = findHeadings(lines)
      const levels = new Set(headings.map(({ level }) => level))
      expect(headings.map((heading) => heading.line)).toEqual(
        [...headings.map((heading) => heading.line)].sort((a, b) => a - b),
      )
      for (const { line: index, title } of headings) {
        expect(lines[index]!.text.trim()).not.toBe('')
        expect(title.length).toBeGreaterThan(0)
        expect(title.length).toBeLessThanOrEqual(48)
      }
      expect([...levels].sort()).toEqual([...levels].map((_, index) => index + 1).sort())
    }),
  )
})
