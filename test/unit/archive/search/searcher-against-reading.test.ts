import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldText } from '../../../../core/search/fold-text.ts'
import { isInTime, namesOf } from '../../../../core/search/match-post.ts'
import { hasName, matchesNames, parseQuery, type SearchQuery } from '../../../../core/search/parse-query.ts'
import { wallMinute } from '../../../../core/search/query-days.ts'
import type { Post } from '../../../../core/thread.ts'
import type { Archive } from '../../../../archive/database.ts'
import { deleteThread, restoreThread } from '../../../../archive/delete-thread.ts'
import { storeThread } from '../../../../archive/store-thread.ts'
import { Searcher } from '../../../../archive/search/searcher.ts'
import { tidyTexts } from '../../../../archive/search/tidy-texts.ts'
import { newArchive, pageRead, postOf, threadOf } from '../sample-thread.ts'
import { ask, find } from './search.ts'

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
