import { strFromU8, unzipSync } from 'fflate'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Archive } from '../../../archive/database.ts'
import { exportThread, exportThreads, listThreadKeys, threadMarkdown } from '../../../archive/export-threads.ts'
import type { ExportProgress } from '../../../archive/export-progress.ts'
import type { ExportFormat, ExportRequest } from '../../../archive/export-threads.ts'
import { keepFile, wantFiles } from '../../../archive/file-addresses.ts'
import { lookAtFile } from '../../../archive/kept-files.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import { parseDump } from '../../../formats/dump.ts'
import { parseJson } from '../../../formats/json.ts'
import { makePng } from '../../forum/bytes.ts'
import { newArchive, pageRead, postOf, threadOf } from './sample-thread.ts'

const FORMATS: readonly ExportFormat[] = ['html', 'epub', 'markdown', 'text', 'json', 'dump']
const modified = '2026-05-06T07:08:09Z'
let archive: Archive

async function keep(id: string, title: string, posts = 2): Promise<string> {
  const key = `pku-bbs/bbs.pku.edu.cn/22/${id}`
  const all = Array.from({ length: posts }, (_, index) =>
    postOf(`${index + 1}`, { text: `${title} 第 ${index + 1} 楼` }),
  )
  await storeThread(archive, threadOf(all, { key, id, title, board: { id: '22' } }), pageRead(1, Number(id)))
  return key
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Blob[] = []
  for await (const piece of pieces) all.push(new Blob([new Uint8Array(piece)]))
  return new Uint8Array(await new Blob(all).arrayBuffer())
}

const request = (format: ExportFormat, more: Partial<ExportRequest> = {}): ExportRequest => ({
  format,
  modified,
  ...more,
})

beforeEach(() => {
  archive = newArchive()
})

test.each(FORMATS)('a thread as %s has its title and all its posts', async (format) => {
  const key = await keep('1', '湖边/的猫', 60)
  const file = await exportThread(archive, key, request(format))
  expect(file!.name).toMatch(/^湖边 的猫\.(html|epub|md|txt|json)$/)
  const bytes = await collect(file!.bytes)
  const files = format === 'epub' ? Object.values(unzipSync(bytes)) : [bytes]
  const text = files.map((each) => strFromU8(each)).join('\n')
  for (let floor = 1; floor <= 60; floor++) expect(text).toContain(`的猫 第 ${floor} 楼`)
})

test.each(FORMATS.filter((format) => format !== 'dump'))(
  'many threads as %s are a zip, names told apart',
  async (format) => {
    const keys = [await keep('1', '同名'), await keep('2', '同名'), await keep('3', '')]
    const { name, type, bytes } = exportThreads(archive, keys, request(format))
    expect([name, type]).toEqual(['loulan-2026-05-06.zip', 'application/zip'])
    const names = Object.keys(unzipSync(await collect(bytes))).map((each) => each.replace(/\.\w+$/, ''))
    expect(names).toEqual(['同名', '同名 (2)', '3'])
  },
)

test('many threads as dumps are one text that reads back', async () => {
  const keys = [await keep('1', '一'), await keep('2', '二')]
  const { name, bytes } = exportThreads(archive, keys, request('dump'))
  const { threads, diagnostics } = parseDump(strFromU8(await collect(bytes)))
  expect([name, threads.map(({ title }) => title), diagnostics]).toEqual(['loulan-2026-05-06.txt', ['一', '二'], []])
})

test('what was exported as JSON is what was stored', async () => {
  const key = await keep('1', '一', 30)
  const file = await exportThread(archive, key, request('json'))
  const { threads, problems } = parseJson(strFromU8(await collect(file!.bytes)))
  expect(problems).toEqual([])
  expect(threads[0]!.posts.map(({ text }) => text)).toEqual(
    Array.from({ length: 30 }, (_, index) => `一 第 ${index + 1} 楼`),
  )
})

test('threads that are gone are passed over and counted; progress is told', async () => {
  const keys = [await keep('1', '一'), 'nothing/here/1', await keep('2', '二')]
  const told: ExportProgress[] = []
  const { bytes } = exportThreads(archive, keys, request('text', { onProgress: (now) => told.push(now) }))
  const size = (await collect(bytes)).length
  expect(told.at(-1)).toEqual({ threads: 2, total: 3, bytes: size, missing: 1 })
  expect(await exportThread(archive, 'nothing/here/1', request('text'))).toBeUndefined()
})

test('a stopped export ends with the reason', async () => {
  const keys = [await keep('1', '一'), await keep('2', '二')]
  const controller = new AbortController()
  const { bytes } = exportThreads(archive, keys, request('html', { signal: controller.signal }))
  await bytes.next()
  controller.abort(new Error('stopped'))
  await expect(collect(bytes)).rejects.toThrow('stopped')
})

