import { measureText } from '../core/reading.ts'
import type { Post } from '../core/thread.ts'
import type { ExportedPost } from './export-options.ts'
import { oneLine } from './post-line.ts'

/** Posts on a page of the table of contents, as many as forums put on one of theirs. */
const POSTS_A_PAGE = 20
/** Characters of a post in the table of contents. */
const SNIPPET = 30

/** A page of the table of contents: a run of posts, and those of the thread's starter among them. */
export interface OutlinePage {
  first: ExportedPost
  last: ExportedPost
  starters: ExportedPost[]
}

/** Cuts posts into pages of 20. */
export function outlineOf(posts: readonly ExportedPost[]): OutlinePage[] {
  const pages: OutlinePage[] = []
  for (let from = 0; from < posts.length; from += POSTS_A_PAGE) {
    const page = posts.slice(from, from + POSTS_A_PAGE)
    pages.push({ first: page[0]!, last: page.at(-1)!, starters: page.filter(({ post }) => post.isStarter) })
  }
  return pages
}

/** Links and pictures as texts of dumps have them; only their words are told. */
const DUMP_LINK = /!?\[([^[\]]{0,200})\]\([^\s()]{1,1000}\)/g

/** The first words of a post. */
export function snippetOf({ text }: Post): string {
  const words = oneLine(text.slice(0, 2000).replace(DUMP_LINK, '$1'))
  return words.length > SNIPPET ? `${words.slice(0, SNIPPET).replace(/[\ud800-\udbff]$/, '')}…` : words
}

/** The language of a thread's own words as a tag, by the scripts of its first posts. */
export function languageOf(posts: readonly ExportedPost[]): string {
  const sample = posts
    .slice(0, 50)
    .map(({ post }) => post.text.slice(0, 500))
    .join('\n')
  const { characters, words } = measureText(sample)
  if (words > characters) return 'en'
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]{3}/u.test(sample)) return 'ja'
  return /[\p{Script=Hangul}]{2}/u.test(sample) ? 'ko' : 'zh-CN'
}
