import type { MarkedPart } from './mark-words.ts'

/** A post that matches, as it is shown. */
export interface PostHit {
  id: string
  floor?: number
  author: MarkedPart[]
  postedAt?: string
  excerpt: MarkedPart[]
}

/** A thread that matches, with the first of its posts that do. */
export interface ThreadHit {
  key: string
  title: MarkedPart[]
  board?: { id: string; name?: string }
  lastReadAt: string
  /** Posts that match, of which `hits` are the first. */
  posts: number
  hits: PostHit[]
}

/** How far a search has come. */
export interface SearchState {
  /** The query that it answers, as typed. */
  typed: string
  /** So far, until it is complete. */
  posts: number
  threads: number
  /** Those whose titles match first, then those read last; as many as were asked for. */
  hits: ThreadHit[]
  isComplete: boolean
  /** Operators that were left out because their value is no date, as typed. */
  problems: string[]
  /** Threads of an earlier version that cannot be found yet. */
  backlog: number
}
