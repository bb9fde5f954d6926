import { i18n } from '#i18n'

/** What is typed longer than this is no search. In UTF-16 units. */
const LONGEST = 200

export interface FindBarParts {
  onQuery: (query: string) => void
  onStep: (step: 1 | -1) => void
  onClose: () => void
}

/** The bar with the words to be searched for: how many there are, steps through them, and the way out. */
export class FindBar {
  readonly element: HTMLElement
  readonly #input: HTMLInputElement
  readonly #status: HTMLElement
  readonly #steps: readonly HTMLButtonElement[]

  constructor(element: HTMLElement, { onQuery, onStep, onClose }: FindBarParts) {
    const { ownerDocument } = element
    this.element = element
    element.setAttribute('role', 'search')
    element.setAttribute('aria-label', i18n.t('threadSearch.label'))
    this.#input = ownerDocument.createElement('input')
    this.#input.type = 'search'
    this.#input.maxLength = LONGEST
    this.#input.autocomplete = 'off'
    this.#input.spellcheck = false
    this.#input.placeholder = i18n.t('threadSearch.label')
    this.#input.setAttribute('aria-label', i18n.t('threadSearch.label'))
    this.#status = ownerDocument.createElement('span')
    this.#status.setAttribute('role', 'status')
    const button = (sign: string, label: string, act: () => void) => {
      const made = ownerDocument.createElement('button')
      made.type = 'button'
      made.textContent = sign
      made.title = label
      made.setAttribute('aria-label', label)
      made.addEventListener('click', act)
      return made
    }
    this.#steps = [
      button('↑', i18n.t('threadSearch.previous'), () => onStep(-1)),
      button('↓', i18n.t('threadSearch.next'), () => onStep(1)),
    ]
    this.tell('', false)
    element.append(this.#input, this.#status, ...this.#steps, button('✕', i18n.t('threadSearch.close'), onClose))
    // Words that an input method is still putting together are nobody's query.
    const ask = () => onQuery(this.#input.value)
    this.#input.addEventListener('input', (event) => (event as InputEvent).isComposing || ask())
    this.#input.addEventListener('compositionend', ask)
    element.addEventListener('keydown', (event) => {
      // What is typed here is not for the keys of the page.
      event.stopPropagation()
      if (event.isComposing || event.keyCode === 229) return
      if (event.key === 'Escape') onClose()
      else if (event.key === 'Enter' && event.target === this.#input) onStep(event.shiftKey ? -1 : 1)
      else return
      event.preventDefault()
    })
  }

  set query(query: string) {
    this.#input.value = query
  }

  focus(): void {
    this.#input.focus({ preventScroll: true })
    this.#input.select()
  }

  /** @param words which of how many, or that there are none */
  tell(words: string, canStep: boolean): void {
    this.#status.textContent = words
    for (const step of this.#steps) step.disabled = !canStep
  }
}
