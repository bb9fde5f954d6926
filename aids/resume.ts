import { i18n } from '#i18n'
import { addMeasures, estimateReading, totalLength } from '../core/reading.ts'
import type { ReadingPlace } from '../core/thread-visit.ts'
import { createMark } from '../dom/page-marks.ts'
import { formatMinutes } from '../locales/format-length.ts'
import { defineAid, type AidContext } from './define-aid.ts'
import { goToPost } from './go-to-post.ts'
import type { LivePost } from './live-page.ts'
import { whenMeasured } from './measured-posts.ts'
import { followScreen, type RectOf } from './posts-on-screen.ts'
import { addToBar, overlayHost } from './reading-bar.ts'

const ID = 'resume'

/** Where on the screen one reads, as a part of its height: below what a site has fixed to its top. */
const READING_HEIGHT = 0.2
/** Places of a post this near to each other are the same, as parts of it. */
const NEAR = 0.1
/** What is left is said above this length; a page that is read in a minute needs no clock. In characters and words. */
const SHORTEST = 400

/** Offers the place where reading stopped last time, and says how far one is. */
export default defineAid({
  id: ID,
  enabledByDefault: true,
  options: {},
  start(context, signal) {
    const progress = new Progress(context, signal)
    const offer = new Offer(context, signal)
    const onMove = (shown: readonly LivePost[], rectOf: RectOf) => {
      const stand = findStand(shown, rectOf, context.page.document)
      if (!stand) return
      progress.show(stand, shown)
      offer.withdrawAt(stand)
      context.reading?.note([], placeOf(stand))
    }
    const begin = () => {
      context.follow((post) => progress.add(post))
      followScreen(context, onMove, signal)
    }
    whenMeasured(context, begin, signal)
    context.reading?.watch(({ place }) => place && offer.make(place), signal)
  },
})

/** The post that stands where one reads, and how far into it that is, 0 to 1. */
interface Stand {
  post: LivePost
  part: number
}

function findStand(shown: readonly LivePost[], rectOf: RectOf, { defaultView }: Document): Stand | undefined {
  const height = (defaultView?.innerHeight ?? 0) * READING_HEIGHT
  const post = shown.findLast((each) => rectOf(each).top < height) ?? shown[0]
  if (!post) return undefined
  const { top, height: own } = rectOf(post)
  return { post, part: own === 0 ? 0 : Math.min(1, Math.max(0, (height - top) / own)) }
}

/** The line at the top of the screen and the minutes left in the bar. */
class Progress {
  readonly #context: AidContext
  readonly #line: HTMLElement
  readonly #left: HTMLElement
  /** Length of all posts above each one, and of the whole. */
  readonly #above = new Map<LivePost, { characters: number; words: number }>()
  #whole = { characters: 0, words: 0 }

