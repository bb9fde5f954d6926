import { decodePage } from '../core/decode-page.ts'
import { parseJson } from '../formats/json.ts'
import { parseSiteDescriptions } from '../sites/described/description.ts'
import { readThreadPage } from '../sites/registry.ts'
import type { Thread } from '../core/thread.ts'
import { toArchiveError } from './archive-error.ts'
import type { Archive } from './database.ts'
import { importDump } from './import-dump.ts'
import type { ImportOptions } from './import-dump.ts'
import { ReportBuilder } from './import-report.ts'
import type { ImportIssue, ImportReport } from './import-report.ts'
import { readBytes, readHead, sourceOf } from './import-source.ts'
import type { ImportSource } from './import-source.ts'
import { PieceWriter } from './piece-writer.ts'
import { findSavedAddress } from './saved-address.ts'

/** A saved page or a JSON document is read whole; larger ones are none that anyone saved by hand. In bytes. */
const LARGEST_DOCUMENT = 100_000_000

/** Bytes that tell the kind. */
const HEAD = 1000

/** What the head of an exported page says, see `formats/html.ts`. */
const OWN_PAGE = /<meta name="generator" content="Loulan"\/>/

/** What a file turned out to hold, and what was odd. */
interface FileContent {
  threads: Thread[]
  issues: ImportIssue[]
}

/** What a file holds, as its first bytes tell; the name is not looked at. */
export type FileKind = 'dump' | 'json' | 'page' | 'zip' | 'book' | 'backup' | 'empty' | 'binary'

/**
 * Reads a file into the archive, whatever of the known kinds it is: a thread dump, a JSON document of threads, or a
 * thread page that a browser or SingleFile saved. A document is read and checked whole before anything of it is written;
 * a dump, which can be larger than memory, is written as it is read: what is whole is kept. Never throws, as `importDump`
 * does not; other kinds of files are refused in the report.
 */
export async function importFile(
  archive: Archive,
  file: File | ImportSource,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const source = file instanceof File ? sourceOf(file) : file
  // A file that cannot be read is said to be one by the reader of dumps.
  const kind = await readKind(source).catch(() => 'dump' as const)
  switch (kind) {
    case 'json':
      return importDocument(archive, source, readJson, options)
    case 'page':
      return importDocument(archive, source, readSavedPage, options)
    case 'dump':
      return importDump(archive, source.open(), {
        ...options,
        onProgress: (progress) => options.onProgress?.({ ...progress, bytesTotal: source.size }),
      })
    default:
      return refusalOf(kind)
  }
}

/** Looks at a file's first bytes. Throws what reading them throws. */
export async function readKind(source: ImportSource): Promise<FileKind> {
  const head = await readHead(source, HEAD)
  if (head.length === 0) return 'empty'
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return 'zip'
  if (starts(0x1f, 0x8b)) return 'backup'
  // Texts of two bytes a letter hold zeros, too; they tell it by their first bytes.
  const isWide = starts(0xff, 0xfe) || starts(0xfe, 0xff)
  if (!isWide && head.includes(0)) return 'binary'
  const text = new TextDecoder().decode(head).trimStart()
  if (/^(?:\{|\[\s*[[{\]])/.test(text)) return 'json'
  return text.startsWith('<') ? 'page' : 'dump'
}

const REFUSALS: Readonly<Record<Exclude<FileKind, 'dump' | 'json' | 'page'>, string>> = {
  zip: 'A zip within a zip, or a book, is not read.',
  book: 'A book is for reading, and not read back.',
  backup: 'This looks like a backup, which is restored, not imported.',
  empty: 'The file is empty.',
  binary: 'The file is no text.',
}

/** What is told of a file of a kind that is not read. */
export function refusalOf(kind: keyof typeof REFUSALS): ImportReport {
  const report = new ReportBuilder()
  report.addIssue({ line: 1, code: `file-${kind}`, message: REFUSALS[kind] })
  return report.finish({ stopped: false })
}

async function importDocument(
  archive: Archive,
  source: ImportSource,
  read: ReadDocument,
  options: ImportOptions,
): Promise<ImportReport> {
  const report = new ReportBuilder()
  try {
    if (options.signal?.aborted) return report.finish({ stopped: true })
    const { threads, issues } = await readDocument(source, read, options)
    for (const issue of issues) report.addIssue(issue)
    const writer = new PieceWriter(archive, report, 'import', options)
    const { size } = source
    const tell = () => options.onProgress?.({ bytesRead: size, bytesTotal: size, ...report.kept() })
    for (const thread of threads) {
      if (!(await writer.store(thread, tell))) return report.finish({ stopped: true })
    }
    return report.finish({ stopped: false })
  } catch (error) {
    return report.finish({ stopped: false, failure: toArchiveError(error, report.kept()) })
  }
}

type ReadDocument = (bytes: Uint8Array, savedAt: Date, options: ImportOptions) => FileContent

async function readDocument(source: ImportSource, read: ReadDocument, options: ImportOptions): Promise<FileContent> {
  let bytes: Uint8Array | undefined
  try {
    bytes = await readBytes(source, LARGEST_DOCUMENT)
  } catch (error) {
    return refuse('source-failed', error instanceof Error ? error.message : String(error))
  }
  if (bytes === undefined) return refuse('too-large', 'The file is too large to be read whole.')
  return read(bytes, new Date(source.lastModified), options)
}

function readJson(bytes: Uint8Array): FileContent {
  const { threads, problems } = parseJson(new TextDecoder().decode(bytes))
  return {
    threads,
    issues: problems.map(({ path, code, message }) => ({ line: 1, code, message: `${path} ${message}` })),
  }
}

/** Savers leave a page in the encoding it came in. Times such as «yesterday» are counted from when it was saved. */
function readSavedPage(bytes: Uint8Array, savedAt: Date, { ownSites = [] }: ImportOptions): FileContent {
  const html = decodePage(bytes, null)
  if (OWN_PAGE.test(html.slice(0, HEAD)))
    return refuse('own-page', 'This page was exported for reading; it does not hold all that the thread does.')
  const address = findSavedAddress(html)
  if (!address)
    return refuse('no-address', 'The page does not tell its address: no canonical link, no line of the saver.')
  const page = readThreadPage(html, address, { readAt: savedAt, own: parseSiteDescriptions(ownSites) })
  if (!page) return refuse('not-a-thread-page', `No thread was recognised in the page of ${address}.`)
  if (page.thread.posts.length === 0) return refuse('no-posts', page.problem?.message || 'The page holds no posts.')
  return { threads: [page.thread], issues: [] }
}

function refuse(code: string, message: string): FileContent {
  return { threads: [], issues: [{ line: 1, code, message }] }
}
