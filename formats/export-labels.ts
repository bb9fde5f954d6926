/** The words that exports put between the posts' own. `$1` and `$2` stand for what is filled in. */
export interface ExportLabels {
  /** Of these words, as a language tag. */
  language: string
  untitled: string
  floor: string
  /** A post of which the site prints no floor, by its place in the thread. */
  place: string
  starter: string
  /** Nickname and username. */
  author: string
  edited: string
  quoted: string
  replies: string
  attachments: string
  votesUp: string
  votesDown: string
  permalink: string
  original: string
  picture: string
  rest: string
  contents: string
  range: string
  starterPosts: string
  posts: string
  /** Of a thread of which pages were never read: those that were, and all. */
  pagesRead: string
  board: string
  startedBy: string
  source: string
  created: string
}

const CHINESE: ExportLabels = {
  language: 'zh-CN',
  untitled: '（无标题）',
  floor: '$1 楼',
  place: '第 $1 帖',
  starter: '楼主',
  author: '$1（$2）',
  edited: '编辑于 $1',
  quoted: '引用 $1：',
  replies: '$1 条回复',
  attachments: '附件',
  votesUp: '赞 $1',
  votesDown: '踩 $1',
  permalink: '原帖',
  original: '原链接：$1',
  picture: '图片',
  rest: '展开其余 $1 字',
  contents: '目录',
  range: '$1 至 $2',
  starterPosts: '楼主的楼',
  posts: '$1 楼',
  pagesRead: '不完整：共 $2 页，只有 $1 页',
  board: '版面',
  startedBy: '楼主',
  source: '来源',
  created: '发表于',
}

const ENGLISH: ExportLabels = {
  language: 'en',
  untitled: '(untitled)',
  floor: '#$1',
  place: 'Post $1',
  starter: 'starter',
  author: '$1 ($2)',
  edited: 'edited $1',
  quoted: 'Quoting $1:',
  replies: 'Replies: $1',
  attachments: 'Attachments',
  votesUp: 'up $1',
  votesDown: 'down $1',
  permalink: 'permalink',
  original: 'Original link: $1',
  picture: 'picture',
  rest: 'Show the other $1 characters',
  contents: 'Contents',
  range: '$1 to $2',
  starterPosts: 'Posts by the starter',
  posts: 'Posts: $1',
  pagesRead: 'Incomplete: $1 of $2 pages',
  board: 'Board',
  startedBy: 'Started by',
  source: 'Source',
  created: 'Started on',
}

/** The words for a language tag (`zh-CN`, `en_US`): Chinese for Chinese and where none is given, else English. */
export function exportLabels(language = 'zh'): ExportLabels {
  return /^zh\b|^zh_/i.test(language) ? CHINESE : ENGLISH
}

/** Fills a label in. */
export function fill(label: string, ...values: readonly string[]): string {
  return label.replace(/\$([12])/g, (_whole, digit: string) => values[Number(digit) - 1] ?? '')
}