  constructor(context: AidContext, signal: AbortSignal) {
    this.#context = context
    const { page } = context
    this.#line = createMark(page.document, ID, 'div', 'line')
    this.#line.setAttribute('aria-hidden', 'true')
    overlayHost(page).append(this.#line)
    this.#left = addToBar(page, ID, 'span', 0, signal)
    this.#left.hidden = true
  }

  add(post: LivePost): void {
    this.#above.set(post, this.#whole)
    this.#whole = addMeasures(this.#whole, post.measure)
  }

  show({ post, part }: Stand, shown: readonly LivePost[]): void {
    const above = this.#above.get(post)
    if (!above) return
    const isEnd = shown.at(-1) === this.#context.page.posts.at(-1) && isAtEnd(this.#context.page.document)
    this.#showLeft(above, post.measure, isEnd ? 1 : part)
  }

  #showLeft(above: LivePost['measure'], own: LivePost['measure'], part: number): void {
    const rest = (kind: 'characters' | 'words') =>
      Math.max(0, Math.round(this.#whole[kind] - above[kind] - own[kind] * part))
    const left = { characters: rest('characters'), words: rest('words') }
    const whole = totalLength(this.#whole)
    this.#line.style.transform = `scaleX(${whole === 0 ? 0 : 1 - totalLength(left) / whole})`
    this.#left.hidden = whole < SHORTEST
    this.#left.textContent =
      totalLength(left) === 0
        ? i18n.t('resume.done')
        : i18n.t('resume.left', [formatMinutes(estimateReading(left, this.#context.speeds))])
  }
}

function isAtEnd({ documentElement }: Document): boolean {
  return documentElement.scrollTop + documentElement.clientHeight >= documentElement.scrollHeight - 2
}

function placeOf({ post, part }: Stand): ReadingPlace {
  const floor = floorOf(post)
  return { postId: post.id, part: Math.round(part * 1000) / 1000, ...(floor !== undefined && { floor }) }
}

function floorOf({ floor }: LivePost): number | undefined {
  // Other aids may have put something of theirs before the number.
  const texts = [...(floor?.childNodes ?? [])].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
  const digits = /\d{1,9}/.exec(texts.map(({ nodeValue }) => nodeValue).join(' '))?.[0]
  return digits === undefined ? undefined : Number(digits)
}

/** The offer to go on where reading stopped. It is made once a page, and goes when it is taken or one has come there. */
class Offer {
  readonly #context: AidContext
  readonly #signal: AbortSignal
  #place: { here: Stand | undefined; button: HTMLButtonElement } | undefined

  constructor(context: AidContext, signal: AbortSignal) {
    this.#context = context
    this.#signal = signal
  }

  make(place: ReadingPlace): void {
    const { page } = this.#context
    if (this.#place || page.linkedPostId !== undefined) return
    const here = findPlace(page, place)
    if (!here && !isOtherPage(place, page.document.location)) return
    // At the top already: there is nothing to resume.
    if (here && here.post === page.posts[0] && here.part < NEAR) return
    const button = addToBar(page, ID, 'button', 1, this.#signal)
    button.classList.add(`loulan-${ID}-offer`)
    button.type = 'button'
    const floor = here ? floorOf(here.post) : place.floor
    button.textContent = floor === undefined ? i18n.t('resume.goOn') : i18n.t('resume.goOnAt', [String(floor)])
    button.addEventListener('click', () => {
      button.remove()
      if (here) this.#goTo(here)
      else page.document.location.assign(place.url!)
    })
    this.#place = { here, button }
  }

  /** The place stands then where one reads, as it did when reading stopped. */
  #goTo({ post, part }: Stand): void {
    goToPost(post, this.#signal)
    const view = this.#context.page.document.defaultView!
    const { top, height } = post.element.getBoundingClientRect()
    view.scrollBy({ top: top + height * part - view.innerHeight * READING_HEIGHT, behavior: 'instant' })
  }

  withdrawAt({ post, part }: Stand): void {
    const here = this.#place?.here
    if (here?.post === post && Math.abs(here.part - part) < NEAR) this.#place?.button.remove()
  }
}

/** The post itself; where it has vanished, the one that stands where it stood. */
function findPlace(page: AidContext['page'], { postId, part, floor }: ReadingPlace): Stand | undefined {
  const post = page.posts.find(({ id }) => id === postId)
  if (post) return { post, part }
  if (floor === undefined || page.posts.length === 0) return undefined
  const floors = page.posts.map(floorOf)
  const first = floors.find((each) => each !== undefined)
  const isOnPage = first !== undefined && first <= floor && (floors.at(-1) ?? 0) >= floor
  const next = page.posts[floors.findIndex((each) => each !== undefined && each > floor)]
  return isOnPage && next ? { post: next, part: 0 } : undefined
}

/** An address of another page of the same site: what was stored is not believed to be one. */
function isOtherPage({ url }: ReadingPlace, location: Location): boolean {
  if (url === undefined || !URL.canParse(url)) return false
  const target = new URL(url)
  const here = new URL(location.href)
  return target.origin === here.origin && target.pathname + target.search !== here.pathname + here.search
}