test('options and language reach the format', async () => {
  const key = await keep('1', '一')
  const file = await exportThread(
    archive,
    key,
    request('markdown', { language: 'en-US', options: { starterOnly: true } }),
  )
  expect(strFromU8(await collect(file!.bytes))).toMatch(/posts: 0\n/)
  expect(await threadMarkdown(archive, key, 'en')).toContain('## Post 1')
  expect(await threadMarkdown(archive, 'nothing')).toBeUndefined()
})

test('all keys come with the thread read last first', async () => {
  const keys = [await keep('1', '一'), await keep('2', '二')]
  expect(await listThreadKeys(archive)).toEqual(keys.toReversed())
})

describe('with pictures', () => {
  const url = 'https://a.example/1.png'
  const png = new Uint8Array(makePng('a', 20, 10))

  /** A thread with a kept picture and one that could not be had. */
  async function keepWithPicture(id: string, title: string): Promise<string> {
    const key = `pku-bbs/bbs.pku.edu.cn/22/${id}`
    const html = `<p><img src="${url}"><img src="https://a.example/gone.png"></p>`
    await storeThread(archive, threadOf([postOf('1', { html })], { key, id, title }), pageRead(1))
    await wantFiles(archive, key, [{ url, kind: 'picture' }])
    await keepFile(archive, { threadKey: key, url }, await lookAtFile(png), '2026-01-01T00:00:00.000Z')
    return key
  }

  test('a page has them inside, and asks the web for none', async () => {
    const file = await exportThread(archive, await keepWithPicture('1', '图'), request('html'))
    const html = strFromU8(await collect(file!.bytes))
    expect(html).toContain(`src="data:image/png;base64,${Buffer.from(png).toString('base64')}"`)
    expect(html.match(/<img /g)).toHaveLength(1)
    expect(html).toContain('href="https://a.example/gone.png"')
  })

  test('a thread of which nothing is kept leaves them on the web, one without leaves them out', async () => {
    const key = await keepWithPicture('1', '图')
    const without = await exportThread(archive, key, request('html', { options: { pictures: 'omit' } }))
    expect(strFromU8(await collect(without!.bytes))).not.toContain('<img')
    await archive.fileAddresses.clear()
    const on = await exportThread(archive, key, request('html'))
    expect(strFromU8(await collect(on!.bytes))).toContain(`<img src="${url}"`)
  })

  test('a book has them as files', async () => {
    const file = await exportThread(archive, await keepWithPicture('1', '图'), request('epub'))
    expect(unzipSync(await collect(file!.bytes))['EPUB/images/0001.png']).toEqual(png)
  })

  test.each(['markdown', 'json'] as const)('%s has them beside, in a zip', async (format) => {
    const ending = format === 'json' ? 'json' : 'md'
    const file = await exportThread(archive, await keepWithPicture('1', '图'), request(format))
    expect([file!.name, file!.type]).toEqual(['图.zip', 'application/zip'])
    const files = unzipSync(await collect(file!.bytes))
    expect(Object.keys(files)).toEqual([`图.${ending}`, '图.files/0001.png'])
    expect(files['图.files/0001.png']).toEqual(png)
    expect(strFromU8(files[`图.${ending}`]!)).toContain(format === 'json' ? '"图.files/0001.png"' : '.files/0001.png)')
  })

  test('many threads of one name have folders apart', async () => {
    const keys = [await keepWithPicture('1', '图'), await keepWithPicture('2', '图'), await keep('3', '字')]
    const { bytes } = exportThreads(archive, keys, request('markdown'))
    const names = Object.keys(unzipSync(await collect(bytes)))
    expect(names).toEqual(['图.md', '图.files/0001.png', '图 (2).md', '图 (2).files/0001.png', '字.md'])
  })
})

test.each<[ExportFormat, string]>([
  ['html', '不完整：共 3 页，只有 1 页'],
  ['text', '不完整：共 3 页，只有 1 页'],
  ['markdown', 'pages_read: 1\npages: 3'],
  ['json', '"pagesRead": 1'],
])('%s of a thread of which pages are missing says so, of a whole one it does not', async (format, words) => {
  const write = async (pageCount: number) => {
    await storeThread(archive, threadOf([postOf('1')], { key: `k${pageCount}`, pageCount }), pageRead(1))
    const file = await exportThread(archive, `k${pageCount}`, request(format))
    return new TextDecoder().decode(await collect(file!.bytes))
  }
  expect(await write(3)).toContain(words)
  expect(await write(1)).not.toMatch(/不完整|pages_?read/i)
})
