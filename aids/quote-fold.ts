import { i18n } from '#i18n'
import { isHtmlElement } from '../dom/node-kinds.ts'
import { changeAttributes, createMark, restoreAttributes, wrapNodes } from '../dom/page-marks.ts'
import type { LiveQuote } from './read-quotes.ts'

/** Lines that a quote may take and stay as it is. */
const MOST_LINES = 3
/** Of a folded quote so much is shown. */
const FIRST_CHARACTERS = 60
/** A Han character is as wide as its height, letters about half. */
const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/g

/** True when the quote takes more lines than stay, where a line takes `width` Han characters. */
export function isLongQuote({ lines, isFoldedBySite }: LiveQuote, width: number): boolean {
  if (isFoldedBySite) return false
  const taken = lines.map((line) => {
    const wide = line.match(WIDE)?.length ?? 0
    return Math.max(1, Math.ceil((wide + (line.length - wide) / 2) / width))
  })
  return taken.reduce((sum, count) => sum + count, 0) > MOST_LINES
}

/** A long quote, folded to its first words behind a control; found words open it. All is undone by the aid's marks. */
export class FoldedQuote {
  readonly #aid: string
  readonly #hidden: readonly HTMLElement[]
  readonly #text: HTMLElement
  readonly #button: HTMLButtonElement
  readonly #onOpen: (isOpen: boolean) => void

  static tryFold(aid: string, quote: LiveQuote, onOpen: (isOpen: boolean) => void): FoldedQuote | undefined {
    const hidden = hideable(aid, quote.words)
    return hidden[0] && new FoldedQuote(aid, quote, hidden, onOpen)
  }

  private constructor(
    aid: string,
    { excerpt, head }: LiveQuote,
    hidden: readonly HTMLElement[],
    onOpen: (isOpen: boolean) => void,
  ) {
    const { ownerDocument } = head
    this.#aid = aid
    this.#hidden = hidden
    this.#onOpen = onOpen
    const [first] = hidden
    const line = createMark(ownerDocument, aid, first!.nodeName === 'P' ? 'p' : 'div', 'fold')
    // As the site shows the quote's lines.
    if (first!.nodeName === 'P') line.className += ` ${first!.className}`
    this.#text = ownerDocument.createElement('span')
    this.#text.textContent = `${firstWords(excerpt)}…`
    this.#button = ownerDocument.createElement('button')
    this.#button.type = 'button'
    line.append(this.#text, ' ', this.#button)
    first!.before(line)
    this.#button.addEventListener('click', () => this.setOpen(!this.#isOpen))
    for (const element of hidden) element.addEventListener('beforematch', () => this.setOpen(true))
    this.#show(false)
  }

  setOpen(isOpen: boolean): void {
    if (!this.#text.isConnected || isOpen === this.#isOpen) return
    this.#show(isOpen)
    this.#onOpen(isOpen)
  }

  get #isOpen(): boolean {
    return this.#button.getAttribute('aria-expanded') === 'true'
  }

  #show(isOpen: boolean): void {
    for (const element of this.#hidden) {
      if (isOpen) restoreAttributes(this.#aid, element)
      else changeAttributes(this.#aid, element, { hidden: 'until-found' })
    }
    this.#text.hidden = isOpen
    this.#button.setAttribute('aria-expanded', String(isOpen))
    this.#button.textContent = isOpen ? i18n.t('quotes.fold') : i18n.t('quotes.unfold')
  }
}

/** Loose text cannot be hidden by itself: what stands around it is wrapped with it. */
function hideable(aid: string, words: readonly ChildNode[]): HTMLElement[] {
  const isLoose = words.some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim())
  if (!isLoose) return words.filter((node) => isHtmlElement(node))
  const runs: ChildNode[][] = []
  for (const node of words) {
    const run = runs.at(-1)
    if (run?.at(-1)?.nextSibling === node) run.push(node)
    else runs.push([node])
  }
  return runs.flatMap((run) => wrapNodes(aid, run, 'rest') ?? [])
}

function firstWords(text: string): string {
  return [...text.slice(0, FIRST_CHARACTERS * 2).replace(/\s+/g, ' ')].slice(0, FIRST_CHARACTERS).join('').trim()
}
