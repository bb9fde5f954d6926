import { i18n } from '#i18n'
import { findHeadings, type Heading } from '../core/headings.ts'
import { createMark, isMark } from '../dom/page-marks.ts'
import { textLinesOf, type PlacedLine } from '../dom/text-lines.ts'
import type { AidContext } from './define-aid.ts'
import type { LivePost } from './live-page.ts'
import type { whenNear } from './near-posts.ts'
import type { followScreen } from './posts-on-screen.ts'
import { overlayHost } from './reading-bar.ts'

const ID = 'outline'
const HIGHLIGHT = 'loulan-outline'

/** One heading is a title, not an outline. */
const FEWEST_HEADINGS = 2
/** Room that the outline needs beside a post to stand there. In CSS pixels. */
const ROOM_BESIDE = 240

/** Where on the screen one reads, as a part of its height. */
const READING_HEIGHT = 0.4
/** A heading that was gone to stands so far below the screen's top, as a part of its height. */
const MARGIN = 0.15
/** How long the heading that was gone to stays marked. In milliseconds. */
const SHOWN_FOR = 2500

/** What the outlines need of a page. */
export interface OutlinesContext extends Pick<AidContext, 'page' | 'own' | 'fail' | 'follow' | 'styleHighlights'> {
  /** The aid's own: each page has one for all its aids. */
  followScreen: typeof followScreen
  whenNear: typeof whenNear
  /** Which posts get an outline, if they have sections. */
  isLong: (post: LivePost) => boolean
}

/** Gives long posts their outlines, those that come later too, and has them follow the scrolling until `signal` aborts. */
export function startOutlines(context: OutlinesContext, signal: AbortSignal): void {
  const { follow, isLong, page } = context
  const outlines: PostOutline[] = []
  const update = () => {
    if (outlines.length === 0) return
    const { documentElement, defaultView } = page.document
    const middle = (defaultView?.innerHeight ?? 0) * READING_HEIGHT
    for (const outline of outlines) outline.update(documentElement.clientWidth, middle)
  }
  const build = (post: LivePost) => {
    const outline = isLong(post) && PostOutline.tryBuild(post, context)
    if (outline) outlines.push(outline)
  }
  follow((post) => context.whenNear(context, post, build, signal), update)
  context.followScreen(context, update, signal)
  signal.addEventListener('abort', () => outlines.forEach((outline) => outline.endHighlight()))
}

/** The outline of one post: a list of its headings, and where they stand. */
class PostOutline {
  readonly #post: LivePost
  readonly #styleHighlights: AidContext['styleHighlights']
  readonly #box: HTMLDetailsElement
  readonly #entries: { button: HTMLButtonElement; place: PlacedLine }[]
  #isBeside: boolean | undefined
  #current: HTMLButtonElement | undefined
  #painted: Highlight | undefined

  static tryBuild(post: LivePost, context: Pick<AidContext, 'page' | 'styleHighlights'>): PostOutline | undefined {
    const { page, styleHighlights } = context
    const { notOwn } = page.site.selectors
    const lines = textLinesOf(post.body, (element) => isMark(element) || element.matches(notOwn))
    const headings = findHeadings(lines)
    if (headings.length < FEWEST_HEADINGS) return undefined
    const outline = new PostOutline(post, headings, lines, styleHighlights)
    overlayHost(page).append(outline.#box)
    return outline
  }

  private constructor(
    post: LivePost,
    headings: readonly Heading[],
    lines: readonly PlacedLine[],
    styleHighlights: AidContext['styleHighlights'],
  ) {
    const { ownerDocument } = post.element
    this.#post = post
    this.#styleHighlights = styleHighlights
    this.#box = createMark(ownerDocument, ID, 'details')
    this.#box.hidden = true
    const summary = ownerDocument.createElement('summary')
    summary.textContent = i18n.t('outline.sections', headings.length, [String(headings.length)])
    const list = ownerDocument.createElement('ol')
    this.#entries = headings.map(({ line, title, level }) => {
      const place = lines[line]!
      const button = ownerDocument.createElement('button')
      button.type = 'button'
      button.textContent = title
      button.addEventListener('click', () => this.#goTo(place))
      const item = ownerDocument.createElement('li')
      item.dataset.level = String(Math.min(level, 4))
      item.append(button)
      list.append(item)
      return { button, place }
    })
    this.#box.append(summary, list)
  }

  /** Follows the page's scrolling; `middle` is the height on the screen at which one reads. In CSS pixels. */
  update(width: number, middle: number): void {
    const area = this.#post.body.getBoundingClientRect()
    const isBeside = width - area.right >= ROOM_BESIDE
    if (isBeside !== this.#isBeside) {
      this.#isBeside = isBeside
      this.#box.classList.toggle('loulan-outline-beside', isBeside)
      this.#box.open = isBeside
    }
    this.#box.hidden = area.top > middle || area.bottom < middle
    if (!this.#box.hidden) this.#markCurrent(middle)
  }

  #markCurrent(middle: number): void {
    // Text that is folded has no place of its own; it stands where the fold is.
    const current = this.#entries.findLast(({ place }) => topOf(place) < middle)
    if (current?.button === this.#current) return
    this.#current?.removeAttribute('aria-current')
    this.#current = current?.button
    if (!this.#current) return
    this.#current.setAttribute('aria-current', 'true')
    // The list scrolls along by itself: `scrollIntoView` would scroll the page too.
    const { offsetTop, offsetHeight } = this.#current
    const { clientHeight, scrollTop } = this.#box
    if (offsetTop < scrollTop || offsetTop + offsetHeight > scrollTop + clientHeight) {
      this.#box.scrollTop = offsetTop - clientHeight / 2
    }
  }

  /** As if find-in-page had found the heading: whatever folds the post opens it. */
  #goTo(place: PlacedLine): void {
    this.#post.body.dispatchEvent(new Event('beforematch', { bubbles: true }))
    const { defaultView } = place.node.ownerDocument
    if (!defaultView) return
    const isCalm = defaultView.matchMedia('(prefers-reduced-motion: reduce)').matches
    const top = topOf(place) - defaultView.innerHeight * MARGIN
    defaultView.scrollBy({ top, behavior: isCalm ? 'instant' : 'smooth' })
    this.#highlight(place)
    if (this.#isBeside) return
    this.#box.open = false
    this.#box.querySelector('summary')?.focus({ preventScroll: true })
  }

  /** Shows where the heading is without touching the page: the browser paints a range of text for a while. */
  #highlight({ node, offset, text }: PlacedLine): void {
    this.#styleHighlights?.()
    const range = node.ownerDocument.createRange()
    range.setStart(node, Math.min(offset, node.length))
    range.setEnd(node, Math.min(offset + text.trim().length, node.length))
    const painted = (this.#painted = new Highlight(range))
    CSS.highlights.set(HIGHLIGHT, painted)
    setTimeout(() => this.#painted === painted && this.endHighlight(), SHOWN_FOR)
  }

  endHighlight(): void {
    if (this.#painted && CSS.highlights.get(HIGHLIGHT) === this.#painted) CSS.highlights.delete(HIGHLIGHT)
    this.#painted = undefined
  }
}

function topOf({ node, offset }: PlacedLine): number {
  const range = node.ownerDocument.createRange()
  range.setStart(node, Math.min(offset, node.length))
  range.setEnd(node, Math.min(offset + 1, node.length))
  return range.getBoundingClientRect().top
}
