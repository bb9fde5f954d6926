import { findContextTarget } from '../../dom/context-target.ts'
import type { CopyRequest } from '../../messages/protocol.ts'
import type { CopyPlace } from './copy-from-page.ts'

/** Permalink of the post that was clicked; with a key, of the one that holds the focus, the selection, or the view. */
export function findPost({ by }: CopyRequest, document: Document, place: CopyPlace): string | undefined {
  const { post: selector, permalink } = place
  if (selector === undefined) return undefined
  const around = (node: Node | null | undefined) =>
    (node instanceof Element ? node : node?.parentElement)?.closest(selector) ?? undefined
  const selection = document.getSelection()
  const post =
    by === 'menu'
      ? around(findContextTarget())
      : (around(document.activeElement) ??
        (selection?.isCollapsed === false ? around(selection.anchorNode) : undefined) ??
        findInView(document, selector))
  return post && permalink(post)
}

/** The first post of which a reader sees more than a sliver: half of it, or as much as fills a third of the window. */
function findInView(document: Document, selector: string): Element | undefined {
  const height = document.defaultView?.innerHeight ?? 0
  return [...document.querySelectorAll(selector)].find((post) => {
    const { top, bottom } = post.getBoundingClientRect()
    const seen = Math.min(bottom, height) - Math.max(top, 0)
    return seen > 0 && (seen >= height / 3 || seen >= (bottom - top) / 2)
  })
}
