import { parseJson } from '../formats/json.ts'
import { readThreadPage } from '../sites/registry.ts'
import type { Thread } from '../core/thread.ts'
import { toArchiveError } from './archive-error.ts'
import type { Archive } from './database.ts'
import { importDump, type ImportOptions, type ImportReport } from './import-dump.ts'
import { findSavedAddress } from './saved-address.ts'
import { storeThread } from './store-thread.ts'

/** A saved page or a JSON document is read whole; larger ones are none that anyone saved by hand. In bytes. */
const LARGEST_DOCUMENT = 100_000_000

/** Posts written in one transaction. */
const PIECE = 2000

/** What a file turned out to hold, and what was odd. */
interface FileContent {
  threads: Thread[]
  issues: { line: number; code: string; message: string }[]
}

/**
 * Reads a file into the archive, whatever of the known kinds it is: a thread dump, a JSON document of threads, or a
 * thread page that a browser or SingleFile saved. The content tells the kind, not the name. Never throws, as
 * `importDump` does not.
 */
export async function importFile(archive: Archive, file: File, options: ImportOptions = {}): Promise<ImportReport> {
  const head = (
    await file
      .slice(0, 1000)
      .text()
      .catch(() => '')
  ).trimStart()
  if (head.startsWith('{')) return importDocument(archive, file, readJson, options)
  if (head.startsWith('<')) return importDocument(archive, file, readSavedPage, options)
  return importDump(archive, file, options)
}

async function importDocument(
  archive: Archive,
  file: File,
  read: (text: string, savedAt: Date) => FileContent,
  { readAt = new Date().toISOString(), save = true, onProgress, signal }: ImportOptions,
): Promise<ImportReport> {
  const report: ImportReport = { threads: [], diagnostics: [], diagnosticCount: 0, leftover: '', stopped: false }
  let posts = 0
  try {
    const { threads, issues } =
      file.size > LARGEST_DOCUMENT ? tooLarge() : read(await file.text(), new Date(file.lastModified))
    report.diagnostics = issues.slice(0, 50)
    report.diagnosticCount = issues.length
    for (const thread of threads) {
      for (let from = 0; from === 0 || from < thread.posts.length; from += PIECE) {
        if (signal?.aborted) return { ...report, stopped: true }
        // The last post of a piece is given again with the next, so that they are joined in order.
        const piece = { ...thread, posts: thread.posts.slice(Math.max(0, from - 1), from + PIECE) }
        await storeThread(archive, piece, { readAt, source: 'import', save })
        posts += Math.min(PIECE, thread.posts.length - from)
        onProgress?.({ bytesRead: file.size, bytesTotal: file.size, threads: report.threads.length + 1, posts })
      }
      report.threads.push({ key: thread.key, title: thread.title, posts: thread.posts.length })
    }
    return report
  } catch (error) {
    return { ...report, failure: toArchiveError(error, { threads: report.threads.length, posts }) }
  }
}

function readJson(text: string): FileContent {
  const { threads, problems } = parseJson(text)
  return {
    threads,
    issues: problems.map(({ path, code, message }) => ({ line: 1, code, message: `${path} ${message}` })),
  }
}

/** Times such as «yesterday» are counted from when the page was saved. */
function readSavedPage(html: string, savedAt: Date): FileContent {
  const address = findSavedAddress(html)
  if (!address)
    return refuse('no-address', 'The page does not tell its address: no canonical link, no line of the saver.')
  const page = readThreadPage(html, address, { readAt: savedAt })
  if (!page) return refuse('not-a-thread-page', `No thread was recognised in the page of ${address}.`)
  if (page.thread.posts.length === 0) return refuse('no-posts', page.problem?.message || 'The page holds no posts.')
  return { threads: [page.thread], issues: [] }
}

function tooLarge(): FileContent {
  return refuse('too-large', 'The file is too large to be read whole.')
}

function refuse(code: string, message: string): FileContent {
  return { threads: [], issues: [{ line: 1, code, message }] }
}
