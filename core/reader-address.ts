/** What the reader page is to show: a thread of the archive, and the post to begin at. */
export interface ReaderPlace {
  key: string
  postId?: string
}

/**
 * Address of the reader page for a thread, as a path of the extension: `/reader.html#KEY` or `/reader.html#KEY/POST`.
 * Both parts are percent-encoded whole, slashes included, so that the one slash that remains parts them.
 */
export function readerAddress(key: string, postId?: string): string {
  return `/reader.html#${encodePart(key)}${postId === undefined ? '' : `/${encodePart(postId)}`}`
}

/** Reads the hash of a reader page's address, with or without its `#`; undefined where it names no thread. */
export function parseReaderHash(hash: string): ReaderPlace | undefined {
  const [key = '', postId = ''] = hash.replace(/^#/, '').split('/').map(decodePart)
  if (!key) return undefined
  return postId ? { key, postId } : { key }
}

/** A lone half of a surrogate pair cannot stand in an address; it becomes U+FFFD, as everywhere in UTF-8. */
function encodePart(part: string): string {
  return encodeURIComponent(part.toWellFormed())
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part // Not written by `readerAddress`: taken as it stands, it names no thread or the right one.
  }
}
