import { attributeOf } from '../../dom/parse-html.ts'
import type { SiteDescription } from '../../core/site-description.ts'
import type { Table } from './columns.ts'
import type { Outline } from './outline.ts'

/** Attributes that hold a post's id, the likeliest first. */
const ON_POST = ['id', 'data-post-id', 'data-postid', 'data-id', 'data-pid', 'data-comment-id', 'data-cid', 'data-fullname']
const INSIDE = ['id', 'name', 'data-post-id', 'data-id', 'href'] as const

type PostId = Pick<SiteDescription, 'postIdAttribute' | 'postIdPrefix' | 'postIdIn' | 'noPostIds'>

/** True where the posts themselves bear ids. */
export function hasOwnId(outline: Outline, { members }: Table): boolean {
  return ON_POST.some((name) => commonPrefix(members.map((at) => attributeOf(outline.elements[at]!, name))) !== undefined)
}

/** Where each post's id stands: on itself, or on an element that each of them holds. */
export function findPostId(outline: Outline, { members, columns }: Table): PostId {
  for (const attribute of ON_POST) {
    const prefix = commonPrefix(members.map((at) => attributeOf(outline.elements[at]!, attribute)))
    if (prefix !== undefined) return { postIdAttribute: attribute, postIdPrefix: prefix }
  }
  for (const attribute of INSIDE) {
    for (const { key, cells, share } of columns) {
      if (share < 1) continue
      const prefix = commonPrefix(cells.map((at) => attributeOf(outline.elements[at]!, attribute)))
      // A link to a person or a picture has a number too: only what leads to a place on a page names a post.
      if (prefix === undefined || (attribute === 'href' && !/#[\w-]*$/.test(prefix))) continue
      return { postIdAttribute: attribute, postIdPrefix: prefix, postIdIn: outline.selectors[key]! }
    }
  }
  return { noPostIds: true }
}

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
