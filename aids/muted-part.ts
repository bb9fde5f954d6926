import { changeAttributes, createMark, restoreAttributes } from '../dom/page-marks.ts'

const ID = 'mute'

export interface MutedPartTexts {
  /** Why it is hidden, and that it can be shown. */
  show: string
  hide: string
  unmute: string
}

/** A post or quote that is hidden behind a line that says why; one tap shows it, another undoes the muting. */
export class MutedPart {
  readonly #elements: readonly HTMLElement[]
  readonly #texts: MutedPartTexts
  readonly #line: HTMLElement
  readonly #toggle: HTMLButtonElement
  readonly #controller = new AbortController()

  constructor(elements: readonly HTMLElement[], texts: MutedPartTexts, unmute: () => void) {
    const [first] = elements
    const { ownerDocument } = first!
    this.#elements = elements
    this.#texts = texts
    this.#line = createMark(ownerDocument, ID, 'div', 'line')
    this.#toggle = ownerDocument.createElement('button')
    const undo = ownerDocument.createElement('button')
    this.#toggle.type = undo.type = 'button'
    undo.textContent = texts.unmute
    this.#line.append(this.#toggle, undo)
    first!.before(this.#line)
    const { signal } = this.#controller
    this.#toggle.addEventListener('click', () => this.setShown(!this.isShown))
    undo.addEventListener('click', unmute)
    // The browser's own search found a word in it, or a link leads there.
    for (const element of elements) element.addEventListener('beforematch', () => this.setShown(true), { signal })
    this.setShown(false)
  }

  get isShown(): boolean {
    return this.#toggle.getAttribute('aria-expanded') === 'true'
  }

  setShown(isShown: boolean): void {
    for (const element of this.#elements) {
      if (isShown) restoreAttributes(ID, element)
      else changeAttributes(ID, element, { hidden: 'until-found' })
    }
    this.#toggle.setAttribute('aria-expanded', String(isShown))
    this.#toggle.textContent = isShown ? this.#texts.hide : this.#texts.show
  }

  /** The line takes so much more room, so that nothing moves while it is on the screen. In CSS pixels. */
  keepRoom(height: number): void {
    const room = this.#line.offsetHeight + height
    if (height <= 0) return
    this.#line.style.minHeight = `${room}px`
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting !== false) return
      this.#line.style.minHeight = ''
      observer.disconnect()
    })
    observer.observe(this.#line)
    this.#controller.signal.addEventListener('abort', () => observer.disconnect())
  }

  focus(): void {
    this.#toggle.focus({ preventScroll: true })
  }

  /** Shows it for good; true when the line had the focus, which is gone with it. */
  end(): boolean {
    const hadFocus = this.#line.contains(this.#line.ownerDocument.activeElement)
    this.#controller.abort()
    this.#line.remove()
    for (const element of this.#elements) restoreAttributes(ID, element)
    return hadFocus
  }
}
