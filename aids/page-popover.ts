import { isElement } from '../dom/node-kinds.ts'
import { createMark } from '../dom/page-marks.ts'
import type { LivePage } from './live-page.ts'
import { overlayHost } from './reading-bar.ts'

/** From what it is about, and from the screen's edges. In CSS pixels. */
const GAP = 6

/**
 * A box above the page, next to what it is about: it moves nothing. Escape closes it and gives the focus back, and so does
 * pointing or going elsewhere. It comes with the first use and goes with the aid's marks.
 */
export class PagePopover {
  readonly #page: LivePage
  readonly #aid: string
  readonly #part: string
  readonly #signal: AbortSignal
  #box: HTMLElement | undefined
  #anchor: HTMLElement | undefined
  #onClose: (() => void) | undefined

  constructor(page: LivePage, aid: string, part: string, signal: AbortSignal) {
    this.#page = page
    this.#aid = aid
    this.#part = part
    this.#signal = signal
  }

  /** What the open box is about. */
  get anchor(): HTMLElement | undefined {
    return this.#anchor
  }

  get id(): string {
    return `loulan-${this.#aid}-${this.#part}`
  }

  /** True for what lies in the box, or in what it is about. */
  holds(node: EventTarget | null): boolean {
    if (!isElement(node)) return false
    return this.#box?.contains(node) === true || this.#anchor?.contains(node) === true
  }

  open(anchor: HTMLElement, label: string, content: readonly Node[], onClose?: () => void): void {
    this.close()
    const box = (this.#box ??= this.#build())
    this.#anchor = anchor
    this.#onClose = onClose
    box.setAttribute('aria-label', label)
    box.hidden = false
    this.fill(content)
  }

  /** Shows something else in the open box. */
  fill(content: readonly Node[]): void {
    if (!this.#box) return
    this.#box.replaceChildren(...content)
    this.#box.scrollTop = 0
    this.#place()
  }

  close(): void {
    if (!this.#box || !this.#anchor) return
    this.#box.hidden = true
    this.#anchor = undefined
    this.#onClose?.()
    this.#onClose = undefined
  }

  #build(): HTMLElement {
    const { document } = this.#page
    const box = createMark(document, this.#aid, 'div', this.#part)
    box.id = this.id
    box.setAttribute('role', 'group')
    overlayHost(this.#page).append(box)
    const view = document.defaultView!
    const options = { signal: this.#signal, passive: true }
    view.addEventListener('scroll', () => this.#place(), options)
    view.addEventListener('resize', () => this.#place(), options)
    document.addEventListener('pointerdown', ({ target }) => this.holds(target) || this.close(), options)
    document.addEventListener('focusin', ({ target }) => this.holds(target) || this.close(), options)
    document.addEventListener('keydown', (event) => this.#onKey(event), { signal: this.#signal, capture: true })
    return box
  }

  #onKey(event: KeyboardEvent): void {
    const { activeElement } = this.#page.document
    if (event.key !== 'Escape' || !this.#anchor) return
    event.stopPropagation()
    const anchor = this.#anchor
    this.close()
    if (this.#box?.contains(activeElement)) anchor.focus({ preventScroll: true })
  }

  /** Below what it is about where there is room, else above; closed when that has left the screen. */
  #place(): void {
    if (!this.#anchor || !this.#box) return
    const { clientWidth, clientHeight } = this.#page.document.documentElement
    const about = this.#anchor.getBoundingClientRect()
    if (about.bottom < 0 || about.top > clientHeight) return this.close()
    const { offsetWidth, offsetHeight } = this.#box
    const isBelow = about.bottom + GAP + offsetHeight <= clientHeight || about.top < clientHeight - about.bottom
    const top = isBelow ? about.bottom + GAP : about.top - GAP - offsetHeight
    const left = Math.min(about.left, clientWidth - offsetWidth - GAP)
    this.#box.style.top = `${Math.max(GAP, Math.min(top, clientHeight - offsetHeight - GAP))}px`
    this.#box.style.left = `${Math.max(GAP, left)}px`
  }
}
