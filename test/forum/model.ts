/** What the local forum holds: threads as the site stores them, before they become markup. */

export interface ForumUser {
  username: string
  /** Markup as the site prints it: a nickname may hold coloured text. */
  nickname: string
  uid: number
  level: string
  score: number
  postCount: number
  online: boolean
  /** Marked users carry a class `identity-N`. */
  identity?: 0 | 1 | 2
}

export interface ForumQuote {
  username: string
  nickname: string
  /** Plain text, one paragraph a line; quotes in quotes are flat lines too. */
  excerpt: string
}

export interface ForumAttachment {
  name: string
  kind: 'image' | 'file'
  /** Bytes; a picture's real size is whatever its PNG comes to. */
  size: number
}

/** Marks beside the floor number: 文摘, 精华, 保留, 原创. */
type PostMark = 'wz' | 'diamond' | 'bl' | 'yc'

export interface ForumPost {
  id: string
  floor: number
  author: ForumUser
  /** The site's wall clock, `YYYY-MM-DD HH:MM:SS`. */
  postedAt: string
  /** Times of edits, oldest first. */
  edits: string[]
  /** Own words as the site's markup: a run of `<p>`. */
  body: string
  quotes: ForumQuote[]
  /** Plain text, or absent. */
  signature?: string
  attachments: ForumAttachment[]
  up: number
  down: number
  marks: PostMark[]
}

export interface ForumBoard {
  id: string
  name: string
  englishName: string
  /** The block (分区) above it. */
  block: { id: string; name: string }
}

export interface ForumThread {
  board: ForumBoard
  id: string
  title: string
  /** Author of the first post, kept when that post is deleted. */
  starter: ForumUser
  posts: ForumPost[]
  /** Overrides the forum's posts a page. */
  postsPerPage?: number
}

const BOARDS: Record<string, Omit<ForumBoard, 'id'>> = {
  22: { name: '别问我是谁', englishName: 'ForAnonymous', block: { id: '667', name: '四区: 时事人文' } },
  103: { name: '校园信息', englishName: 'CampusInfo', block: { id: '664', name: '一区: 北京大学' } },
  414: { name: '读书时间', englishName: 'Reading', block: { id: '669', name: '三区: 文化艺术' } },
}

/** The board with an id; boards nobody named get a name from their number. */
export function getBoard(id: string): ForumBoard {
  const known = BOARDS[id] ?? {
    name: `第${id}版`,
    englishName: `Board${id}`,
    block: { id: '664', name: '一区: 北京大学' },
  }
  return { id, ...known }
}

/** A user with plausible figures, the same for the same name. */
export function makeUser(username: string, nickname = ''): ForumUser {
  let hash = 7
  for (const character of username) hash = (hash * 31 + character.codePointAt(0)!) % 1_000_003
  const levels = ['新手上路', '一般站友', '中级站友', '高级站友', '老站友', '长老级', '本站元老']
  return {
    username,
    nickname: escapeHtml(nickname),
    uid: 1000 + hash,
    level: levels[hash % levels.length]!,
    score: (hash * 7) % 9000,
    postCount: 3 + (hash % 4200),
    online: hash % 3 === 0,
  }
}

/** Escapes text for element content and double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
