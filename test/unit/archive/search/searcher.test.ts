import fc from 'fast-check'
import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { foldText } from '../../../../core/search/fold-text.ts'
import { isInTime, namesOf } from '../../../../core/search/match-post.ts'
import { hasName, matchesNames, parseQuery, type SearchQuery } from '../../../../core/search/parse-query.ts'
import { wallMinute } from '../../../../core/search/query-days.ts'
import type { Post } from '../../../../core/thread.ts'
import type { Archive } from '../../../../archive/database.ts'
import { deleteThread, restoreThread } from '../../../../archive/delete-thread.ts'
import { evictCached } from '../../../../archive/evict.ts'
import { ImportLog } from '../../../../archive/import-log/import-log.ts'
import { undoImport } from '../../../../archive/import-log/undo-import.ts'
import { markOpened } from '../../../../archive/mark-threads.ts'
import { archiveReading } from '../../../../archive/merge.ts'
import { storeThread } from '../../../../archive/store-thread.ts'
import { purgeTrash, restoreTrashed, trashThreads } from '../../../../archive/trash.ts'
import { Searcher } from '../../../../archive/search/searcher.ts'
import { tidyTexts } from '../../../../archive/search/tidy-texts.ts'
import { dumpRead, newArchive, pageRead, postOf, threadOf, timeAt } from '../sample-thread.ts'
import { ask, bracketed, find } from './search.ts'

async function library(): Promise<Archive> {
  const archive = newArchive()
  const posts = [
    postOf('11', { text: '未名湖的风\n吹过博雅塔', floor: 1, author: { username: 'ZOEA', nickname: '蟹' } }),
    postOf('12', {
      text: 'Ｊａｖａ Script 与塔',
      floor: 2,
      author: { username: 'derek' },
      postedAt: '2020-04-16T06:06:00+08:00',
    }),
  ]
  await storeThread(
    archive,
    threadOf(posts, { key: 'a', title: '湖边', board: { id: '22', name: '鹊桥' } }),
    pageRead(1, 1),
  )
  const others = [postOf('21', { text: '塔下没有湖', author: { username: 'zoea2' }, postedAt: '2021-01-01T00:00:00Z' })]
  await storeThread(
    archive,
    threadOf(others, { key: 'b', title: '奥数班', site: 'discuz', url: 'https://bbs.example.org/1' }),
    pageRead(1, 2),
  )
  return archive
}

describe('finds', () => {
  test.each([
    ['湖', ['a#11', 'b#21']],
    ['塔', ['b#21', 'a#11', 'a#12']],
    ['未名湖的风吹过', ['a#11']],
    ['javascript', []],
    ['java script', ['a#12']],
    ['"java script"', ['a#12']],
    ['VASCR', []],
    ['crip', ['a#12']],
    ['蟹', ['a#11']],
    ['zoea', ['b#21', 'a#11']],
    ['奥数', ['b#']],
    ['奥数 塔', ['b#21']],
    ['奥数 塔 未名', []],
    ['塔 -湖', []],
    ['塔 -未名湖', ['b#21', 'a#12']],
    ['塔 -奥数', ['a#11', 'a#12']],
    ['author:zoea', ['b#21', 'a#11']],
    ['author:"zoea"', ['a#11']],
    ['author：“蟹” 塔', ['a#11']],
    ['-author:zoea', ['a#12']],
    ['author:derek author:蟹', ['a#11', 'a#12']],
    ['board:鹊', ['a#11', 'a#12']],
    ['board:22 风', ['a#11']],
    ['-board:22 塔', ['b#21']],
    ['site:discuz', ['b#21']],
    ['site:bbs.example.org', ['b#21']],
    ['-site:example', ['a#11', 'a#12']],
    ['before:2021', ['a#12']],
    ['after:2020-04-16 before:2020-04-17', ['a#12']],
    ['after:2020-04-17', ['b#21']],
    ['奥数 after:2022', []],
    ['nothing:here', []],
    ['', []],
    ['   ', []],
    ['author:', []],
  ])('%s', async (typed, expected) => {
    const archive = await library()
    expect(await find(archive, typed)).toEqual(expected)
    await tidyTexts(archive)
    expect(await find(archive, typed)).toEqual(expected)
  })

  test('marks what was found where it stands', async () => {
    const archive = await library()
    const { hits } = await ask(new Searcher(archive), '湖 script')
    expect(hits.map(({ title, hits: [first] }) => [bracketed(title), bracketed(first!.excerpt)])).toEqual([
      ['[湖]边', 'Ｊａｖａ [Script] 与塔'],
    ])
    const [first] = (await ask(new Searcher(archive), '蟹')).hits
    expect(bracketed(first!.hits[0]!.author)).toBe('[蟹] ZOEA')
  })

  test('shows as many threads as asked, those read last first, and more when asked', async () => {
    const archive = newArchive()
    for (let each = 0; each < 5; each++)
      await storeThread(
        archive,
        threadOf([postOf('1')], { key: `t${each}`, title: each === 1 ? '帖子' : '' }),
        pageRead(1, each),
      )
    const searcher = new Searcher(archive)
    const state = await ask(searcher, '帖子', 2)
    expect([state.threads, state.posts, state.hits.map(({ key }) => key)]).toEqual([5, 5, ['t1', 't4']])
    let more: string[] = []
    await searcher.showMore(4, ({ hits }) => (more = hits.map(({ key }) => key)))
    expect(more).toEqual(['t1', 't4', 't3', 't2'])
  })
})

