import { foldLine } from './search/fold-text.ts'
import type { Quote } from './thread.ts'

/** Earlier posts of a user that are looked through for a quote's words. */
const POSTS_LOOKED_AT = 50
/** Characters of a post that are looked through, and of an excerpt that are looked for. */
const POST_CHARACTERS = 4000
const EXCERPT_CHARACTERS = 40
/** Characters of an excerpt that are compared where several posts begin alike. */
const LONG_EXCERPT_CHARACTERS = 400
/** Fewer letters than this stand in too many posts to be looked for in the middle of one. */
const FEWEST_LETTERS = 3

/** Who wrote a post, and what: `text` is asked for only when a quote may be of it. */
export interface QuotablePost {
  username: string
  nickname?: string | undefined
  text: () => string
}

interface EarlierPost<Item> {
  item: Item
  /** Its letters and numbers, once they were needed. */
  words: () => string
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
    let known: string | undefined
    const post = { item, words: () => (known ??= wordsOf(text(), POST_CHARACTERS)) }
    addTo(this.#byUsername, username, post)
    if (nickname !== undefined && nickname !== username) addTo(this.#byNickname, nickname, post)
  }

  /**
   * The last post of the quoted user that has the excerpt's words; for an excerpt without words, the user's only post.
   * Undefined where it cannot be told: between several posts nothing is guessed.
   */
  find({ username, nickname = '', excerpt }: Pick<Quote, 'username' | 'nickname' | 'excerpt'>): Item | undefined {
    const posts = this.#postsOf(username) ?? this.#postsOf(nickname) ?? []
    if (wordsOf(excerpt, LONG_EXCERPT_CHARACTERS) === '') return posts.length === 1 ? posts[0]!.item : undefined
    const late = posts.slice(-POSTS_LOOKED_AT)
    for (const words of soughtWords(excerpt)) {
      const [first = ''] = words
      const has = (post: EarlierPost<Item>) => hasInOrder(post.words(), words)
      const found =
        late.findLast((post) => post.words().startsWith(first) && has(post)) ??
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
function soughtWords(excerpt: string): string[][] {
  const pieces = excerpt
    .slice(0, LONG_EXCERPT_CHARACTERS)
    .split(/…+|\.{3,}|。{3,}/u)
    .map((piece) => wordsOf(piece, LONG_EXCERPT_CHARACTERS))
    .filter(Boolean)
  const lines = excerpt.slice(0, LONG_EXCERPT_CHARACTERS).split('\n')
  const firstLine = lines.map((line) => wordsOf(line, EXCERPT_CHARACTERS)).find(Boolean) ?? ''
  return [pieces, [wordsOf(excerpt, EXCERPT_CHARACTERS)], [firstLine]].filter(([first]) => first)
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
  return text
    .slice(0, most)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
