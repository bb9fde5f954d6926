import { readMember, readMembers } from '../../formats/backup/members.ts'
import { toArchiveError } from '../archive-error.ts'
import type { Archive } from '../database.ts'
import { putFile, removeLooseFiles } from '../kept-files.ts'
import { ImportLog } from '../import-log/import-log.ts'
import type { ArchivedPost, PostRecord } from '../records.ts'
import { archivedPostOf } from '../records.ts'
import { FilePieces } from './file-pieces.ts'
import type { BackupLine, FileLine, ManifestLine, ThreadLine } from './lines.ts'
import { LineParser } from './parse-line.ts'
import { RestoreCount } from './restore-report.ts'
import type { RestoreReport } from './restore-report.ts'

export interface RestoreOptions {
  /** Now without it. */
  now?: Date
  /** Gives the settings that the file holds; whoever has it decides what becomes of them. */
  onSettings?: (values: Record<string, unknown>) => Promise<void>
  onProgress?: (progress: RestoreProgress) => void
  /** Stops it between two writes; what was restored stays. */
  signal?: AbortSignal
}

export interface RestoreProgress {
  bytesRead: number
  bytesTotal: number
  threads: number
  posts: number
  files: number
}

/** What a file says that it holds; undefined when it does not begin as a backup does. Never throws. */
export async function findManifest(file: Blob): Promise<ManifestLine | undefined> {
  // A file that is gone or may not be read shows so when it is restored.
  const first = await readMember(file, 0).catch(() => undefined)
  const line = first && new LineParser(new Date()).parse(first.text.split('\n', 1)[0]!)
  return line?.type === 'manifest' ? line : undefined
}

/**
 * Merges a backup into the archive, in bounded memory, each write in one transaction and noted, so that the whole can be
 * undone. The newer wins by post; nothing that is only here is lost. All that is whole in a damaged file is restored, and
 * the rest told. Restoring again changes nothing, so that one that was stopped or killed is gone on with by restoring
 * again. Never throws: what is wrong with the file or the disk is in the report.
 */
export async function restoreBackup(
  archive: Archive,
  file: Blob,
  options: RestoreOptions = {},
): Promise<RestoreReport> {
  const now = options.now ?? new Date()
  const count = new RestoreCount()
  let log: ImportLog | undefined
  try {
    log = await ImportLog.begin(archive, { kind: 'restore', startedAt: now.toISOString() })
    if (file instanceof File) await log.addSource(file.name)
    const stopped = !(await new Restorer(archive, file, log, count, new LineParser(now), options).run())
    return count.finish({ stopped, ...(await log.end(stopped ? 'stopped' : 'done')) })
  } catch (error) {
    // What came in of files belongs to nothing yet, and may be what filled the disk; where it cannot be removed, the next
    // restoring does. The failure is told below.
    await removeLooseFiles(archive).catch(() => undefined)
    const failure = toArchiveError(error, { threads: count.threads, posts: count.posts })
    return count.finish({ stopped: false, failure, ...(await log?.end('stopped')) })
  }
}

class Restorer {
  #archive: Archive
  #file: Blob
  #log: ImportLog
  #count: RestoreCount
  #parser: LineParser
  #options: RestoreOptions
  #pieces = new FilePieces()
  /** Places of members with addresses: these are read when all threads and files stand, in whatever order they came. */
  #addresses: number[] = []

  constructor(
    archive: Archive,
    file: Blob,
    log: ImportLog,
    count: RestoreCount,
    parser: LineParser,
    options: RestoreOptions,
  ) {
    this.#archive = archive
    this.#file = file
    this.#log = log
    this.#count = count
    this.#parser = parser
    this.#options = options
  }

  /** False when it was stopped. */
  async run(): Promise<boolean> {
    const isThrough = await this.#readThreadsAndFiles()
    this.#count.filesDamaged += this.#pieces.giveUp()
    // Also of a restoring that was stopped: the files that came in would belong to nothing.
    for (const offset of this.#addresses) {
      const member = await readMember(this.#file, offset)
      for (const line of linesOf(member?.text ?? '')) {
        const parsed = this.#parser.parse(line)
        if (parsed?.type === 'addresses') await this.#log.writeAddresses(parsed.rows)
      }
    }
    await removeLooseFiles(this.#archive)
    return isThrough
  }

  async #readThreadsAndFiles(): Promise<boolean> {
    for await (const { offset, end, text } of readMembers(this.#file)) {
      if (text === undefined) this.#count.addDamage({ offset, end })
      for (const line of linesOf(text ?? '')) {
        if (this.#options.signal?.aborted) return false
        const parsed = this.#parser.parse(line)
        if (!parsed) this.#count.unknownLines++
        else if (!(await this.#restore(parsed, offset))) return false
      }
      const { threads, posts, files } = this.#count
      this.#options.onProgress?.({ bytesRead: end, bytesTotal: this.#file.size, threads, posts, files })
    }
    return true
  }

  async #restore(line: BackupLine, offset: number): Promise<boolean> {
    switch (line.type) {
      case 'manifest':
        this.#count.manifest ??= line
        return true
      case 'thread':
        return this.#restoreThread(line)
      case 'file':
        await this.#restoreFile(line)
        return true
      case 'addresses':
        if (this.#addresses.at(-1) !== offset) this.#addresses.push(offset)
        return true
      case 'settings':
        await this.#options.onSettings?.(line.values)
        return true
      case 'end':
        this.#count.end = line
        return true
    }
  }

  async #restoreThread(line: ThreadLine): Promise<boolean> {
    const { fields, history, posts, after, before } = line
    // The neighbours that stand here already say where these posts belong.
    const [first, last] = await this.#archive.posts.bulkGet(
      [after, before].map((id): [string, string] => [fields.key, id ?? '']),
    )
    const neighbours = { before: postsOf(first), after: postsOf(last) }
    const joined = [...neighbours.before, ...posts, ...neighbours.after]
    if (!(await this.#log.write({ fields, ...history, posts: joined }))) return false
    this.#count.addThread(line)
    return true
  }

  async #restoreFile(line: FileLine): Promise<void> {
    const { file, givenUp } = this.#pieces.add(line)
    this.#count.filesDamaged += givenUp
    if (!file) return
    if (await putFile(this.#archive, file)) this.#count.addFile(file.hash)
    else this.#count.filesDamaged++
  }
}

function postsOf(record: PostRecord | undefined): ArchivedPost[] {
  return record ? [archivedPostOf(record)] : []
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}
