import { i18n } from '#i18n'
import { goToPost } from './go-to-post.ts'
import { floorName } from './floor-name.ts'
import type { LivePage, LivePost } from './live-page.ts'
import { addToBar } from './reading-bar.ts'

/** Where one was before going to another post: the control that had the focus, and where on the screen it stood. */
interface Place {
  post: LivePost
  control: HTMLElement
  top: number
}

/** Goes to posts, and back again: a control in the bar leads back the way one came, step by step. */
export class WayBack {
  readonly #page: LivePage
  readonly #aid: string
  readonly #signal: AbortSignal
  readonly #places: Place[] = []
  #button: HTMLButtonElement | undefined

  constructor(page: LivePage, aid: string, signal: AbortSignal) {
    this.#page = page
    this.#aid = aid
    this.#signal = signal
  }

  /** Goes to a post; `control`, in `from`, is what leads there and is come back to. */
  go(to: LivePost, from: LivePost, control: HTMLElement): void {
    this.#places.push({ post: from, control, top: control.getBoundingClientRect().top })
    goToPost(to, this.#signal)
    this.#show()
  }

  #return(): void {
    const place = this.#places.pop()
    if (!place) return
    const { post, control, top } = place
    if (!post.element.isConnected) return this.#show()
    if (!control.isConnected || control.getClientRects().length === 0) goToPost(post, this.#signal)
    else {
      const by = control.getBoundingClientRect().top - top
      this.#page.document.defaultView?.scrollBy({ top: by, behavior: 'instant' })
      control.focus({ preventScroll: true })
    }
    this.#show()
  }

  #show(): void {
    const last = this.#places.at(-1)
    if (!this.#button) {
      this.#button = addToBar(this.#page, this.#aid, 'button', 5, this.#signal)
      this.#button.type = 'button'
      this.#button.addEventListener('click', () => this.#return())
    }
    this.#button.hidden = !last
    if (last) this.#button.textContent = i18n.t('quotes.back', [floorName(last.post)])
  }
}
