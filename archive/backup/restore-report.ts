import type { ArchiveError } from '../archive-error.ts'
import { BACKUP_VERSION } from './lines.ts'
import type { EndLine, ManifestLine, ThreadLine } from './lines.ts'

/** Places and threads that are told, of however many there are. */
const MOST_TOLD = 50

/** A thread of which posts are missing in the file. */
export interface TornThread {
  key: string
  title: string
  /** Posts that were whole. */
  posts: number
  postCount: number
}

/** What became of a restoring. */
export interface RestoreReport {
  /** Absent when the file's beginning is damaged. */
  manifest?: ManifestLine
  /** To undo it by; absent when it changed nothing. */
  importId?: number
  /** Whole in the file, and in the archive now. */
  threads: number
  posts: number
  files: number
  /** Files whose bytes are not whole. */
  filesDamaged: number
  /** Damaged places, in bytes; at most 50 of `damageCount`. */
  damages: { offset: number; end: number }[]
  damageCount: number
  /** Lines that are whole and yet no lines of a backup, or of a newer kind. */
  unknownLines: number
  /** At most 50 of `tornCount`. */
  torn: TornThread[]
  tornCount: number
  /** Threads that the file says it holds and of which nothing was found. */
  threadsMissing: number
  /** Files that the file says it holds and of which nothing was found. */
  filesMissing: number
  /** The file ends before its last line. */
  isCutOff: boolean
  /** The file is from a newer version; what is known of it was restored. */
  isNewer: boolean
  /** True when the caller's signal stopped it. */
  stopped: boolean
  /** Set when storing failed; the rest tells what was kept. */
  failure?: ArchiveError
}

/** Keeps count of what was restored, and of what the file says that it holds. */
export class RestoreCount {
  manifest: ManifestLine | undefined
  end: EndLine | undefined
  posts = 0
  filesDamaged = 0
  damageCount = 0
  unknownLines = 0
  readonly #damages: { offset: number; end: number }[] = []
  readonly #threads = new Map<string, TornThread>()
  readonly #files = new Set<string>()

  get threads(): number {
    return this.#threads.size
  }

  get files(): number {
    return this.#files.size
  }

  addDamage(place: { offset: number; end: number }): void {
    this.damageCount++
    if (this.#damages.length < MOST_TOLD) this.#damages.push({ offset: place.offset, end: place.end })
  }

  /** A part of a thread may stand in the file twice: posts that were known before are not counted again. */
  addThread({ fields: { key, title }, postCount, posts }: ThreadLine): void {
    const known = this.#threads.get(key)
    this.posts += posts.length
    this.#threads.set(key, {
      ...{ key, title, postCount: Math.max(postCount, known?.postCount ?? 0) },
      posts: (known?.posts ?? 0) + posts.length,
    })
  }

  addFile(hash: string): void {
    this.#files.add(hash)
  }

  finish(end: Pick<RestoreReport, 'stopped' | 'failure' | 'importId'>): RestoreReport {
    const isThrough = !end.stopped && !end.failure
    const torn = isThrough ? [...this.#threads.values()].filter(({ posts, postCount }) => posts < postCount) : []
    const said = this.end ?? this.manifest
    const lacking = (expected = 0, found: number) => (isThrough ? Math.max(0, expected - found) : 0)
    return {
      ...(this.manifest ? { manifest: this.manifest } : {}),
      ...{ threads: this.threads, posts: this.posts, files: this.files, filesDamaged: this.filesDamaged },
      ...{ damages: this.#damages, damageCount: this.damageCount, unknownLines: this.unknownLines },
      ...{ torn: torn.slice(0, MOST_TOLD), tornCount: torn.length },
      threadsMissing: lacking(said?.threads, this.threads),
      filesMissing: lacking(said?.files, this.files + this.filesDamaged),
      isCutOff: isThrough && this.end === undefined,
      isNewer: (this.manifest?.version ?? 0) > BACKUP_VERSION,
      ...end,
    }
  }
}
