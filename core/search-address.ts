/** Name of the search among what a library page's hash holds; the filters of the list stand beside it. */
const NAME = 'search'

/** The hash of a library page that shows a search; what else the former hash held stays in it. Empty for nothing. */
export function searchHash(typed: string, formerHash = ''): string {
  const parameters = parametersOf(formerHash)
  if (typed.trim() === '') parameters.delete(NAME)
  else parameters.set(NAME, typed)
  const written = parameters.toString()
  return written && `#${written}`
}

/** What a library page's hash searches for; empty where it is no search. */
export function parseSearchHash(hash: string): string {
  return parametersOf(hash).get(NAME) ?? ''
}

function parametersOf(hash: string): URLSearchParams {
  return new URLSearchParams(hash.includes('=') ? hash.replace(/^#/, '') : '')
}