describe('what changes in the archive', () => {
  test('edited, deleted, restored and evicted, with one searcher that stays open', async () => {
    const archive = await library()
    const searcher = new Searcher(archive)
    const found = (typed: string) => find(archive, typed, searcher)
    expect(await found('风')).toEqual(['a#11'])
    const edited = postOf('11', { text: '改了', floor: 1, author: { username: 'ZOEA' }, editedAt: '2024-01-01' })
    await storeThread(archive, threadOf([edited], { key: 'a', title: '新题' }), pageRead(1, 3))
    expect([await found('风'), await found('改'), await found('新题')]).toEqual([[], ['a#11'], ['a#']])
    const deleted = (await deleteThread(archive, 'a'))!
    expect([await found('改'), await found('新题'), await found('塔')]).toEqual([[], [], ['b#21']])
    await restoreThread(archive, deleted)
    expect([await found('改'), await found('塔')]).toEqual([['a#11'], ['a#12', 'b#21']])
    await evictCached(archive, 0, { keep: 'b' })
    expect([await found('改'), await found('塔')]).toEqual([[], ['b#21']])
    await tidyTexts(archive)
    expect([await found('改'), await found('塔')]).toEqual([[], ['b#21']])
    expect(JSON.stringify(await archive.textRuns.toArray())).not.toContain('改了')
  })

  test('put into the trash and taken out again', async () => {
    const archive = await library()
    const searcher = new Searcher(archive)
    expect(await find(archive, '湖', searcher)).toEqual(['a#11', 'b#21'])
    const deletedAt = new Date().toISOString()
    await trashThreads(archive, ['a'], { deletedAt })
    expect(await find(archive, '湖', searcher)).toEqual(['b#21'])
    await restoreTrashed(archive, deletedAt)
    expect(await find(archive, '风', searcher)).toEqual(['a#11'])
    await trashThreads(archive, ['a'], { deletedAt })
    await purgeTrash(archive)
    expect(await find(archive, '风', searcher)).toEqual([])
    await tidyTexts(archive)
    expect(JSON.stringify(await archive.textRuns.toArray())).not.toContain('博雅')
  })

  test('what an import brought is found no more once it is undone', async () => {
    const archive = await library()
    const searcher = new Searcher(archive)
    const log = await ImportLog.begin(archive, { kind: 'import', startedAt: new Date().toISOString() })
    const more = [postOf('11', { text: '未名湖的雪' }), postOf('13', { text: '雪后的塔' })]
    await log.write(archiveReading(threadOf(more, { key: 'a', title: '湖边' }), { ...pageRead(2, 9) }))
    await log.write(archiveReading(threadOf([postOf('31', { text: '雪人' })], { key: 'c', title: '' }), dumpRead(8)))
    await log.end('done')
    expect(await find(archive, '雪', searcher)).toEqual(['a#11', 'a#13', 'c#31'])
    await undoImport(archive, log.id)
    expect([await find(archive, '雪', searcher), await find(archive, '风', searcher)]).toEqual([[], ['a#11']])
    await tidyTexts(archive)
    expect([await find(archive, '雪'), await find(archive, '风')]).toEqual([[], ['a#11']])
  })

  test('links in dumps are searched by what is read of them', async () => {
    const archive = newArchive()
    const post = postOf('1', { text: '看[这里](https://example.org/secret)吧' })
    await storeThread(archive, threadOf([post], { key: 'a' }), dumpRead())
    expect([await find(archive, '看这里吧'), await find(archive, 'secret')]).toEqual([['a#1'], []])
  })

  test('all posts of a thread are shown as they were found, though their texts were merged meanwhile', async () => {
    const archive = newArchive()
    for (let each = 0; each < 33; each++)
      await storeThread(archive, threadOf([postOf(String(each), { text: '塔' })], { key: 'a' }), pageRead(1, each))
    const searcher = new Searcher(archive)
    await ask(searcher, '塔')
    expect(await tidyTexts(archive)).toBeGreaterThan(0)
    await searcher.prepare()
    expect(await searcher.postsOf('a')).toHaveLength(33)
  })

  test('texts that are merged before they were read are found where they are then', async () => {
    const factory = new IDBFactory()
    const [archive, other] = [newArchive(factory), newArchive(factory)]
    for (const [minute, key] of ['c', 'b', 'a'].entries()) {
      const post = postOf('1', { text: `塔${'水'.repeat(350_000)}` })
      await storeThread(archive, threadOf([post], { key, title: '' }), pageRead(1, minute))
    }
    const searcher = new Searcher(archive)
    await searcher.prepare()
    const read = archive.textParts.bulkGet.bind(archive.textParts)
    // When the texts are asked for, somebody else has just replaced their run.
    archive.textParts.bulkGet = ((keys: [string, number][]) =>
      searcher
        .prepare()
        .then(() => tidyTexts(other))
        .then(() => read(keys))) as typeof read
    expect(await find(archive, '塔', searcher)).toEqual(['a#1', 'b#1', 'c#1'])
    expect(await other.textRuns.count()).toBe(1)
  })

  test('a thread that was opened since comes first, though no text has changed', async () => {
    const archive = await library()
    const searcher = new Searcher(archive)
    expect(await find(archive, '湖', searcher)).toEqual(['a#11', 'b#21'])
    await markOpened(archive, 'b', timeAt(50))
    expect(await find(archive, '塔', searcher)).toEqual(['b#21', 'a#11', 'a#12'])
    await markOpened(archive, 'a', timeAt(55))
    expect(await find(archive, '塔', searcher)).toEqual(['a#11', 'a#12', 'b#21'])
  })

  test('signatures that cannot be read fail a search that goes on, and nothing else', async () => {
    const unseen: unknown[] = []
    const note = (reason: unknown) => unseen.push(reason)
    process.on('unhandledRejection', note)
    try {
      const archive = newArchive()
      for (let each = 0; each < 5; each++) {
        const post = postOf('1', { text: `塔${'水'.repeat(350_000)}` })
        await storeThread(archive, threadOf([post], { key: `t${each}`, title: '' }), pageRead(1, each))
      }
      const read = archive.textParts.bulkGet.bind(archive.textParts)
      archive.textParts.bulkGet = ((keys: [string, number][]) =>
        keys[0]![0] === 'signature' ? Promise.reject(new Error('unreadable')) : read(keys)) as typeof read
      await expect(ask(new Searcher(archive), '塔')).rejects.toMatchObject({ name: 'ArchiveError' })
      const given = new Searcher(archive)
      await given.prepare()
      const search = ask(given, '塔')
      await Promise.resolve()
      given.stop()
      expect(await search).toBeUndefined()
      await new Promise((resolve) => setTimeout(resolve, 0))
      expect(unseen).toEqual([])
    } finally {
      process.off('unhandledRejection', note)
    }
  })

  test('a search that is overtaken tells nothing more', async () => {
    const archive = await library()
    const searcher = new Searcher(archive)
    const told: string[] = []
    const first = searcher.search('湖', 20, ({ typed }) => told.push(typed))
    const second = searcher.search('湖的', 20, ({ typed }) => told.push(typed))
    expect([await first, await second, told]).toEqual([false, true, ['湖的']])
  })
})

