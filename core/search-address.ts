const PREFIX = '#search/'

/** The hash under which the library shows a search; empty for an empty one. */
export function searchHash(typed: string): string {
  return typed.trim() === '' ? '' : `${PREFIX}${encodeURIComponent(typed.toWellFormed())}`
}

/** What a library page's hash searches for; undefined where it is no search. */
export function parseSearchHash(hash: string): string | undefined {
  if (!hash.startsWith(PREFIX)) return undefined
  const part = hash.slice(PREFIX.length)
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
