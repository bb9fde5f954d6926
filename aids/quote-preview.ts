import { i18n } from '#i18n'
import { changeAttributes, createMark } from '../dom/page-marks.ts'
import { writeText } from '../locales/write-text.ts'
import type { AidContext } from './define-aid.ts'
import { floorName } from './floor-name.ts'
import type { LivePage, LivePost } from './live-page.ts'
import { PagePopover } from './page-popover.ts'
import { contentOfKept, contentOfPost, contentOfUnknown } from './quoted-content.ts'
import type { PlacedQuote } from './read-quotes.ts'
import type { WayBack } from './way-back.ts'

const ID = 'quotes'

/** Who only passes over a quote wants nothing of it. In milliseconds. */
const SHOW_AFTER = 350
/** Time to get from the quote to its preview. In milliseconds. */
const HIDE_AFTER = 250
/** What has a use of its own in a quote. */
const INTERACTIVE = 'a, button, input, select, textarea, label, summary, video, audio, [onclick], [contenteditable]'

/**
 * A control at each quote that says where it is from; pointing at the quote or focusing the control shows the quoted post,
 * a click goes there. By touch the first tap shows it.
 */
export class QuotePreview {
  readonly #page: LivePage
  readonly #findQuoted: AidContext['findQuoted']
  readonly #way: WayBack
  readonly #popover: PagePopover
  readonly #byPart = new WeakMap<Element, PlacedQuote>()
  readonly #controls = new Map<PlacedQuote, HTMLElement>()
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The preview that was just closed by a key, or come back to: its control has the focus still. */
  #quiet: HTMLElement | undefined

  constructor({ page, findQuoted }: Pick<AidContext, 'page' | 'findQuoted'>, way: WayBack, signal: AbortSignal) {
    this.#page = page
    this.#findQuoted = findQuoted
    this.#way = way
    this.#popover = new PagePopover(page, ID, 'preview', signal)
    const { root } = page
    root.addEventListener('pointerover', (event) => this.#onPoint(event as PointerEvent), { signal, passive: true })
    root.addEventListener('click', (event) => this.#onClick(event as PointerEvent), { signal })
    root.addEventListener('focusin', ({ target }) => this.#onFocus(target as Element), { signal })
    signal.addEventListener('abort', () => clearTimeout(this.#timer))
  }

  /** Puts the control on a quote, or on one whose source has come since. */
  add(placed: PlacedQuote): void {
    const { quote } = placed
    this.#controls.get(placed)?.remove()
    const control = this.#createControl(placed)
    this.#controls.set(placed, control)
    for (const part of quote.parts) this.#byPart.set(part, placed)
    // Makes the head the place against which the control stands.
    changeAttributes(ID, quote.head, { tabindex: quote.head.getAttribute('tabindex') ?? '-1' })
    quote.head.append(control)
  }

  /** Goes to what a post quotes, of several the first; false where it quotes nothing. */
  goFrom(post: LivePost): boolean {
    const control = post.element.querySelector<HTMLElement>(`.loulan-${ID}-source`)
    const placed = control ? this.#find(control) : undefined
    if (!control || !placed) return false
    if (placed.source) this.#go(placed)
    else control.focus()
    return true
  }

  #createControl({ quote, source, isGuess }: PlacedQuote): HTMLElement {
    const { document, site, url } = this.#page
    const permalink = source || quote.postId === undefined ? undefined : site.permalink?.(quote.postId, url, document)
    if (permalink !== undefined && /^https?:\/\//.test(permalink)) {
      const link = createMark(document, ID, 'a', 'source')
      link.href = permalink
      link.textContent = i18n.t('quotes.otherPage')
      return link
    }
    const button = createMark(document, ID, 'button', 'source')
    button.type = 'button'
    if (source) {
      const name = floorName(source)
      button.textContent = writeText(isGuess ? 'quotes.sourceGuessed' : 'quotes.source', name)
    } else button.textContent = i18n.t('quotes.notHere')
    return button
  }

  #find(target: EventTarget | null): PlacedQuote | undefined {
    for (let element = target as Element | null; element; element = element.parentElement) {
      const placed = this.#byPart.get(element)
      if (placed) return placed
      if (element.matches(this.#page.site.selectors.post)) return undefined
    }
    return undefined
  }

  #onPoint({ target, pointerType }: PointerEvent): void {
    if (pointerType === 'touch') return
    if (this.#popover.holds(target)) return clearTimeout(this.#timer)
    const placed = this.#find(target)
    if (placed && this.#controls.get(placed) === this.#popover.anchor) return clearTimeout(this.#timer)
    if (placed) this.#later(SHOW_AFTER, () => this.#show(placed))
    else if (!this.#popover.anchor) clearTimeout(this.#timer)
    else
      this.#later(HIDE_AFTER, () => this.#popover.anchor !== this.#page.document.activeElement && this.#popover.close())
  }

  #later(delay: number, act: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(act, delay)
  }

  #onFocus(target: Element): void {
    const placed = target.matches(`.loulan-${ID}-source:focus-visible`) ? this.#find(target) : undefined
    if (placed && target !== this.#quiet) this.#show(placed)
    this.#quiet = undefined
  }

  #onClick(event: PointerEvent): void {
    const { target, pointerType } = event
    const element = target as Element
    const placed = this.#find(element)
    if (!placed || event.defaultPrevented || event.button !== 0) return
    const control = this.#controls.get(placed)!
    const used = element.closest(INTERACTIVE)
    if (used ? used !== control || used.nodeName === 'A' : !isPlainClick(event, this.#page.document)) return
    if (!placed.source) return used ? this.#show(placed) : undefined
    if (pointerType === 'touch' && this.#popover.anchor !== control) return this.#show(placed)
    this.#go(placed)
  }

  #go(placed: PlacedQuote): void {
    const { source, post } = placed
    const control = this.#controls.get(placed)
    this.#popover.close()
    clearTimeout(this.#timer)
    if (!source || !control) return
    this.#way.go(source, post, control)
    this.#quiet = control
  }

  #show(placed: PlacedQuote): void {
    const control = this.#controls.get(placed)
    if (!control?.isConnected || this.#popover.anchor === control) return
    clearTimeout(this.#timer)
    control.setAttribute('aria-describedby', this.#popover.id)
    const close = () => control.removeAttribute('aria-describedby')
    const content = this.#content(placed, () => this.#go(placed))
    this.#popover.open(control, i18n.t('quotes.preview'), content, close)
    if (!placed.source) void this.#showKept(placed, control)
  }

  #content({ source, quote, isGuess }: PlacedQuote, go: () => void): Node[] {
    const { document } = this.#page
    return source
      ? contentOfPost(document, source, isGuess, go)
      : contentOfUnknown(document, quote.postId !== undefined)
  }

  /** What is kept of another page comes a moment later, if it is kept; where it cannot be read, what was said stands. */
  async #showKept({ quote, post }: PlacedQuote, control: HTMLElement): Promise<void> {
    const kept = await this.#findQuoted?.(quote, post.id).catch((error: unknown) => {
      console.warn('[loulan] a quoted post could not be looked up', error)
      return undefined
    })
    if (kept && this.#popover.anchor === control) this.#popover.fill(contentOfKept(this.#page.document, kept))
  }
}

/** A click that selects nothing and asks for nothing else. */
function isPlainClick({ ctrlKey, metaKey, shiftKey, altKey }: PointerEvent, document: Document): boolean {
  return !(ctrlKey || metaKey || shiftKey || altKey) && document.getSelection()?.isCollapsed !== false
}
