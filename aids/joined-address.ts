import type { LivePage, LivePost } from './live-page.ts'

/** The address and history entry, in step with the page whose posts are on the screen. */
export class JoinedAddress {
  readonly #view: Window
  readonly #noteShown: (url: string, page: number) => void
  readonly #pages = new WeakMap<Element, { url: string; page: number }>()
  readonly #restoration: ScrollRestoration
  /** The page's own address, as it was when it was left for a joined one. */
  #own: string
  /** What the address was set to last; another one is the site's doing. */
  #current: string

  /**
   * @param noteShown is told what address shows which page
   * @param signal gives the page its own address back when it aborts, unless the page has been left
   */
  constructor(page: LivePage, noteShown: (url: string, page: number) => void, signal: AbortSignal) {
    this.#noteShown = noteShown
    this.#view = page.document.defaultView!
    this.#own = this.#current = this.#view.location.href
    this.#restoration = this.#view.history.scrollRestoration
    signal.addEventListener('abort', () => {
      if (page.posts[0]?.element.isConnected) this.#show(this.#own)
    })
  }

  /** Notes which page a joined post is of. */
  note(post: Element, page: { url: string; page: number }): void {
    this.#pages.set(post, page)
  }

  /** Shows the address of the page that a post is of. */
  follow(post: LivePost | undefined): void {
    if (!post) return
    const joined = this.#pages.get(post.element)
    if (joined) this.#noteShown(joined.url, joined.page)
    this.#show(joined?.url ?? this.#own)
  }

  #show(url: string): void {
    const { history, location } = this.#view
    // The site is on its way to another page: its address stands there already.
    if (withoutHash(location.href) !== withoutHash(this.#current)) return
    if (withoutHash(url) === withoutHash(location.href)) return
    if (withoutHash(this.#current) === withoutHash(this.#own)) this.#own = location.href
    const target = withoutHash(url) === withoutHash(this.#own) ? this.#own : url
    history.replaceState(withAddress(history.state, target), '', target)
    // A reload shows that page alone: where one was in all of them says nothing there.
    history.scrollRestoration = target === this.#own ? this.#restoration : 'manual'
    this.#current = target
  }
}

/** The site's own state, with the address in it that pjax goes back by. */
function withAddress(state: unknown, url: string): unknown {
  const isPjax = typeof state === 'object' && state !== null && 'container' in state && 'url' in state
  return isPjax ? { ...state, url } : state
}

function withoutHash(url: string): string {
  return url.replace(/#.*$/s, '')
}
