import { i18n } from '#i18n'

/**
 * Tables and code that are wider than the text scroll in boxes of their own. The boxes that do are reached by keyboard;
 * the browser tells when one has been laid out, so that nobody asks it to.
 */
export class WideBoxes {
  readonly #observer = new ResizeObserver((entries) => {
    const boxes = entries.map(({ target }) => ({ target, isWide: target.scrollWidth > target.clientWidth + 1 }))
    for (const { target, isWide } of boxes) mark(target, isWide)
  })

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.#observer.disconnect())
  }

  /** Watches the boxes of posts that have come. */
  watch(elements: readonly HTMLElement[]): void {
    for (const element of elements) {
      for (const box of element.querySelectorAll('.post-body pre, .wide-box')) this.#observer.observe(box)
    }
  }
}

function mark(box: Element, isWide: boolean): void {
  if (box.hasAttribute('tabindex') === isWide) return
  const attributes = { tabindex: '0', role: 'group', 'aria-label': i18n.t('thread.wideBox') }
  for (const [name, value] of Object.entries(attributes)) {
    if (isWide) box.setAttribute(name, value)
    else box.removeAttribute(name)
  }
}

/** Puts each table of a post into a box that scrolls; tables in tables are a part of theirs. */
export function boxTables(fragment: DocumentFragment): void {
  for (const table of fragment.querySelectorAll('table')) {
    if (table.parentElement?.closest('table')) continue
    const box = table.ownerDocument.createElement('div')
    box.className = 'wide-box'
    table.replaceWith(box)
    box.append(table)
  }
}
