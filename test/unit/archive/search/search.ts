import type { Archive } from '../../../../archive/database.ts'
import type { MarkedPart } from '../../../../core/search/mark-words.ts'
import { Searcher } from '../../../../archive/search/searcher.ts'
import { storeThread } from '../../../../archive/store-thread.ts'
import type { SearchState } from '../../../../core/search/search-results.ts'
import { newArchive, pageRead, postOf, threadOf } from '../sample-thread.ts'

/** An archive with two threads, `a` of two posts and `b` of one, read one after the other. */
export async function library(): Promise<Archive> {
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

/** What a searcher answers at last. */
export async function ask(searcher: Searcher, typed: string, threads = 20): Promise<SearchState> {
  let last: SearchState | undefined
  await searcher.search(typed, threads, (state) => (last = state))
  return last!
}

/** The posts that a search finds, each as `THREAD#POST`; threads found by their titles alone stand as `THREAD#`. */
export async function find(archive: Archive, typed: string, searcher = new Searcher(archive)): Promise<string[]> {
  const { hits, posts, threads } = await ask(searcher, typed, 1000)
  const found: string[] = []
  for (const hit of hits) {
    const all = await searcher.postsOf(hit.key)
    if (all.length === 0) found.push(`${hit.key}#`)
    for (const { id } of all) found.push(`${hit.key}#${id}`)
    if (all.length !== hit.posts) throw new Error(`${hit.key}: ${hit.posts} counted, ${all.length} there`)
  }
  if (threads !== hits.length) throw new Error(`${threads} threads counted, ${hits.length} there`)
  if (posts !== hits.reduce((sum, hit) => sum + hit.posts, 0)) throw new Error(`${posts} posts counted`)
  return found
}

/** Marked parts as one text, the marked ones in brackets. */
export function bracketed(parts: readonly MarkedPart[]): string {
  return parts.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('')
}
