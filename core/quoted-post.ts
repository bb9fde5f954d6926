/** Which post is quoted: an id alone will do. */
export interface QuotedPostQuery {
  /** Key of the thread in the sender's tab. */
  key: string
  postId?: string
  username?: string
  nickname?: string
  /** What the quote shows of the post. */
  excerpt?: string
  /** Id of the post that quotes. */
  quotedIn?: string
}

/** A post of the archive, as far as a page may show it: plain text. */
export interface QuotedPost {
  id: string
  floor?: number
  username: string
  nickname?: string
  /** The first of its words; empty where it has none, and where it is muted. */
  text: string
  /** True where it says more than that. */
  isCut: boolean
  /** True where it was found by author and words, for want of an id. */
  isGuess: boolean
  /** True where the reader muted its author or a word in it. */
  isMuted: boolean
  /** True where the forum shows it no longer. */
  isGone: boolean
  /** Where it stands on the forum, with http or https; absent where that is not known. */
  url?: string
  /** Page of the thread on which it was last seen, 1-based. */
  page?: number
}