const word = fc.constantFrom('湖', '塔', '未名', 'ab', 'b', '湖塔', 'a', '蟹')
const text = fc.array(fc.oneof(word, fc.constantFrom(' ', '\n', '，')), { maxLength: 6 }).map((parts) => parts.join(''))
const posts = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('1', '2', '3', '4', '12'),
      text,
      author: fc.record({ username: fc.constantFrom('ab', 'zoea', '蟹') }),
      postedAt: fc.constantFrom('2020-01-01T00:00:00Z', '2021-06-01', ''),
    }),
    { selector: ({ id }) => id, maxLength: 5 },
  )
  .map((all) => all.map((post): Post => ({ ...postOf(post.id), ...post })))
const write = fc.oneof(
  fc.record({ kind: fc.constant('store' as const), key: fc.constantFrom('a', 'b', 'c'), title: text, posts }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'undo' as const), key: fc.constantFrom('a', 'b', 'c') }),
  fc.record({ kind: fc.constant('tidy' as const) }),
)
const query = fc
  .array(
    fc.oneof(
      word,
      word.map((each) => `-${each}`),
      fc.constantFrom('author:ab', '-author:蟹', 'after:2021', 'before:2021'),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(' '))

test('finds what reading every post would find, whatever was written before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 8 }), fc.array(query, { maxLength: 4 }), async (writes, queries) => {
      const archive = newArchive()
      const searcher = new Searcher(archive)
      const deleted = new Map<string, Parameters<typeof restoreThread>[1]>()
      for (const [minute, each] of writes.entries()) {
        if (each.kind === 'store')
          await storeThread(archive, threadOf(each.posts, { key: each.key, title: each.title }), pageRead(1, minute))
        if (each.kind === 'delete') {
          const taken = await deleteThread(archive, each.key)
          if (taken) deleted.set(each.key, taken)
        }
        if (each.kind === 'undo' && deleted.has(each.key)) await restoreThread(archive, deleted.get(each.key)!)
        if (each.kind === 'tidy') await tidyTexts(archive)
        if (minute % 2) await find(archive, '湖', searcher)
      }
      for (const typed of queries) {
        const found = (await find(archive, typed, searcher)).filter((each) => !each.endsWith('#'))
        expect(found.sort()).toEqual(typed.trim() ? (await readAll(archive, typed)).sort() : [])
        expect((await find(archive, typed)).filter((each) => !each.endsWith('#')).sort()).toEqual(found)
        expect(await namesShown(searcher, typed)).toEqual(await namesShown(new Searcher(archive), typed, archive))
      }
      archive.close()
    }),
    { numRuns: 60 },
  )
})

