import { i18n } from '#i18n'
import { createMark } from '../dom/page-marks.ts'
import type { LivePage } from './live-page.ts'

const BAR = 'reading-bar'

/**
 * Puts a control into the bar that lies above the page's lower corner: aids that are more than marks in the text put
 * theirs there, so that nothing on the page moves. The bar comes with the first control and goes with the last, when the
 * `signal` of each aborts.
 *
 * @param order the smaller stands first
 */
export function addToBar<Tag extends keyof HTMLElementTagNameMap>(
  { document, root }: Pick<LivePage, 'document' | 'root'>,
  aid: string,
  tag: Tag,
  order: number,
  signal: AbortSignal,
): HTMLElementTagNameMap[Tag] {
  const bar = findBar({ document, root }) ?? createBar(document, root)
  const control = createMark(document, aid, tag, 'control')
  control.dataset.order = String(order)
  const after = [...bar.children].find((other) => Number((other as HTMLElement).dataset.order) > order)
  bar.insertBefore(control, after ?? null)
  signal.addEventListener('abort', () => {
    control.remove()
    if (bar.childElementCount === 0) bar.remove()
  })
  return control
}

/**
 * Where what lies above the page belongs: not inside of a post, for what is fixed there is fixed to the post where the
 * page contains its layout.
 */
export function overlayHost({ document, root }: Pick<LivePage, 'document' | 'root'>): ParentNode {
  return root === document ? document.body : root
}

/** It stands among the last of its host: from the end it is found without a look at every post. */
function findBar(page: Pick<LivePage, 'document' | 'root'>): Element | undefined {
  let element = overlayHost(page).lastElementChild
  while (element && !element.classList.contains(`loulan-${BAR}`)) element = element.previousElementSibling
  return element ?? undefined
}

function createBar(document: Document, root: ParentNode): Element {
  const bar = createMark(document, BAR, 'div')
  bar.setAttribute('role', 'group')
  bar.setAttribute('aria-label', i18n.t('readingBar.label'))
  overlayHost({ document, root }).append(bar)
  return bar
}
