import { bodyMarkup, SITE_ORIGIN } from './body-markup.ts'
import { getBoard, makeUser, type ForumPost, type ForumQuote, type ForumThread, type ForumUser } from './model.ts'
import { makeDice, paragraph, shortReply, threadTitle, type Dice } from './prose.ts'

export interface GenerateOptions {
  /** Number of floors; 1 or more. */
  posts: number
  /** Same seed, same thread. Default 1. */
  seed?: number
  board?: string
  /** Default: made from the seed. */
  id?: string
  title?: string
  postsPerPage?: number
  /** Floors that were deleted: the numbers stay out. */
  gaps?: readonly number[]
  /** Plain posts only: no pictures, attachments, quotes or votes; for measuring text alone. */
  plain?: boolean
}

const NAMES = [
  'weiming',
  'yanyuan',
  'boya',
  'shaoyuan',
  'langrun',
  'jingyuan',
  'huaide',
  'chunlei',
  'qiushi',
  'ningjing',
]
const NICKNAMES = [
  '湖里的鱼',
  '路过的风',
  '早八战士',
  '一只橘猫',
  '写不完的论文',
  'Lorem',
  '石舫看雪',
  '',
  '二月兰',
  '今天也要早睡',
]
const SIGNATURES = ['山高月小，水落石出。', '少年不识愁滋味\n爱上层楼', `个人主页 ${SITE_ORIGIN}/v2/user.php`]
const FIRST_POST_AT = Date.UTC(2023, 8, 1, 9, 0, 0)

/** Makes a thread of any length, the same for the same options. Ten regulars write in it; the starter often. */
export function generateThread(options: GenerateOptions): ForumThread {
  const { posts, seed = 1, board = '103', gaps = [] } = options
  const dice = makeDice(seed)
  const users = NAMES.map((name, at) => decorated(makeUser(name + (seed % 100), NICKNAMES[at]!), at))
  const id = options.id ?? String(18_000_000 + seed)
  const made: ForumPost[] = []
  for (let floor = 1; floor <= posts; floor++) {
    const author = floor === 1 || dice.roll() < 0.2 ? users[0]! : dice.pick(users)
    made.push(generatePost({ dice, floor, author, threadId: id, earlier: made, plain: options.plain === true }))
  }
  return {
    board: getBoard(board),
    id,
    title: options.title ?? threadTitle(dice),
    starter: users[0]!,
    posts: made.filter(({ floor }) => !gaps.includes(floor)),
    ...(options.postsPerPage === undefined ? {} : { postsPerPage: options.postsPerPage }),
  }
}

/** The nth regular: one is marked by the site, one has a coloured nickname, one is the board's anonymous. */
function decorated(user: ForumUser, at: number): ForumUser {
  if (at === 2) return { ...user, identity: 1 }
  if (at === 3) return { ...user, nickname: `<font color="#c00000">${user.nickname}</font>` }
  return at === 9 ? { ...makeUser('Anonymous', '我是匿名天使'), uid: 0, online: false } : user
}

interface PostSlot {
  dice: Dice
  floor: number
  author: ForumUser
  threadId: string
  earlier: readonly ForumPost[]
  plain: boolean
}

/** Makes one post for a floor; also used when a test adds posts to a standing thread. */
export function generatePost({ dice, floor, author, threadId, earlier, plain }: PostSlot): ForumPost {
  const postedAt = wallClock(FIRST_POST_AT + floor * 421_000)
  const body = bodyMarkup(postText(dice, floor, plain)) + (plain ? '' : coloured(dice))
  const base = { id: String(Number(threadId) * 2 + floor), floor, author, postedAt, body }
  if (plain) return { ...base, edits: [], quotes: [], attachments: [], up: 0, down: 0, marks: [] }
  const edited = dice.roll() < 0.08
  return {
    ...base,
    edits: edited
      ? Array.from({ length: dice.between(1, 2) }, (_, at) =>
          wallClock(FIRST_POST_AT + floor * 421_000 + (at + 1) * 3_600_000),
        )
      : [],
    quotes: dice.roll() < 0.35 ? quotesOf(dice, earlier) : [],
    ...(author.uid % 3 === 0 ? { signature: SIGNATURES[author.uid % SIGNATURES.length]! } : {}),
    attachments: attachmentsOf(dice, floor),
    up: dice.roll() < 0.4 ? dice.between(1, 60) : 0,
    down: dice.roll() < 0.1 ? dice.between(1, 5) : 0,
    marks: floor === 1 ? ['wz'] : [],
  }
}

function postText(dice: Dice, floor: number, plain: boolean): string {
  const kind = floor === 1 ? 0 : dice.roll()
  if (kind > 0.45) return shortReply(dice)
  const long = kind < 0.07
  const lines = Array.from({ length: long ? dice.between(10, 30) : dice.between(1, 3) }, () =>
    paragraph(dice, dice.between(2, 5)),
  )
  if (!plain && dice.roll() < 0.3)
    lines.push(
      `资料在这里 [${dice.pick(['整理好的笔记', 'https://www.example.com/a/very/long/pa...'])}](https://www.example.com/notes?id=${floor}&from=bbs)`,
    )
  if (!plain && dice.roll() < 0.12) lines.push(`![现场](${SITE_ORIGIN}/attach/${floor % 97}/photo-${floor}.png)`)
  return lines.join('\n')
}

function coloured(dice: Dice): string {
  return dice.roll() < 0.05
    ? '<p><font color="#800080"><b>划重点：</b></font><span style="background-color:#ffff00">别忘了&nbsp;<u>报名</u></span></p>'
    : ''
}

function quotesOf(dice: Dice, earlier: readonly ForumPost[]): ForumQuote[] {
  if (earlier.length === 0) return []
  const nearby = earlier.slice(-30)
  return Array.from({ length: dice.roll() < 0.1 ? 2 : 1 }, () => {
    const { author, body } = dice.pick(nearby)
    const lines = plainLines(body)
    return {
      username: author.username,
      nickname: plainLines(author.nickname).join(''),
      excerpt: lines.slice(0, 6).join('\n').slice(0, 240),
    }
  })
}

function plainLines(html: string): string[] {
  return html
    .split('</p>')
    .map((line) => line.replaceAll('&nbsp;', ' ').replaceAll(/<[^<>]*>/g, ''))
    .filter((line) => line !== '')
}

function attachmentsOf(dice: Dice, floor: number): ForumPost['attachments'] {
  if (dice.roll() > 0.04) return []
  return dice.roll() < 0.5
    ? [{ name: `照片 ${floor}.png`, kind: 'image', size: 3000 }]
    : [{ name: `讲义-${floor}.pdf`, kind: 'file', size: dice.between(900, 90_000) }]
}

function wallClock(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ')
}
