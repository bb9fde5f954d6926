import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Real pages of others, kept outside of the project: `LOULAN_PAGES` names their folder, else it is looked for beside the
 * project. Undefined where they are not at hand.
 */
export const PAGES = [process.env['LOULAN_PAGES'], join(import.meta.dirname, '../../../../shared/pages')].find(
  (folder) => folder !== undefined && existsSync(join(folder, 'manifest.json')),
)

/** What the collection's manifest says of a page, as far as it is asked here. */
export interface CapturedPage {
  engine: string
  file: string
  url: string
  title: string
  posts: number
  page: number | null
  pageCount: number | null
  firstPostId: string
  firstAuthor: string
  firstTime: string
  html: string
}

/** Every captured HTML page, decoded as it says itself. */
export function findCapturedPages(): CapturedPage[] {
  if (PAGES === undefined) return []
  const folder = PAGES
  const entries = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Omit<CapturedPage, 'html'>[]
  return entries
    .filter(({ file }) => file.endsWith('.html') && existsSync(join(folder, file)))
    .map((entry) => ({
      ...entry,
      url: entry.url.startsWith('//') ? `https:${entry.url}` : entry.url,
      html: decode(readFileSync(join(folder, entry.file))),
    }))
}

function decode(bytes: Buffer): string {
  const head = bytes.subarray(0, 4000).toString('latin1')
  const charset = /<meta[^>]{1,200}charset=["']?([\w-]{3,20})/i.exec(head)?.[1] ?? 'utf-8'
  return new TextDecoder(charset).decode(bytes)
}
