import Dexie from 'dexie'
import { openArchive, type Archive } from '../../archive/database.ts'
import type { PostRecord, ThreadRecord } from '../../archive/records.ts'
import { TextWriter } from '../../archive/search/note-texts.ts'
import { nameOf } from '../../archive/search/thread-name.ts'
import type { SearchReply } from '../../archive/search/search-service.ts'
import { tidyTexts } from '../../archive/search/tidy-texts.ts'
import { storeThread } from '../../archive/store-thread.ts'
import type { Thread } from '../../core/thread.ts'
import { makeLibrary } from './made-library.ts'

/** What `search.bench.ts` runs in a page of the extension, under the name `bench`. All times in milliseconds. */

/** Stores whole threads as a save does, page by page; gives all the time, and the share of making texts. */
async function store(posts: number): Promise<{ all: number; texts: number }> {
  const archive = openArchive()
  const started = performance.now()
  for (const thread of makeLibrary(posts)) {
    for (let page = 0; page * 20 < thread.posts.length; page++) {
      const piece = { ...thread, posts: thread.posts.slice(page * 20, (page + 1) * 20) }
      await storeThread(archive, piece, {
        source: 'page',
        page: page + 1,
        readAt: new Date().toISOString(),
        save: true,
      })
    }
  }
  const all = performance.now() - started
  const records = await archive.posts.toArray()
  const textsStarted = performance.now()
  for (let from = 0; from < records.length; from += 20) {
    await archive.transaction('rw', archive.textRuns, archive.textParts, async () => {
      const texts = new TextWriter(archive)
      texts.begin('none', {})
      await texts.write(records.slice(from, from + 20))
      await texts.finish()
    })
  }
  const texts = performance.now() - textsStarted
  await archive.delete()
  return { all, texts }
}

/** Posts whose rows are stored: those of the threads read last, which are shown. All would take minutes. */
const STORED_POSTS = 200_000

/** Fills the archive: rows as they are stored, and the texts by the code that stores them. */
async function fill(posts: number): Promise<{ texts: number; tidy: number; runs: number; megabytes: number }> {
  const archive = openArchive()
  let texts = 0
  let tidy = 0
  let batch: Thread[] = []
  let batches = 0
  const write = async () => {
    texts += await addThreads(archive, batch, batches * THREADS_AT_ONCE * 100 >= posts - STORED_POSTS)
    batch = []
    if (++batches % 25 === 0) tidy += await timed(() => tidyTexts(archive))
  }
  for (const thread of makeLibrary(posts)) {
    batch.push(thread)
    if (batch.length === THREADS_AT_ONCE) await write()
  }
  await write()
  tidy += await timed(() => tidyTexts(archive))
  const runs = await archive.textRuns.toArray()
  archive.close()
  const megabytes = runs.reduce((sum, { characters }) => sum + characters * 2, 0) / 1e6
  return { texts, tidy, runs: runs.length, megabytes }
}

/** Threads that are added in one transaction. */
const THREADS_AT_ONCE = 20

