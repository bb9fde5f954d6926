import { i18n } from '#i18n'
import { isHtmlElement } from '../dom/node-kinds.ts'
import { createMark } from '../dom/page-marks.ts'
import { defineAidWithParts, type PartsContext } from './aid-parts.ts'
import { offerCommand } from './commands.ts'
import { FindBar } from './find-bar.ts'
import { focusPost } from './go-to-post.ts'
import type { LivePost } from './live-page.ts'
import { followScreen } from './posts-on-screen.ts'
import { addToBar, overlayHost } from './reading-bar.ts'
import type { SearchPanel } from './search-panel.ts'

const ID = 'thread-search'

/** Searches the posts of the page: the words are marked where they stand, and the page itself stays as it is. */
export default defineAidWithParts({
  id: ID,
  enabledByDefault: true,
  options: {},
  start(context, signal) {
    const search = new ThreadSearch(context, signal)
    const button = addToBar(context.page, ID, 'button', 30, signal)
    button.type = 'button'
    button.textContent = i18n.t('threadSearch.open')
    button.addEventListener('click', () => search.open())
    offerCommand(
      context,
      'search',
      {
        run: () => {
          search.open()
          return true
        },
      },
      signal,
    )
    context.follow(
      () => {},
      () => search.refresh(),
    )
  },
})

interface OpenBar {
  readonly bar: FindBar
  readonly controller: AbortController
  readonly returnTo: Element | null
  /** What searches; absent while it is on its way. */
  panel?: SearchPanel
}

/**
 * The bar stands at once, and takes what is typed and where the focus goes back to; what searches comes as a part when the
 * bar is first opened.
 */
class ThreadSearch {
  readonly #context: PartsContext
  readonly #signal: AbortSignal
  #opened: OpenBar | undefined
  #query = ''
  #shown: readonly LivePost[] = []

  constructor(context: PartsContext, signal: AbortSignal) {
    this.#context = context
    this.#signal = signal
    signal.addEventListener('abort', () => this.#end())
  }

  open(): void {
    this.#opened ??= this.#show()
    this.#opened.bar.focus()
    this.#bring(this.#opened)
  }

  /** Posts have come. */
  refresh(): void {
    this.#opened?.panel?.refresh()
  }

  #show(): OpenBar {
    const { page } = this.#context
    const controller = new AbortController()
    const bar = new FindBar(createMark(page.document, ID, 'div', 'bar'), {
      onQuery: (query) => {
        this.#query = query
        this.#opened?.panel?.look(query)
      },
      onStep: (step) => this.#step(step),
      onClose: () => this.#close(),
    })
    const { activeElement } = page.document
    overlayHost(page).append(bar.element)
    bar.query = this.#query
    followScreen(
      this.#context,
      (shown) => {
        this.#shown = shown
        this.#opened?.panel?.paint(shown)
      },
      controller.signal,
    )
    return { bar, controller, returnTo: activeElement }
  }

  /** Has what searches put into the page, where it is not there yet; what was typed by then is looked for. */
  #bring(opened: OpenBar): void {
    if (opened.panel) return
    const { fail, loadPart } = this.#context
    const { bar, controller } = opened
    bar.tell('', false)
    loadPart('search-panel')
      .then(
        ({ SearchPanel }) => {
          // The bar was closed meanwhile, or the part was waited for twice.
          if (controller.signal.aborted || opened.panel) return
          opened.panel = new SearchPanel(this.#context, bar, controller.signal)
          opened.panel.paint(this.#shown)
          if (this.#query) opened.panel.look(this.#query)
        },
        (error: unknown) => {
          console.warn('[loulan] what searches could not be loaded', error)
          bar.tell(i18n.t('threadSearch.failed'), false)
        },
      )
      .catch(fail)
  }

  /** Where what searches did not come, this asks for it again. */
  #step(step: 1 | -1): void {
    if (this.#opened?.panel) this.#opened.panel.step(step)
    else if (this.#opened) this.#bring(this.#opened)
  }

  /** The focus goes back to where it was, or, where that is out of sight by now, to the post that was found. */
  #close(): void {
    const { returnTo, panel } = this.#opened!
    const post = panel?.found
    this.#end()
    if (isHtmlElement(returnTo) && returnTo.isConnected && (!post || isOnScreen(returnTo)))
      returnTo.focus({ preventScroll: true })
    else if (post) focusPost(post.element, this.#signal)
  }

  #end(): void {
    this.#opened?.controller.abort()
    this.#opened?.bar.element.remove()
    this.#opened = undefined
  }
}

function isOnScreen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < element.ownerDocument.defaultView!.innerHeight && element.checkVisibility()
}
