/** Characters of one tag, and tags of one thread, at most. */
export const LONGEST_TAG = 40
export const MOST_TAGS = 30

/** Control characters, and marks that turn the direction of what stands around them. */
const UNWANTED = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** A tag as it is kept, from whatever was typed or imported: trimmed, one space for many; undefined when it is none. */
export function parseTag(value: unknown): string | undefined {
  // Cut before anything is looked at: what is pasted may be a book.
  if (typeof value !== 'string') return undefined
  const tag = value.slice(0, 1000).normalize('NFC').replace(/\s+/gu, ' ').replace(UNWANTED, '').trim()
  return tag && [...tag].length <= LONGEST_TAG ? tag : undefined
}

/** The tags of a line that was typed, parted by commas of any script; each once. Parts that are no tags are left out. */
export function parseTags(line: string): string[] {
  const tags = line
    .slice(0, 10_000)
    .split(/[,，、;；]/)
    .map(parseTag)
  return [...new Set(tags.filter((tag) => tag !== undefined))]
}
