/** What is told of a post that bears no id, as it stands on its page: raw words, white space and all. */
export interface NamelessPost {
  author: string
  time: string
  floor: string
  words: string
}

/** Later words may be edited or come late; no two posts of one author and time begin with so many the same. In UTF-16 units. */
const MOST_WORDS = 200

/** Elements whose text is none of the page's words, in lower case. */
export const WORDLESS: ReadonlySet<string> = new Set(
  'script style noscript template iframe svg math object textarea select'.split(' '),
)

/**
 * An id for a post that bears none, made of what it says: the same on every visit, and made alike of the live page and of its
 * HTML. Times that count from now (`2 hours ago`, `yesterday 12:30`) would change it: there the floor stands in.
 */
export function idOfNameless({ author, time, floor, words }: NamelessPost): string {
  const isDate = (time.match(/\d+/g)?.length ?? 0) > 2 || /\d{10}/.test(time)
  const parts = [author, isDate ? time : floor, withoutSpace(words).slice(0, MOST_WORDS)]
  return digestOf(parts.map(withoutSpace).join('\n'))
}

/** The ids of posts that say the very same: the second is `…-2`, so that none is taken for the other. */
export function nthId(id: string, nth: number): string {
  return nth === 1 ? id : `${id}-${nth}`
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s+/g, '')
}

/** 64 bits of a text, as two runs of FNV-1a over its UTF-16 units; the archive is nobody's to attack by collisions. */
function digestOf(text: string): string {
  let one = 0x811c9dc5
  let other = 0x9747b28c
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    one = Math.imul(one ^ unit, 0x01000193)
    other = Math.imul(other ^ unit, 0x85ebca6b)
  }
  return `w${(one >>> 0).toString(36)}${(other >>> 0).toString(36).padStart(7, '0')}`
}
