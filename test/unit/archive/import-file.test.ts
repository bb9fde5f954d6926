import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openArchive, type Archive } from '../../../archive/database.ts'
import { importFile } from '../../../archive/import-file.ts'
import { findThread, findThreadRecord } from '../../../archive/read-thread.ts'
import { parseDump } from '../../../formats/dump.ts'
import { formatJson } from '../../../formats/json.ts'

const SEEDS = join(import.meta.dirname, '../../../seeds')
const DUMP = readFileSync(join(SEEDS, '000_01465295b16f78d9.txt'), 'utf8')
const KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const ADDRESS = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528'

/** A page of the samples as a saver would leave it: its own first line names the address for the tests, not for us. */
function savedPage(path: string, line: string): string {
  return `<!DOCTYPE html>${line}\n${readFileSync(join(SEEDS, path, 'page.html'), 'utf8').replace(/^<!--.*?-->\n/, '')}`
}

describe('importFile', () => {
  let archive: Archive

  beforeEach(() => {
    archive = openArchive(`import-file-${Math.random()}`)
  })
  afterEach(() => archive.delete())

  const importText = (text: string, name = 'file') => importFile(archive, new File([text], name))

  test.each([
    ['SingleFile', `<!--\n Page saved with SingleFile \n url: ${ADDRESS} \n saved date: Sun -->`],
    ['a browser', `<!-- saved from url=(0065)${ADDRESS} -->`],
    ['a canonical link', `<link rel="canonical" href="${ADDRESS.replace('&', '&amp;')}">`],
    ['a canonical link, the other way round', `<link href='${ADDRESS}' rel='canonical'>`],
  ])('reads a thread page whose address is told by %s', async (_name, line) => {
    const report = await importText(savedPage('pku-bbs/thread-first-page', line), 'page.html')
    expect(report.threads).toEqual([{ key: KEY, title: '关于持续解决困扰基层的形式主义问题的通知 附答问', posts: 2 }])
    expect(report.diagnosticCount).toBe(0)
    expect((await findThreadRecord(archive, KEY))?.savedAt).toBeDefined()
    expect((await findThread(archive, KEY))?.posts.map(({ id }) => id)).toEqual(['22222309', '22231454'])
  })

  test('reads a page in the encoding that it names', async () => {
    const html = savedPage('pku-bbs/thread-first-page', `<meta charset="gbk"><!-- saved from url=(0065)${ADDRESS} -->`)
    const page = html.replace(/[^\0-\x7f]+/g, (words) => (words.includes('关于') ? '@@' : ''))
    const [head, ...rest] = page.split('@@')
    const word = new Uint8Array([0xb9, 0xd8, 0xd3, 0xda]) // 关于
    const file = new File([head!, ...rest.flatMap((part) => [word, part])], 'page.html')
    expect((await importFile(archive, file)).threads).toMatchObject([
      { key: KEY, title: expect.stringMatching(/^关于/) },
    ])
  })

  test('reads a page of a site that the reader described', async () => {
    const guide = readFileSync(join(SEEDS, '../docs/own-sites.md'), 'utf8')
    const block = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(guide)![1]!
    const address = /`(https:\/\/tea[^`]+)`/.exec(guide)![1]!
    const file = new File([`<!DOCTYPE html><!-- saved from url=(0030)${address} --><body>${block('html')}`], 'tea.html')
    expect((await importFile(archive, file)).diagnostics).toMatchObject([{ code: 'not-a-thread-page' }])
    const ownSites = ['no description', JSON.parse(block('json')) as unknown]
    expect((await importFile(archive, file, { ownSites })).threads).toHaveLength(1)
  })

  test('reads what it exported as JSON', async () => {
    const { threads } = parseDump(DUMP)
    const report = await importText(formatJson(threads[0]!), 'thread.json')
    expect(report.threads.map(({ key, posts }) => [key, posts])).toEqual([[KEY, 2]])
    expect((await findThread(archive, KEY))?.posts[0]?.text).toBe(threads[0]!.posts[0]!.text)
  })

  test('keeps the order of a long JSON thread that is written in pieces', async () => {
    const [thread] = parseDump(DUMP).threads
    const posts = Array.from({ length: 4500 }, (_, index) => ({
      ...thread!.posts[1]!,
      id: String(5000 - index),
      quotes: [],
    }))
    await importText(formatJson({ ...thread!, posts }), 'thread.json')
    expect((await findThread(archive, KEY))?.posts.map(({ id }) => id)).toEqual(posts.map(({ id }) => id))
  })

  test('reads a dump whatever its name', async () => {
    expect((await importText(DUMP, 'page.html')).threads).toHaveLength(1)
  })

  test.each([
    ['no-address', '<!DOCTYPE html><title>A page</title><p>words'],
    ['not-a-thread-page', '<!DOCTYPE html><link rel="canonical" href="https://example.org/"><p>words'],
    ['not-threads', '{"some": "object"}'],
    ['not-a-dump', 'words'],
  ])('says %s and keeps nothing', async (code, text) => {
    const report = await importText(text)
    expect(report.threads).toEqual([])
    expect(report.diagnostics.map((each) => each.code)).toEqual([code])
    expect(await archive.threads.count()).toBe(0)
  })

  test('a page that the forum refused keeps its own words', async () => {
    const report = await importText(savedPage('pku-bbs/login-wall', `<!-- saved from url=(0065)${ADDRESS} -->`))
    expect(report.threads).toEqual([])
    expect(report.diagnostics[0]).toMatchObject({
      code: 'no-posts',
      message: expect.stringMatching(/登录|权限/) as string,
    })
  })

  test('an import that is stopped says so', async () => {
    const signal = AbortSignal.abort()
    const report = await importFile(archive, new File([formatJson(parseDump(DUMP).threads[0]!)], 'a.json'), { signal })
    expect(report).toMatchObject({ stopped: true, threads: [] })
  })
})
