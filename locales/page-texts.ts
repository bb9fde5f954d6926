/** Sections of the texts that are written on forums' pages: those of the aids, and of what several of them say. */
export const PAGE_SECTIONS: ReadonlySet<string> = new Set([
  'collapseLongPosts',
  'joinPages',
  'keyboard',
  'length',
  'minutes',
  'mute',
  'newPosts',
  'onlyAuthor',
  'outline',
  'quotes',
  'readingBar',
  'resume',
  'savedState',
  'saving',
  'threadSearch',
  'unwrapLinks',
])

/** Texts by the browser's names for them, `length_posts`, with their places open: `$1`, `$2`. */
export type PageTexts = Readonly<Record<string, string>>

/** By this name the extension's scripts in a page share them, and nobody else: a page's own scripts have another world. */
const TEXTS = Symbol.for('loulan.texts')

type World = typeof globalThis & { [TEXTS]?: PageTexts }

/**
 * Gives all scripts of ours in this page texts that were read elsewhere. The browser would hand every process of its own
 * all texts of the extension, at the first that is asked for and while the page waits.
 */
export function providePageTexts(texts: PageTexts): void {
  ;(globalThis as World)[TEXTS] = texts
}

/** Writes one of them with its places filled; undefined where it was not given. */
export function writePageText(name: string, values: readonly string[]): string | undefined {
  const texts = (globalThis as World)[TEXTS]
  if (!texts || !Object.hasOwn(texts, name)) return undefined
  return texts[name]!.replace(/\$([1-9])/g, (_place, number: string) => values[Number(number) - 1] ?? '')
}
