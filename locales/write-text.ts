import { i18n } from '#i18n'

/** Texts that a page writes for post after post, with at most two places to fill. */
type RepeatedText =
  | 'minutes.underOne'
  | 'minutes.exact'
  | 'minutes.range'
  | 'length.characters'
  | 'length.words'
  | 'collapseLongPosts.open'
  | 'collapseLongPosts.close'
  | 'quotes.source'
  | 'quotes.sourceGuessed'
  | 'unwrapLinks.original'
  | 'unwrapLinks.target'
  | 'unwrapLinks.unwrapped'
  | 'unwrapLinks.removed'
  | 'library.postCount'
  | 'library.unreadPosts'
  | 'library.gonePosts'
  | 'library.pagesOf'
  | 'library.readOn'
  | 'library.savedOn'
  | 'library.isCached'
  | 'library.delete'
  | 'library.deleteOne'
  | 'library.filterByTag'
  | 'export.select'

const texts = new Map<RepeatedText, string>()

/** Writes a text as `i18n.t` does, but asks the browser for it once only: on a long page that is what takes long. */
export function writeText(key: RepeatedText, ...values: string[]): string {
  let text = texts.get(key)
  // Filled with the names of its places, the text comes back with them still open.
  if (text === undefined) texts.set(key, (text = i18n.t(key as 'minutes.range', ['$1', '$2'])))
  return text.replace(/\$([12])/g, (_whole, place: string) => values[Number(place) - 1] ?? '')
}
