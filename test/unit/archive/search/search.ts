import type { Archive } from '../../../../archive/database.ts'
import type { MarkedPart } from '../../../../core/search/mark-words.ts'
import { Searcher } from '../../../../archive/search/searcher.ts'
import type { SearchState } from '../../../../core/search/search-results.ts'

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
