import type { Thread } from '../core/thread.ts'
import { formatDump } from '../formats/dump.ts'
import { formatEpub } from '../formats/epub.ts'
import { exportLabels } from '../formats/export-labels.ts'
import { selectPosts } from '../formats/export-options.ts'
import type { ExportOptions } from '../formats/export-options.ts'
import { safeFileName, UniqueNames } from '../formats/file-name.ts'
import { htmlPieces } from '../formats/html.ts'
import { jsonPieces } from '../formats/json.ts'
import { markdownPieces } from '../formats/markdown.ts'
import { textPieces } from '../formats/text.ts'
import { withFilesEncoded } from '../formats/stored-files.ts'
import { zipFiles } from '../formats/zip.ts'
import type { ZipFile } from '../formats/zip.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { findThreadFiles, hasFilesBeside, withStoredFiles } from './export-files.ts'
import type { ThreadWithFiles } from './export-files.ts'
import { ExportCounter } from './export-progress.ts'
import type { ExportProgress } from './export-progress.ts'
import { findThread, findThreadRecord } from './read-thread.ts'
import type { ThreadRecord } from './records.ts'

export type ExportFormat = 'html' | 'epub' | 'markdown' | 'text' | 'json' | 'dump'

const FORMATS: Readonly<Record<ExportFormat, { ending: string; type: string }>> = {
  html: { ending: 'html', type: 'text/html' },
  epub: { ending: 'epub', type: 'application/epub+zip' },
  markdown: { ending: 'md', type: 'text/markdown' },
  text: { ending: 'txt', type: 'text/plain' },
  json: { ending: 'json', type: 'application/json' },
  dump: { ending: 'txt', type: 'text/plain' },
}

/** Many files in one. */
const BUNDLE = { type: 'application/zip' }

/** Characters that are encoded and given together. */
const PIECE = 65_536

/** How long the page may be kept from answering. In milliseconds. */
const LONGEST_TURN = 30

export interface ExportRequest {
  format: ExportFormat
  /** What is left out; a dump has neither votes nor pictures to leave out. */
  options?: Omit<ExportOptions, 'labels'>
  /** Of the words that the format adds, as a language tag; Chinese without it. */
  language?: string
  /** When the export is made, ISO 8601. */
  modified: string
  onProgress?: (progress: ExportProgress) => void
  /** Stops the export: the bytes then end with the signal's reason. */
  signal?: AbortSignal
}

export interface ExportedFile {
  /** Safe on every system. */
  name: string
  /** Media type. */
  type: string
  /** Comes as it is read: one thread at a time is held in memory, however many there are. */
  bytes: AsyncGenerator<Uint8Array>
}

/** What a file of many threads is called and is; known before anything is read, so that a place for it can be asked for. */
export function describeBundle(format: ExportFormat, modified: string): { name: string; type: string } {
  const stem = `loulan-${modified.slice(0, 10)}`
  return format === 'dump' ? { name: `${stem}.txt`, type: 'text/plain' } : { name: `${stem}.zip`, type: BUNDLE.type }
}

/** The keys of all threads, those read last first. Throws {@link ArchiveError}. */
export function listThreadKeys(archive: Archive): Promise<string[]> {
  return guard(archive, () => archive.threads.orderBy('recentAt').reverse().primaryKeys())
}

/**
 * A thread as one file, undefined when it is not in the archive: a zip where its pictures lie beside the text. Throws
 * {@link ArchiveError}.
 */
export async function exportThread(
  archive: Archive,
  key: string,
  request: ExportRequest,
): Promise<ExportedFile | undefined> {
  const exported = await findExported(archive, key)
  if (!exported) return undefined
  const name = fileName(exported.thread, request)
  const isZip = hasFilesBeside(request.format, exported, request.options)
  const counter = new ExportCounter(1, request.onProgress)
  async function* bytes(found: ThreadWithFiles): AsyncGenerator<Uint8Array> {
    const written = isZip
      ? zipFiles(filesOfThread(found, request, name), request.modified)
      : threadBytes(found, request, name)
    yield* counter.count(written)
    counter.endThread()
  }
  const { type } = isZip ? BUNDLE : FORMATS[request.format]
  return { name: isZip ? `${name.slice(0, name.lastIndexOf('.'))}.zip` : name, type, bytes: bytes(exported) }
}

/** How many pages were read of a thread of which some were not; nothing of a whole one. */
function pagesReadOf({ incomplete, pages, pageCount = 1 }: ThreadRecord): { pagesRead?: number } {
  return incomplete ? { pagesRead: Object.keys(pages).filter((page) => Number(page) <= pageCount).length } : {}
}

/** A thread with handles to what is kept of its pictures and files; undefined when it is not in the archive. */
async function findExported(archive: Archive, key: string): Promise<ThreadWithFiles | undefined> {
  const thread = await findThread(archive, key)
  const record = thread && (await findThreadRecord(archive, key))
  return record && { thread, files: await findThreadFiles(archive, key), ...pagesReadOf(record) }
}

/**
 * Many threads as one file, in the order of their keys: a zip with a file for each, or for dumps one text. Threads that
 * are not in the archive are passed over and counted. The bytes throw {@link ArchiveError}, `ZipTooLarge`, or the
 * signal's reason.
 */
