/**
 * The thread model: what every site is read into and every format is written from.
 *
 * Times are ISO 8601 with the site's offset (`2020-04-14T22:27:34+08:00`), without an offset where the page does not
 * tell it. Addresses are absolute. HTML is always sanitised before it gets here.
 */
export interface Thread {
  /** Stable identity, see {@link threadKey}: one thread, one key, whatever address or mirror led to it. */
  key: string
  /** Id of the site file that reads it, e.g. `pku-bbs`. */
  site: string
  /** The thread's id on its site. */
  id: string
  /** Canonical address of the thread's first page. */
  url: string
  title: string
  board?: Board
  author?: Author
  createdAt?: string
  lastReply?: { author?: Author; at?: string }
  pageCount?: number
  /** In the order in which the site shows them. */
  posts: Post[]
}

export interface Board {
  id: string
  name?: string
}

export interface Author {
  /** Login name, as shown on the site. */
  username: string
  nickname?: string
  /** The site's numeric or opaque user id. */
  id?: string
}

export interface Post {
  id: string
  /** 1-based floor number (楼层) as the site prints it; gaps are deleted posts. */
  floor?: number
  author: Author
  /** True on each post of the one who started the thread (楼主). */
  isStarter?: boolean
  /** Permalink. */
  url?: string
  /** The post it hangs under, on threaded forums. */
  parentId?: string
  postedAt?: string
  editedAt?: string
  /** Own words only, sanitised: no quotes, no signature. */
  html: string
  /** The same as plain text, paragraphs separated by `\n`. */
  text: string
  /** What the post answers, in page order. */
  quotes: Quote[]
  attachments: Attachment[]
  votes?: { up?: number; down?: number }
}

export interface Quote {
  username: string
  nickname?: string
  excerpt: string
  /** Id of the quoted post, where the site gives it. */
  postId?: string
}

export interface Attachment {
  name: string
  url: string
  /** Bytes. */
  size?: number
  kind: 'image' | 'file'
}

/** The parts a thread's identity is made of. */
export interface ThreadIdentity {
  site: string
  /** Canonical host: mirrors of one forum share it. */
  host: string
  board?: string
  id: string
}

/**
 * Builds a thread's key: `${site}/${canonical host}/${board?}/${id}`. The board is left out, with its slash, on sites
 * whose thread ids are unique by themselves.
 */
export function threadKey({ site, host, board, id }: ThreadIdentity): string {
  return [site, host, ...(board === undefined ? [] : [board]), id].join('/')
}
