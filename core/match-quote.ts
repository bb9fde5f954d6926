import { foldLine } from './search/fold-text.ts'
import type { Quote } from './thread.ts'

/** Earlier posts of a user that are looked through for a quote's words. */
const POSTS_LOOKED_AT = 50
/** Characters of a post that are looked through, and of an excerpt that are looked for. */
const POST_CHARACTERS = 4000
const EXCERPT_CHARACTERS = 40
/** Characters of an excerpt that are compared where several posts begin alike. */
const LONG_EXCERPT_CHARACTERS = 400
/** Characters of a post by which it is told whether a look at all its words is worth it. */
const START_CHARACTERS = 40
/** Fewer letters than this stand in too many posts to be looked for in the middle of one. */
const FEWEST_LETTERS = 3

/** Who wrote a post, and what: `text` is asked for only when a quote may be of it, and may end after `most` characters. */
export interface QuotablePost {
  username: string
  nickname?: string | undefined
  text: (most: number) => string
}

interface EarlierPost<Item> {
  item: Item
  /** Its letters and numbers, once they were needed. */
  words: () => string
  /** The first of them: most posts are told apart by these. */
  start: () => string
}

/**
 * Tells which post a quote without an id is from, by its author and excerpt: always a guess. Posts are added in page
 * order, and a quote is looked up when the posts before its own were added. Each takes the same time however many there
 * are.
 */
export class EarlierPosts<Item> {
  readonly #byUsername = new Map<string, EarlierPost<Item>[]>()
  readonly #byNickname = new Map<string, EarlierPost<Item>[]>()

  add(item: Item, { username, nickname, text }: QuotablePost): void {
    let words: string | undefined
    let start: string | undefined
    const read = (most: number) => text(most).slice(0, most).trimStart()
    const post = {
      item,
      words: () => (words ??= wordsOf(read(POST_CHARACTERS), POST_CHARACTERS)),
      start: () => (start ??= wordsOf(read(2 * START_CHARACTERS), START_CHARACTERS)),
    }
    addTo(this.#byUsername, username, post)
    if (nickname !== undefined && nickname !== username) addTo(this.#byNickname, nickname, post)
  }

  /**
   * The last post of the quoted user that has the excerpt's words; for an excerpt without words, the user's only post.
   * Undefined where it cannot be told: between several posts nothing is guessed.
   */
  find({ username, nickname = '', excerpt }: Pick<Quote, 'username' | 'nickname' | 'excerpt'>): Item | undefined {
    const posts = this.#postsOf(username) ?? this.#postsOf(nickname) ?? []
    if (posts.length === 0) return undefined
    const all = wordsOf(excerpt, LONG_EXCERPT_CHARACTERS)
    if (all === '') return posts.length === 1 ? posts[0]!.item : undefined
    const late = posts.slice(-POSTS_LOOKED_AT)
    for (const words of soughtWords(excerpt, all)) {
      const [first = ''] = words
      const has = (post: EarlierPost<Item>) => hasInOrder(post.words(), words)
      const found =
        late.findLast((post) => mayBegin(post, first) && post.words().startsWith(first) && has(post)) ??
        (first.length < FEWEST_LETTERS ? undefined : late.findLast(has))
      if (found) return found.item
    }
    return undefined
  }

  /** A nickname is looked for where no user has that name: anyone may take another's name for a nickname. */
  #postsOf(name: string): EarlierPost<Item>[] | undefined {
    const key = foldLine(name)
    return this.#byUsername.get(key) ?? this.#byNickname.get(key)
  }
}

/** False where a post's first words are others. Normalising can join what is cut, so the last of them is not asked. */
function mayBegin(post: EarlierPost<unknown>, words: string): boolean {
  const start = post.start().slice(0, -1)
  return words.startsWith(start) || start.startsWith(words)
}

function addTo<Item>(index: Map<string, EarlierPost<Item>[]>, name: string, post: EarlierPost<Item>): void {
  const key = foldLine(name)
  if (key === '') return
  const posts = index.get(key)
  if (posts) posts.push(post)
  else index.set(key, [post])
}

/**
 * What to look for, the surest first: all words, in pieces where dots stand for what was left out; the first words; the
 * first line alone, as what the quoted post quoted in turn may stand below it.
 */
function* soughtWords(excerpt: string, all: string): Iterable<string[]> {
  const pieces = excerpt.slice(0, LONG_EXCERPT_CHARACTERS).split(/…+|\.{3,}|。{3,}/)
  if (pieces.length === 1) yield [all]
  else yield pieces.map((piece) => wordsOf(piece, LONG_EXCERPT_CHARACTERS)).filter(Boolean)
  const first = wordsOf(excerpt, EXCERPT_CHARACTERS)
  if (first) yield [first]
  const lines = excerpt.slice(0, LONG_EXCERPT_CHARACTERS).split('\n')
  const firstLine = lines.map((line) => wordsOf(line, EXCERPT_CHARACTERS)).find(Boolean)
  if (firstLine) yield [firstLine]
}

function hasInOrder(words: string, pieces: readonly string[]): boolean {
  let from = 0
  for (const piece of pieces) {
    const at = words.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return true
}

/** Letters and numbers alone, full width as half: sites cut excerpts, add dots and lose line ends. */
function wordsOf(text: string, most: number): string {
  const part = text.slice(0, most)
  return PLAIN.test(part)
    ? part.replace(NO_PLAIN_WORDS, '').toLowerCase()
    : part.normalize('NFKC').toLowerCase().replace(NO_WORDS, '')
}

/**
 * What most texts are made of: ASCII, Han characters, spaces, general and Chinese punctuation and what is as wide. None of
 * it becomes another letter by normalising, and to tell its letters apart takes a tenth of the time.
 */
const PLAIN =
  /^[\s!-~\xb7\u2010-\u2027\u3001-\u3003\u3008-\u3020\u4e00-\u9ffc\uff01-\uff0f\uff1a-\uff20\uff5b-\uff65]*$/
const NO_PLAIN_WORDS = /[^0-9A-Za-z\u4e00-\u9ffc]+/g
const NO_WORDS = /[^\p{L}\p{N}]+/gu
