import type { SearchQuery } from '../../core/search/parse-query.ts'
import { makeExcerpt, markWords } from '../../core/search/mark-words.ts'
import { guard } from '../archive-error.ts'
import type { Archive } from '../database.ts'
import type { PostRecord } from '../records.ts'
import type { ThreadMatches } from './gather-hits.ts'
import { searchedText } from './run-builder.ts'
import type { PostHit, ThreadHit } from '../../core/search/search-results.ts'

/** Reads the posts that are to be shown and marks the words in them. Throws {@link ArchiveError}. */
export async function showThreads(
  archive: Archive,
  matches: readonly ThreadMatches[],
  query: SearchQuery,
): Promise<ThreadHit[]> {
  const wanted = matches.flatMap(({ thread, first }) => first.map(({ id }): [string, string] => [thread.key, id]))
  const [records, rows] = await Promise.all([
    readRecords(archive, wanted),
    guard(archive, () => archive.threads.bulkGet(matches.map(({ thread }) => thread.key))),
  ])
  let next = 0
  return matches.map(({ thread, posts, first }, index) => ({
    key: thread.key,
    title: markWords(thread.title, query.words),
    ...(thread.board && { board: thread.board }),
    // A thread that was deleted this moment is no longer shown the next.
    lastReadAt: rows[index]?.lastReadAt ?? '',
    posts,
    hits: records.slice(next, (next += first.length)).flatMap((record) => (record ? [showPost(record, query)] : [])),
  }))
}

/** Reads some posts of a thread, in the order given. Throws {@link ArchiveError}. */
export async function showPosts(
  archive: Archive,
  key: string,
  ids: readonly string[],
  query: SearchQuery,
): Promise<PostHit[]> {
  const records = await readRecords(
    archive,
    ids.map((id): [string, string] => [key, id]),
  )
  return records.flatMap((record) => (record ? [showPost(record, query)] : []))
}

function readRecords(archive: Archive, keys: [string, string][]): Promise<(PostRecord | undefined)[]> {
  return guard(archive, () => archive.posts.bulkGet(keys))
}

function showPost(record: PostRecord, { words, authors }: SearchQuery): PostHit {
  const { id, floor, author, postedAt } = record.post
  const { username, nickname } = author
  const name = nickname && nickname !== username ? `${nickname} ${username}` : username
  return {
    id,
    ...(floor !== undefined && { floor }),
    author: markWords(name, [...words, ...authors.map((test) => test.name)]),
    ...(postedAt !== undefined && { postedAt }),
    excerpt: makeExcerpt(searchedText(record), words),
  }
}
