/** What a key asks of a list of rows: to go to another row, or to do something with the one that is active. */
export type RowMove =
  | 'open'
  | 'remove'
  | 'pick'
  | 'pickRange'
  | 'all'
  | 'none'
  | { by: (index: number, page: number, last: number) => number }

const MOVES: Readonly<Record<string, RowMove>> = {
  ArrowDown: { by: (index) => index + 1 },
  ArrowUp: { by: (index) => index - 1 },
  PageDown: { by: (index, page) => index + page },
  PageUp: { by: (index, page) => index - page },
  Home: { by: () => 0 },
  End: { by: (_index, _page, last) => last },
  Delete: 'remove',
  Escape: 'none',
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/**
 * What a key asks for; undefined for keys that are not the list's.
 *
 * @param isOnRow false when the focus is on something in the row that has its own use for Enter and Space
 */
export function moveFor({ key, ctrlKey, metaKey, altKey, shiftKey }: Key, isOnRow: boolean): RowMove | undefined {
  if (altKey) return undefined
  if (ctrlKey || metaKey) return key.toLowerCase() === 'a' ? 'all' : undefined
  if (key === 'Enter') return isOnRow ? 'open' : undefined
  if (key === ' ') return isOnRow ? (shiftKey ? 'pickRange' : 'pick') : undefined
  return Object.hasOwn(MOVES, key) ? MOVES[key] : undefined
}