export function exportThreads(archive: Archive, keys: readonly string[], request: ExportRequest): ExportedFile {
  const counter = new ExportCounter(keys.length, request.onProgress)
  async function* threads(): AsyncGenerator<ThreadWithFiles> {
    for (const key of keys) {
      request.signal?.throwIfAborted()
      const exported = await findExported(archive, key)
      if (exported) yield exported
      else counter.missThread()
    }
  }
  const bytes =
    request.format === 'dump' ? dumpBytes(threads(), request, counter) : zipBytes(threads(), request, counter)
  return { ...describeBundle(request.format, request.modified), bytes }
}

/** A thread as Markdown, for the clipboard; undefined when it is not in the archive. Throws {@link ArchiveError}. */
export async function threadMarkdown(archive: Archive, key: string, language?: string): Promise<string | undefined> {
  const exported = await findExported(archive, key)
  if (!exported) return undefined
  const { thread, pagesRead } = exported
  const options = { labels: exportLabels(language), ...(pagesRead !== undefined && { pagesRead }) }
  const pieces: string[] = []
  for await (const piece of withBreaks(markdownPieces(thread, options))) pieces.push(piece)
  return pieces.join('')
}

async function* dumpBytes(
  threads: AsyncIterable<ThreadWithFiles>,
  request: ExportRequest,
  counter: ExportCounter,
): AsyncGenerator<Uint8Array> {
  for await (const exported of threads) {
    yield* counter.count(threadBytes(exported, request, ''))
    counter.endThread()
  }
}

async function* zipBytes(
  threads: AsyncIterable<ThreadWithFiles>,
  request: ExportRequest,
  counter: ExportCounter,
): AsyncGenerator<Uint8Array> {
  const names = new UniqueNames()
  async function* files(): AsyncGenerator<ZipFile> {
    for await (const exported of threads) {
      yield* filesOfThread(exported, request, names.take(fileName(exported.thread, request)))
      counter.endThread()
    }
  }
  yield* counter.count(zipFiles(files(), request.modified))
}

/** A thread's file, and those that lie beside it once it is written. */
async function* filesOfThread(
  exported: ThreadWithFiles,
  request: ExportRequest,
  name: string,
): AsyncGenerator<ZipFile> {
  const options = optionsFor(exported, request, name)
  yield {
    name,
    bytes: encode(threadPieces(exported.thread, request, options), request.signal),
    isStored: request.format === 'epub' || isMostlyPictures(exported, options),
  }
  yield* options.beside?.files ?? []
}

/** Pictures inside of a page are packed already: trying again takes most of the time of an export, and gains little. */
function isMostlyPictures({ thread, files }: ThreadWithFiles, { pictures }: ExportOptions): boolean {
  if (typeof pictures !== 'object') return false
  const inside = files.values().reduce((sum, { bytes }) => sum + bytes.size, 0)
  return inside > thread.posts.reduce((sum, { html }) => sum + html.length, 0)
}

function fileName({ title, id }: Thread, { format }: ExportRequest): string {
  const { ending } = FORMATS[format]
  return safeFileName(title, ending, safeFileName(id, '', 'thread').replace(/\.$/, ''))
}

/** The bytes of a thread that is one file, a piece at a time. */
function threadBytes(exported: ThreadWithFiles, request: ExportRequest, name: string): AsyncGenerator<Uint8Array> {
  return encode(threadPieces(exported.thread, request, optionsFor(exported, request, name)), request.signal)
}

function optionsFor(exported: ThreadWithFiles, request: ExportRequest, name: string): ExportOptions {
  const { pagesRead } = exported
  const labels = exportLabels(request.language)
  const options: ExportOptions = { ...request.options, labels, ...(pagesRead !== undefined && { pagesRead }) }
  return withStoredFiles(options, request.format, exported, name)
}

async function* encode(pieces: Pieces, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let text = ''
  for await (const piece of withBreaks(pieces, signal)) {
    if (typeof piece !== 'string') yield piece
    else text += piece
    if (text.length < PIECE) continue
    yield encoder.encode(text)
    text = ''
  }
  if (text) yield encoder.encode(text)
}

type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

/** The same pieces, with breaks in which the page can answer. Throws the signal's reason when it is aborted. */
async function* withBreaks<Piece>(
  pieces: Iterable<Piece> | AsyncIterable<Piece>,
  signal?: AbortSignal,
): AsyncGenerator<Piece> {
  let turn = performance.now()
  for await (const piece of pieces) {
    signal?.throwIfAborted()
    yield piece
    if (performance.now() - turn < LONGEST_TURN) continue
    await new Promise((resolve) => setTimeout(resolve))
    turn = performance.now()
  }
}

function threadPieces(thread: Thread, { format, modified }: ExportRequest, options: ExportOptions): Pieces {
  switch (format) {
    case 'html':
      return withFilesEncoded(htmlPieces(thread, options))
    case 'epub':
      return formatEpub(thread, { ...options, modified })
    case 'markdown':
      return markdownPieces(thread, options)
    case 'text':
      return textPieces(thread, options)
    case 'json':
      return jsonPieces(thread, options)
    case 'dump':
      return [formatDump([reduceThread(thread, options)])]
  }
}

/** A dump is written as it is: what is not wanted is taken out before. */
function reduceThread(thread: Thread, options: ExportOptions): Thread {
  const posts = selectPosts(thread, options).map(({ post }) =>
    options.quotes === false ? { ...post, quotes: [] } : post,
  )
  return { ...thread, posts }
}
