/**
 * True when two plain values (what JSON can hold) are the same; keys in any order, `undefined` the same as absent.
 * For values of the model, whose depth is small and fixed.
 */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = withoutUndefined(a as Record<string, unknown>)
  const right = withoutUndefined(b as Record<string, unknown>)
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && isSameValue(left[key], right[key]))
}

/** The value without keys that hold `undefined`, so that spreading it over another erases nothing. */
export function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}

/** A copy without some of its keys. */
export function omit<T extends object, Key extends keyof T>(value: T, ...keys: Key[]): Omit<T, Key> {
  const left = Object.entries(value).filter(([key]) => !keys.includes(key as Key))
  return Object.fromEntries(left) as Omit<T, Key>
}
