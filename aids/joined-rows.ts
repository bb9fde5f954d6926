import { markInserted } from '../dom/page-marks.ts'
import type { JoinedPage } from './define-aid.ts'
import { postIdOf, type LivePage, type LivePost } from './live-page.ts'

/** Never wanted of a page that is only a part of another: what runs, what loads, what speaks for a whole page. */
const NOT_JOINED =
  'script, style, link, meta, base, object, embed, iframe[srcdoc], iframe:not([src^="http"], [src^="/"])'

/** How far above a post its row stands: the element that all posts of a list are children of their list by. */
export function rowDepth(posts: readonly LivePost[]): number {
  const [last, before] = [posts.at(-1)?.element, posts.at(-2)?.element]
  if (!last || !before) return 0
  let depth = 0
  for (let row = last; row.parentElement && !row.parentElement.contains(before); row = row.parentElement) depth++
  return depth
}

/** The row of a post, `depth` elements above it. */
export function rowOf(post: Element, depth: number): Element {
  let row = post
  for (let step = 0; step < depth && row.parentElement; step++) row = row.parentElement
  return row
}

/**
 * Brings the posts of a fetched page over, those that are not known yet, each with its row; notes their ids as known. The
 * rows are marked as ours: undoing the aid, or sweeping the page, takes them out again.
 *
 * The fetched page is the site's own, of the same origin, and what it holds is as trustworthy as what stands there
 * already. Yet what an extension puts into a page may be exempt from the page's security policy, and a policy may be all
 * that keeps a writer's `onerror` from running. So scripts and handlers go. The site's scripts reach the posts as they
 * reach those that came with the page, by delegation; only where a site sends no policy, a click may call what it names.
 */
export function importRows(
  { document: fetched, url, hasPolicy }: JoinedPage,
  { page, aid, depth, known }: { page: LivePage; aid: string; depth: number; known: Set<string> },
): { row: Element; post: Element }[] {
  const { post: selector, body } = page.site.selectors
  const isElsewhere = new URL('.', url).href !== new URL('.', page.document.baseURI).href
  const rows: { row: Element; post: Element }[] = []
  for (const post of fetched.querySelectorAll(selector)) {
    const id = postIdOf(post, page.site)
    if (!id || known.has(id) || !post.querySelector(body)) continue
    known.add(id)
    let row = rowOf(post, depth)
    // The page is made otherwise than the first: the post comes alone.
    if (row.querySelectorAll(selector).length > 1) row = post
    for (const each of [row, ...row.querySelectorAll('*')]) makeHarmless(each, hasPolicy)
    if (isElsewhere) for (const each of row.querySelectorAll('[href], [src]')) makeAbsolute(each, url)
    for (const each of row.querySelectorAll<HTMLImageElement>('img')) showLazyPicture(each)
    const path = pathTo(post, row)
    const brought = page.document.importNode(row, true)
    markInserted(brought, aid)
    rows.push({ row: brought, post: path.reduce<Element>((element, index) => element.children[index]!, brought) })
  }
  return rows
}

function makeHarmless(element: Element, hasPolicy: boolean): void {
  if (element.matches(NOT_JOINED)) return element.remove()
  for (const name of element.getAttributeNames())
    if (/^on/i.test(name) && (hasPolicy || name !== 'onclick')) element.removeAttribute(name)
}

function makeAbsolute(element: Element, base: string): void {
  for (const name of ['href', 'src']) {
    const value = element.getAttribute(name)
    if (value && !/^(?:#|[a-z][\w+.-]*:)/i.test(value) && URL.canParse(value, base))
      element.setAttribute(name, new URL(value, base).href)
  }
}

/** Pictures that a site's script shows when the page comes: it will not come again. */
function showLazyPicture(picture: HTMLImageElement): void {
  const address = ['data-src', 'data-original', 'zoomfile', 'file']
    .map((name) => picture.getAttribute(name))
    .find(Boolean)
  if (!address || !/^(?:https?:)?\/|^[\w./-]+$/i.test(address)) return
  picture.setAttribute('src', address)
  picture.setAttribute('loading', 'lazy')
}

/** Places among their siblings of the elements from `row` down to `post`. */
function pathTo(post: Element, row: Element): number[] {
  const path: number[] = []
  for (let element = post; element !== row; element = element.parentElement!)
    path.unshift([...element.parentElement!.children].indexOf(element))
  return path
}
