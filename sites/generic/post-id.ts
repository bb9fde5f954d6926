import { attributeOf } from '../../dom/attributes.ts'
import type { SiteDescription } from '../../core/site-description.ts'
import type { Table } from './columns.ts'
import { commonPrefix, ID_ATTRIBUTES } from './id-prefix.ts'
import type { Outline } from './outline.ts'

const INSIDE = ['id', 'name', 'data-post-id', 'data-id', 'href'] as const

type PostId = Pick<SiteDescription, 'postIdAttribute' | 'postIdPrefix' | 'postIdIn' | 'noPostIds'>

/** True where the posts themselves bear ids. */
export function hasOwnId(outline: Outline, { members }: Table): boolean {
  return ID_ATTRIBUTES.some(
    (name) => commonPrefix(members.map((at) => attributeOf(outline.elements[at]!, name))) !== undefined,
  )
}

/** Where each post's id stands: on itself, or on an element that each of them holds. */
export function findPostId(outline: Outline, { members, columns }: Table): PostId {
  for (const attribute of ID_ATTRIBUTES) {
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
