import { findPageAddress } from '../../core/thread-page.ts'
import type { ThreadPage } from '../../core/thread-page.ts'

/** What an address may say beside the page: which post to scroll to. */
const HARMLESS = new Set(['postid', 'pid'])

/**
 * True when an address asks for a page of a thread and for nothing else. Forums also show the posts of one author, or in
 * another order, at addresses that say so: what such a page leaves out is not gone.
 */
export function isPlainAddress(url: string, page: ThreadPage): boolean {
  const plain = findPageAddress(page, page.page)
  if (plain === undefined) return false
  const [asked, own] = [new URL(url), new URL(plain)]
  if (asked.pathname !== own.pathname) return false
  const isOwn = ([name, value]: [string, string]) =>
    own.searchParams.get(name) === value || HARMLESS.has(name) || (name === 'page' && /^(?:a|1)$/.test(value))
  return [...asked.searchParams].every(isOwn)
}
