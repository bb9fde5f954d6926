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

/** Pages of no known site, for the finder. */
const GENERIC = 'generic'

/** Every `seeds/<site>/<case>/page.html` of a known site, found by folder. */
export function findSamples(): Sample[] {
  return findAll().filter(({ site }) => site !== GENERIC)
}

/** Every `seeds/generic/<case>/page.html`; `expected` is the path of what the finder makes of it. */
export function findGenericSamples(): Sample[] {
  return findAll()
    .filter(({ site }) => site === GENERIC)
    .map((sample) => ({ ...sample, expected: sample.expected.replace('thread.json', 'finding.json') }))
}

/** The markup of one sample. */
export function htmlOf(site: string, name: string): string {
  return readSample(site, name).html
}

function findAll(): Sample[] {
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