/** Gives the time that their texts took. */
async function addThreads(archive: Archive, threads: readonly Thread[], areStored: boolean): Promise<number> {
  const rows = threads.map(({ posts, ...fields }) => {
    const readAt = new Date(Date.UTC(2026, 0, 1) + Number(fields.id) * 60_000).toISOString()
    const history = {
      firstReadAt: readAt,
      lastReadAt: readAt,
      recentAt: readAt,
      savedAt: readAt,
      source: 'page' as const,
    }
    const counts = { pages: {}, tags: [], postCount: posts.length, characters: 0, words: 0, bytes: 0 }
    return { ...fields, ...history, ...counts, incomplete: false, unreadPosts: 0, goneCount: 0 } as ThreadRecord
  })
  const records = threads.map(({ key, posts }) =>
    posts.map((post, index): PostRecord => {
      const place = { threadKey: key, id: post.id, position: index }
      return { ...place, post, readAt: '', source: 'page', page: 1, measure: { characters: 0, words: 0 } }
    }),
  )
  let texts = 0
  await archive.transaction('rw', archive.threadTables, async () => {
    await archive.threads.bulkAdd(rows)
    if (areStored) await archive.posts.bulkAdd(records.flat())
    const started = performance.now()
    for (const [index, { key }] of threads.entries()) {
      const writer = new TextWriter(archive)
      writer.begin(key, { name: nameOf(rows[index]!) })
      await writer.write(records[index]!)
      await writer.finish()
    }
    texts = performance.now() - started
  })
  return texts
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

let worker: Worker | undefined
let asked = 0

/** Starts the library page's own worker, as a page does that is opened anew. */
function open(path: string): void {
  worker?.terminate()
  worker = new Worker(path, { type: 'module' })
}

/** Searches; gives the time until the first results stood and until all were found, and what was found. */
function search(typed: string): Promise<{ first: number; all: number; posts: number; threads: number }> {
  const id = ++asked
  const started = performance.now()
  let first = 0
  return new Promise((resolve, reject) => {
    worker!.onmessage = ({ data }: MessageEvent<SearchReply>) => {
      if (data.id !== id) return
      if (data.type === 'failed') return reject(new Error(data.detail))
      if (data.type !== 'state') return
      first ||= performance.now() - started
      const { isComplete, posts, threads } = data.state
      if (isComplete) resolve({ first, all: performance.now() - started, posts, threads })
    }
    worker!.postMessage({ type: 'search', id, typed, threads: 10 })
  })
}

/** Baseline: one text record a thread, all read and looked through for each query. */
async function fillPlain(posts: number): Promise<number> {
  const plain = plainTable()
  const started = performance.now()
  let batch: { key: string; texts: string[] }[] = []
  for (const { key, posts: all } of makeLibrary(posts)) {
    batch.push({ key, texts: all.map(({ text }) => text) })
    if (batch.length < 100) continue
    await plain.table('texts').bulkAdd(batch)
    batch = []
  }
  await plain.table('texts').bulkAdd(batch)
  plain.close()
  return performance.now() - started
}

async function searchPlain(word: string): Promise<{ all: number; posts: number }> {
  const started = performance.now()
  const plain = plainTable()
  let posts = 0
  for (const { texts } of (await plain.table('texts').toArray()) as { texts: string[] }[])
    for (const text of texts) if (text.includes(word)) posts++
  plain.close()
  return { all: performance.now() - started, posts }
}

function plainTable(): Dexie {
  const plain = new Dexie('plain')
  plain.version(1).stores({ texts: 'key' })
  return plain
}

/** Characters of a block of the baseline below. */
const BLOCK = 1_000_000

let kept: string[] | undefined

/** Baseline: blocks of many threads' texts and nothing else, all read and looked through. */
async function fillBlocks(posts: number): Promise<void> {
  const blocks = blockTable()
  let texts: string[] = []
  let characters = 0
  const write = () => blocks.table('blocks').add({ text: texts.join('\n') })
  for (const { posts: all } of makeLibrary(posts)) {
    for (const { text } of all) {
      texts.push(text)
      characters += text.length
    }
    if (characters < BLOCK) continue
    await write()
    texts = []
    characters = 0
  }
  await write()
  blocks.close()
}

/** Searches the blocks; `isFirst` reads them all, as after a start, and keeps them. */
async function searchBlocks(word: string, isFirst: boolean): Promise<{ all: number; posts: number }> {
  if (isFirst) kept = undefined
  const started = performance.now()
  if (!kept) {
    const blocks = blockTable()
    kept = ((await blocks.table('blocks').toArray()) as { text: string }[]).map(({ text }) => text)
    blocks.close()
  }
  let posts = 0
  for (const text of kept) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, text.indexOf('\n', at))) {
      posts++
      if (text.indexOf('\n', at) < 0) break
    }
  }
  return { all: performance.now() - started, posts }
}

function blockTable(): Dexie {
  const blocks = new Dexie('blocks')
  blocks.version(1).stores({ blocks: '++id' })
  return blocks
}

/** Baseline: an index of the pairs of characters of each post, kept by the database. */
async function fillPairs(posts: number): Promise<number> {
  const pairs = pairTable()
  const started = performance.now()
  for (const { posts: all } of makeLibrary(posts)) {
    const rows = all.map(({ id, text }) => ({ id, text, pairs: [...new Set(pairsOf(text))] }))
    await pairs.table('posts').bulkAdd(rows)
  }
  pairs.close()
  return performance.now() - started
}

async function searchPairs(word: string): Promise<{ all: number; posts: number }> {
  const started = performance.now()
  const pairs = pairTable()
  const lists = await Promise.all(
    pairsOf(word).map((pair) => pairs.table('posts').where('pairs').equals(pair).primaryKeys() as Promise<string[]>),
  )
  const [least = [], ...others] = lists.sort((a, b) => a.length - b.length)
  const sets = others.map((list) => new Set(list))
  const rows = await pairs.table('posts').bulkGet(least.filter((id) => sets.every((set) => set.has(id))))
  const posts = (rows as { text: string }[]).filter(({ text }) => text.includes(word)).length
  pairs.close()
  return { all: performance.now() - started, posts }
}

function pairTable(): Dexie {
  const pairs = new Dexie('pairs')
  pairs.version(1).stores({ posts: 'id, *pairs' })
  return pairs
}

function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2))
}

const bench = {
  ...{ store, fill, open, search },
  ...{ fillPlain, searchPlain, fillBlocks, searchBlocks, fillPairs, searchPairs },
}
export type SearchBench = typeof bench
Object.assign(globalThis, { bench })
