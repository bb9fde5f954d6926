import type { Thread } from '../core/thread.ts'
import type { Diagnostic, DiagnosticCode } from '../formats/dump/diagnostic.ts'
import type { ArchiveError } from './archive-error.ts'

/** Diagnostics reported of a file, of however many there are. */
const MOST_DIAGNOSTICS = 50

/** Characters of the leftover that are reported. */
const MOST_LEFTOVER = 100_000

/** Worst first; what is not named here is a trifle. */
const WORST: readonly DiagnosticCode[] = [
  'not-a-dump',
  'source-failed',
  'damaged-bytes',
  'truncated-line',
  'text-before-thread',
  'text-before-post',
  'post-outside-thread',
  'duplicate-post',
  'impossible-date',
]

export interface ImportedThread {
  key: string
  title: string
  /** Posts that the file has of it. */
  posts: number
}

/** What was odd at a line. */
export interface ImportIssue {
  line: number
  code: string
  message: string
}

/** What became of one file. */
export interface ImportReport {
  /** The threads that are in the archive now, in the order of the file. */
  threads: ImportedThread[]
  /** Worst first, at most 50 of `diagnosticCount`. */
  diagnostics: ImportIssue[]
  diagnosticCount: number
  /** Text of a dump that belongs to no post, cut after 100,000 characters. */
  leftover: string
  /** True when the caller's signal stopped it. */
  stopped: boolean
  /** Set when storing failed; `threads` tells what was kept. */
  failure?: ArchiveError
}

/** Collects what becomes of a file. */
export class ReportBuilder {
  #threads = new Map<string, ImportedThread>()
  #posts = 0
  #issues = new Map<string, ImportIssue[]>()
  #issueCount = 0
  #leftover = ''

  addThread({ key, title }: Pick<Thread, 'key' | 'title'>, posts: number): void {
    this.#posts += posts
    const known = this.#threads.get(key)
    this.#threads.set(key, { key, title: known?.title || title, posts: (known?.posts ?? 0) + posts })
  }

  addDiagnostic({ text, ...issue }: Diagnostic): void {
    this.addIssue(issue)
    if (text) this.#leftover = (this.#leftover + (this.#leftover && '\n') + text).slice(0, MOST_LEFTOVER)
  }

  addIssue(issue: ImportIssue): void {
    this.#issueCount++
    const same = this.#issues.get(issue.code) ?? []
    if (same.length < MOST_DIAGNOSTICS) this.#issues.set(issue.code, [...same, issue])
  }

  /** What is in the archive so far. */
  kept(): { threads: number; posts: number } {
    return { threads: this.#threads.size, posts: this.#posts }
  }

  finish(end: Pick<ImportReport, 'stopped' | 'failure'>): ImportReport {
    const codes: readonly string[] = WORST
    const rank = ({ code }: ImportIssue) => (codes.includes(code) ? codes.indexOf(code) : codes.length)
    const issues = [...this.#issues.values()].flat().sort((a, b) => rank(a) - rank(b) || a.line - b.line)
    return {
      threads: [...this.#threads.values()],
      diagnostics: issues.slice(0, MOST_DIAGNOSTICS),
      diagnosticCount: this.#issueCount,
      leftover: this.#leftover,
      ...end,
    }
  }
}
