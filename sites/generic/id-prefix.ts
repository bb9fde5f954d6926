/** Attributes that hold a post's id, the likeliest first. */
export const ID_ATTRIBUTES: readonly string[] = [
  'id',
  'data-post-id',
  'data-postid',
  'data-id',
  'data-pid',
  'data-comment-id',
  'data-cid',
  'data-fullname',
]
/** What stands before the ids in these values; undefined where they are not ids: some left out, or two of them the same. */
export function commonPrefix(values: readonly (string | undefined)[]): string | undefined {
  const [first] = values
  if (first === undefined || values.length < 2 || new Set(values).size < values.length) return undefined
  let length = first.length
  for (const value of values) {
    if (value === undefined) return undefined
    while (!value.startsWith(first.slice(0, length))) length--
  }
  const whole = first.slice(0, length)
  for (const prefix of [whole.replace(/\d+$/, ''), whole.replace(/[A-Za-z\d]+$/, ''), '']) {
    const fits = (value: string | undefined) => /^[\w-]{1,64}$/.test(value!.slice(prefix.length))
    const isNumbered = values.every((value) => /^\d+$/.test(value!.slice(prefix.length)))
    if (!/^[\w.:/?#=&;@~-]{0,200}$/.test(prefix) || !values.every(fits)) continue
    // Letters that ids happen to begin with alike are a part of them.
    if (isNumbered || !/[A-Za-z\d]$/.test(prefix)) return prefix
  }
  return undefined
}
