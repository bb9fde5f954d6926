import type { SiteDescription } from '../../core/site-description.ts'
import { idOfNameless, nthId, WORDLESS } from '../../core/nameless-post.ts'
import { INSERTED } from '../../dom/mark-names.ts'

/** Enough of a body for its id, white space and marks of ours in between. In UTF-16 units. */
const MOST_TEXT = 4000

/** Gives the posts of a live page ids where they bear none: those that reading the page's HTML gives them (read.ts). */
export function liveIds(description: SiteDescription): (post: Element) => string | undefined {
  const known = new WeakMap<Element, string>()
  const alike = new Map<string, Element[]>()
  const { author, time, timeAttribute, floor, body, post: posts } = description
  return (post) => {
    const before = known.get(post)
    if (before !== undefined) return before
    const isOwn = (element: Element) => element.parentElement?.closest(posts) === post
    const find = (selector: string | undefined) =>
      selector === undefined ? undefined : [...post.querySelectorAll(selector)].find(isOwn)
    const rawText = (selector: string | undefined) => rawTextOf(find(selector), posts)
    const id = idOfNameless({
      author: rawText(author),
      time: timeAttribute === undefined ? rawText(time) : (find(time)?.getAttribute(timeAttribute) ?? ''),
      floor: rawText(floor),
      words: rawText(body),
    })
    // Those of a page that a navigation without reload took away do not count.
    const root = post.getRootNode()
    const same = (alike.get(id) ?? []).filter((each) => each.getRootNode() === root)
    same.push(post)
    alike.set(id, same)
    const own = nthId(id, same.length)
    known.set(post, own)
    return own
  }
}

/** The characters of an element in their order, without those of posts within and without what is ours. */
function rawTextOf(element: Element | undefined, posts: string): string {
  if (!element) return ''
  const walker = element.ownerDocument.createTreeWalker(
    element,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    (node) =>
      node instanceof Element && (WORDLESS.has(node.localName) || node.hasAttribute(INSERTED) || node.matches(posts))
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
  )
  let text = ''
  for (let node = walker.nextNode(); node && text.length < MOST_TEXT; node = walker.nextNode())
    if (node.nodeType === Node.TEXT_NODE) text += node.nodeValue ?? ''
  return text
}
