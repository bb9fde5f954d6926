import { parseUrl } from './links/address.ts'
import { formatMarkdownLink } from './markdown-link.ts'
import type { ThreadLink } from './thread-overview.ts'

/** How a list of links is copied: bare addresses, a Markdown list, or a table for a spreadsheet. */
export const LINK_LIST_FORMS = ['list', 'markdown', 'csv'] as const
export type LinkListForm = (typeof LINK_LIST_FORMS)[number]

/** Names of the table's columns, in the reader's language. */
export type LinkColumns = Record<'address' | 'text' | 'posts' | 'original' | 'note', string>

function hostOf(url: string): string {
  return parseUrl(url)?.host ?? ''
}

/** The hosts that links lead to with how often, the most frequent first. */
export function countHosts(links: readonly ThreadLink[]): { host: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { url } of links) counts.set(hostOf(url), (counts.get(hostOf(url)) ?? 0) + 1)
  return [...counts]
    .map(([host, count]) => ({ host, count }))
    .sort((a, b) => b.count - a.count || (a.host < b.host ? -1 : 1))
}

/** Posts as a list names them: by floor where the forum prints one (`#3`), else by id. */
export function placeNames({ places }: ThreadLink): string[] {
  return places.map(({ postId, floor }) => (floor === undefined ? postId : `#${floor}`))
}

/** Writes links as text, one a line; `csv` has a line of column names first and CRLF line ends (RFC 4180). */
export function formatLinkList(links: readonly ThreadLink[], form: LinkListForm, columns: LinkColumns): string {
  if (form === 'list') return links.map(({ url }) => url).join('\n')
  if (form === 'markdown') return links.map(markdownLine).join('\n')
  const rows = links.map((link) => [link.url, link.text, placeNames(link).join(' '), link.original, link.warning ?? ''])
  const heads = [columns.address, columns.text, columns.posts, columns.original, columns.note]
  return [heads, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

function markdownLine(link: ThreadLink): string {
  return `- ${formatMarkdownLink(link.text, link.url)} (${placeNames(link).join(', ')})`
}

/** A spreadsheet would run a cell that begins like a formula: an apostrophe makes it text. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