/** What the threads found are called: by the searcher, or by their rows. */
async function namesShown(searcher: Searcher, typed: string, archive?: Archive): Promise<Map<string, string>> {
  const { hits } = await ask(searcher, typed, 1000)
  const rows = await archive?.threads.bulkGet(hits.map(({ key }) => key))
  return new Map(
    hits.map(({ key, title }, index) => [key, rows ? rows[index]!.title : title.map(({ text }) => text).join('')]),
  )
}

async function readAll(archive: Archive, typed: string): Promise<string[]> {
  const threads = new Map((await archive.threads.toArray()).map((thread) => [thread.key, thread.title]))
  const records = await archive.posts.toArray()
  return records
    .filter(({ threadKey, post }) => matchesPost(post, parseQuery(typed), threads.get(threadKey)))
    .map(({ threadKey, id }) => `${threadKey}#${id}`)
}

/**
 * True when a post of a thread matches: each word stands in its text, in its author's names or in the thread's title,
 * and at least one in the post itself; no excluded word stands in any of them.
 */
function matchesPost(post: Post, query: SearchQuery, title = ''): boolean {
  const names = namesOf(post.author)
  if (!matchesNames(query.authors, names) || hasName(query.excludedAuthors, names)) return false
  if (!isInTime(wallMinute(post.postedAt), query)) return false
  const searched = [foldText(post.text), ...names]
  const isInPost = (word: string) => searched.some((text) => text.includes(word))
  const foldedTitle = foldText(title)
  if (query.excluded.some((word) => isInPost(word) || foldedTitle.includes(word))) return false
  if (query.words.length === 0) return true
  return query.words.some(isInPost) && query.words.every((word) => foldedTitle.includes(word) || isInPost(word))
}
