import { estimateReading, measureText, totalLength } from '../core/reading.ts'
import { numberSetting } from '../core/setting.ts'
import { createMark } from '../dom/page-marks.ts'
import { defineAid, type AidContext } from './define-aid.ts'
import { foldBody, type Fold } from './fold-body.ts'
import { formatLength, formatMinutes } from '../locales/format-length.ts'
import { writeText } from '../locales/write-text.ts'
import type { LivePost } from './live-page.ts'
import { whenNear } from './near-posts.ts'

const ID = 'collapse-long-posts'

/**
 * Folds posts above a threshold to their first lines, behind a button that says what is hidden. Folded text stays in
 * the page for the browser's own find-in-page. Stays open: the post the address points to, what the reader opened, and what
 * was on the screen already when the reader came to it by a leap.
 */
export default defineAid({
  id: ID,
  enabledByDefault: true,
  options: {
    /** Characters and words above which a post is folded. */
    characters: numberSetting(1200, { minimum: 200, maximum: 50_000, step: 100 }),
  },
  start(context, signal) {
    const folded = new Map<string, FoldedPost>()
    const fold = (post: LivePost, isOnScreen: boolean) => {
      if (totalLength(post.measure) <= context.options.characters) return
      const foldedPost = FoldedPost.tryFold(post, context, signal)
      if (!foldedPost) return
      folded.set(post.id, foldedPost)
      if (isOnScreen || post.id === context.page.linkedPostId || context.memory.has(post.id)) foldedPost.open()
    }
    context.follow((post) => whenNear(context, post, fold, signal))
    const { defaultView } = context.page.document
    const openLinked = () => folded.get(context.page.site.linkedPostId?.(new URL(location.href)) ?? '')?.open()
    defaultView?.addEventListener('hashchange', openLinked, { signal })
  },
})

/** A folded post's two buttons: one where the fold is, and, while open, one at the end of the text to fold it again. */
class FoldedPost {
  readonly #fold: Fold
  readonly #post: LivePost
  readonly #memory: AidContext['memory']
  readonly #closedLabel: string
  readonly #top: HTMLButtonElement
  readonly #bottom: HTMLButtonElement

  static tryFold(post: LivePost, context: Pick<AidContext, 'page' | 'speeds' | 'memory'>, signal: AbortSignal) {
    const fold = foldBody(ID, post.body, context.page.site.selectors.notOwn)
    return fold && new FoldedPost(post, fold, context, signal)
  }

  private constructor(
    post: LivePost,
    fold: Fold,
    { speeds, memory }: Pick<AidContext, 'speeds' | 'memory'>,
    signal: AbortSignal,
  ) {
    this.#fold = fold
    this.#post = post
    this.#memory = memory
    const seen = measureText(fold.visibleText)
    const hidden = {
      characters: Math.max(0, post.measure.characters - seen.characters),
      words: Math.max(0, post.measure.words - seen.words),
    }
    this.#closedLabel = writeText(
      'collapseLongPosts.open',
      formatLength(hidden),
      formatMinutes(estimateReading(hidden, speeds)),
    )
    this.#top = createButton(post, 'button')
    this.#bottom = createButton(post, 'button')
    fold.start.after(this.#top)
    this.#show(false)
    this.#top.addEventListener('click', () => (this.#isOpen ? this.#closeByReader() : this.#openByReader()), { signal })
    this.#bottom.addEventListener('click', () => this.#closeByReader(), { signal })
    // The browser found a word in the folded text, or was sent to it: it shows that part by itself, we show the rest.
    post.body.addEventListener('beforematch', () => this.#openByReader(), { signal })
  }

  open(): void {
    if (!this.#isOpen) this.#show(true)
  }

  get #isOpen(): boolean {
    return this.#top.getAttribute('aria-expanded') === 'true'
  }

  #openByReader(): void {
    this.open()
    this.#memory.add(this.#post.id)
  }

  #closeByReader(): void {
    this.#show(false)
    this.#memory.delete(this.#post.id)
    // All that stood between the button and its former place is gone: bring the reader back to where the fold is.
    this.#top.focus({ preventScroll: true })
    this.#top.scrollIntoView({ block: 'nearest' })
  }

  #show(isOpen: boolean): void {
    this.#fold.setOpen(isOpen)
    this.#top.setAttribute('aria-expanded', String(isOpen))
    this.#top.textContent = isOpen ? writeText('collapseLongPosts.close') : this.#closedLabel
    if (!isOpen) return this.#bottom.remove()
    this.#bottom.setAttribute('aria-expanded', 'true')
    this.#bottom.textContent = writeText('collapseLongPosts.close')
    this.#fold.end.after(this.#bottom)
  }
}

function createButton(post: LivePost, part: string): HTMLButtonElement {
  const button = createMark(post.element.ownerDocument, ID, 'button', part)
  button.type = 'button'
  return button
}
