import { i18n } from '#i18n'
import { createMark } from '../dom/page-marks.ts'
import type { LivePage } from './live-page.ts'

const BAR = 'reading-bar'

/**
 * Puts a control into the bar that lies above the page's lower corner: aids that are more than marks in the text put
 * theirs there, so that nothing on the page moves. The bar comes with the first control and goes with the last (see
 * {@link removeEmptyBar}); undoing the marks of the aid takes its controls out.
 *
 * @param order the smaller stands first
 */
export function addToBar<Tag extends keyof HTMLElementTagNameMap>(
  { document, root }: Pick<LivePage, 'document' | 'root'>,
  aid: string,
  tag: Tag,
  order: number,
): HTMLElementTagNameMap[Tag] {
  const bar = findBar(root) ?? createBar(document, root)
  const control = createMark(document, aid, tag, 'control')
  control.dataset.order = String(order)
  const after = [...bar.children].find((other) => Number((other as HTMLElement).dataset.order) > order)
  bar.insertBefore(control, after ?? null)
  return control
}

/**
 * Where what lies above the page belongs: not inside of a post, for what is fixed there is fixed to the post where the
 * page contains its layout.
 */
export function overlayHost({ document, root }: Pick<LivePage, 'document' | 'root'>): ParentNode {
  return root === document ? document.body : root
}

/** To be called when an aid was stopped: takes the bar away when no control is left in it. */
export function removeEmptyBar(root: ParentNode): void {
  const bar = findBar(root)
  if (bar?.childElementCount === 0) bar.remove()
}

function findBar(root: ParentNode): Element | undefined {
  return root.querySelector(`.loulan-${BAR}`) ?? undefined
}

function createBar(document: Document, root: ParentNode): Element {
  const bar = createMark(document, BAR, 'div')
  bar.setAttribute('role', 'group')
  bar.setAttribute('aria-label', i18n.t('readingBar.label'))
  overlayHost({ document, root }).append(bar)
  return bar
}
