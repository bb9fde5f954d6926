/** What the finder makes of a page that nobody described, as the popup tells it. */

/** How sure it is. */
export type Certainty = 'sure' | 'likely' | 'unsure'

/** What speaks for or against a page being a thread; shares from 0 to 1. */
export interface Evidence {
  posts: number
  authors: number
  times: number
  bodies: number
  /** Share of the page's words that stand in the bodies. */
  text: number
  /** True where the posts are found by names that the page gives them, not by their place alone. */
  isNamed: boolean
  /** True where each post has an id of its own, which the aids on the live page need. */
  hasIds: boolean
  /** True where times go one way down the page. */
  isOrdered: boolean
  /** True where most times tell the hour. */
  hasHours: boolean
  /** How plainly the authors are authors, by their names on the page and where their links lead. */
  authorScore: number
}

/** A page that looks like a thread, with what a reader can judge that by. */
export interface PageGuess {
  host: string
  title: string
  certainty: Certainty
  evidence: Evidence
  /** The first post as it would be read; `time` in ISO 8601. */
  first: { author: string; time?: string; words: string }
}
