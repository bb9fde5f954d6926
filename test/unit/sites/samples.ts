import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const SEEDS = join(import.meta.dirname, '../../../seeds')

/** A sample page and the file that says what it reads to. */
export interface Sample {
  site: string
  case: string
  html: string
  /** The page's address, from the comment in its first line. */
  url: string
  /** Path of `thread.json`. */
  expected: string
  note: string
}

/** Every `seeds/<site>/<case>/page.html`, found by folder. */
export function findSamples(): Sample[] {
  const folders = (path: string) =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  return folders(SEEDS).flatMap((site) => folders(join(SEEDS, site)).map((name) => readSample(site, name)))
}

function readSample(site: string, name: string): Sample {
  const folder = join(SEEDS, site, name)
  const html = readFileSync(join(folder, 'page.html'), 'utf8')
  const url = /^<!-- (\S+) -->\n/.exec(html)?.[1]
  if (url === undefined) throw new Error(`${folder}/page.html must begin with its address: <!-- https://… -->`)
  const note = join(folder, 'note.md')
  return {
    site,
    case: name,
    html,
    url,
    expected: join(folder, 'thread.json'),
    note: existsSync(note) ? readFileSync(note, 'utf8') : '',
  }
}
