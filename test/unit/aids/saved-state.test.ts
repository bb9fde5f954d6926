// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import type { PageKeeping } from '../../../aids/define-aid.ts'
import { earlyAids } from '../../../aids/early-aids.ts'
import { AidRunner } from '../../../aids/runner.ts'
import type { SaveReport } from '../../../core/save-report.ts'
import type { SaveWish, ThreadKeeping } from '../../../core/thread-keeping.ts'
import { sampleSite, writePage } from './sample-page.ts'

const KEPT: ThreadKeeping = { key: 'k', posts: 20, gonePosts: 0, newPosts: 0 }
const SAVE: SaveReport = {
  ...{ key: 'k', title: 't', url: 'https://forum.example/t/1', state: 'running' },
  ...{ pagesDone: 12, pageCount: 30, posts: 240, newPosts: 0, editedPosts: 0, gonePosts: 0 },
}

let asked: SaveWish[] = []
let tell: (kept: ThreadKeeping | undefined) => void = () => {}
let answer: () => Promise<void> = () => Promise.resolve()

beforeEach(() => {
  asked = []
  answer = () => Promise.resolve()
  document.documentElement.innerHTML = '<head></head><body></body>'
})

function start(keeping: PageKeeping | undefined = followed): AbortController {
  writePage(document, [{ id: '1', body: '<p>short</p>' }])
  const controller = new AbortController()
  new AidRunner({
    root: document,
    document,
    site: sampleSite,
    url: new URL('https://forum.example/t/1'),
    aids: earlyAids.filter(({ id }) => id === 'saved-state'),
    wishes: {
      aids: { 'saved-state': { enabled: true, options: {} } },
      speeds: { charactersPerMinute: 400, wordsPerMinute: 238 },
    },
    memory: () => ({ has: () => false, add: () => {}, delete: () => {} }),
    keeping,
    signal: controller.signal,
  })
  return controller
}

const followed: PageKeeping = {
  watch: (listener) => void (tell = listener),
  ask: (wish) => {
    asked.push(wish)
    return answer()
  },
}

const line = () => document.querySelector<HTMLElement>('.loulan-saved-state')!
const shown = () => [...line().children].filter((part) => !(part as HTMLElement).hidden)
const buttons = () => shown().filter((part) => part.localName === 'button') as HTMLButtonElement[]
const words = () =>
  shown()
    .map((part) => part.textContent)
    .filter(Boolean)

test('the line keeps its place empty until it is known what is kept', () => {
  start()
  expect(line().childNodes.length).toBe(0)
  tell(undefined)
  expect(words()).toEqual(['保存全帖'])
})

test.each<[string, ThreadKeeping | undefined, string[], SaveWish]>([
  ['a thread that is only cached', KEPT, ['保存全帖'], 'save'],
  [
    'a saving that waits its turn',
    of({ state: 'queued' }),
    ['暂停', '取消保存', '排队等候保存', '12 / 30 页'],
    'pause',
  ],
  [
    'a saving under way',
    of({ secondsLeft: 180 }),
    ['暂停', '取消保存', '正在保存', '12 / 30 页 · 还要约 3 分钟'],
    'pause',
  ],
  ['a paused saving', of({ state: 'paused' }), ['继续', '取消保存', '保存已暂停', '12 / 30 页'], 'resume'],
  [
    'a saving that waits for a login',
    of({ state: 'waiting', reason: 'login-required' }),
    ['继续', '取消保存', '保存在等待：论坛要求登录', '12 / 30 页'],
    'resume',
  ],
  [
    'a saving that cannot finish',
    of({ state: 'stopped', reason: 'site-error' }),
    ['继续', '没有保存完：论坛不给看这个帖子', '12 / 30 页'],
    'save',
  ],
  [
    'a saving that found the disk full, with what to free',
    of({ state: 'stopped', reason: 'storage-full' }),
    [
      '继续',
      '没有保存完：磁盘或浏览器给扩展的配额满了。已存的页都在。到书架删掉一些帖子，或在设置里清空缓存，再点「继续」。',
      '12 / 30 页',
    ],
    'save',
  ],
  [
    'a saving that the reader gave up',
    of({ state: 'stopped', reason: 'cancelled' }),
    ['继续', '没有保存完：你取消了', '12 / 30 页'],
    'save',
  ],
])('%s', (_name, kept, expected, wish) => {
  start()
  tell(kept)
  expect(words()).toEqual(expected)
  buttons()[0]!.click()
  expect(asked).toEqual([wish])
})

test('a saved thread says since when, what is new and what is gone', () => {
  start()
  tell({ ...of({ state: 'finished' }), savedAt: '2026-11-22T04:00:00Z', newPosts: 3, gonePosts: 1 })
  expect(words()[0]).toBe('再次保存')
  expect(words()[1]).toMatch(/^保存于 .*2026.* · 新增 3 楼 · 消失 1 楼$/)
})

test('the second button cancels, and the bar says how far it is', () => {
  start()
  tell(of({}))
  expect(line().querySelector('progress')!.getAttribute('value')).toBe('12')
  buttons()[1]!.click()
  expect(asked).toEqual(['cancel'])
})

test('what is refused is said', async () => {
  start()
  tell(undefined)
  answer = () => Promise.reject(new Error('no'))
  buttons()[0]!.click()
  await expect.poll(() => line().textContent).toContain('没有开始')
})

test('a button keeps its place while pages come, so that the focus stays', () => {
  start()
  tell(of({}))
  const [button] = buttons()
  tell(of({ pagesDone: 13 }))
  expect(buttons()[0]).toBe(button)
})

test('where nothing can be saved there is no line; stopped, it leaves none', () => {
  const none = start(null as unknown as undefined)
  expect(document.querySelector('.loulan-saved-state')).toBeNull()
  none.abort()
  const controller = start()
  tell(of({}))
  controller.abort()
  expect(document.querySelector('[data-loulan]')).toBeNull()
})

function of(save: Partial<SaveReport>): ThreadKeeping {
  return { ...KEPT, save: { ...SAVE, ...save } }
}
