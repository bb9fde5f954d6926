import { i18n } from '#i18n'
import { addMeasures, estimateReading, totalLength } from '../core/reading.ts'
import type { ReadingPlace } from '../core/thread-visit.ts'
import { createMark } from '../dom/page-marks.ts'
import { formatMinutes } from '../locales/format-length.ts'
import { defineAid, type AidContext } from './define-aid.ts'
import { goToPost } from './go-to-post.ts'
import type { LivePost } from './live-page.ts'
import { PostsOnScreen } from './posts-on-screen.ts'
import { addToBar, overlayHost } from './reading-bar.ts'

const ID = 'resume'

/** Where on the screen one reads, as a part of its height: below what a site has fixed to its top. */
const READING_HEIGHT = 0.2
/** What is left is said above this length; a page that is read in a minute needs no clock. In characters and words. */
const SHORTEST = 400

/** Offers the place where reading stopped last time, and says how far one is. */
export default defineAid({
  id: ID,
  enabledByDefault: true,
  options: {},
  start(context, signal) {
    const progress = new Progress(context)
    const onScreen = new PostsOnScreen(context.page, (shown) => progress.update(shown), signal)
    context.follow(
      (post) => onScreen.add(post),
      () => progress.measure(),
    )
    context.reading?.watch(({ place }) => place && offer(context, place), signal)
  },
})

/** The line at the top of the screen and the minutes left in the bar. */
class Progress {
  readonly #context: AidContext
  readonly #line: HTMLElement
  readonly #left: HTMLElement
  /** Length of all posts above each one, and of the whole. */
  #above = new Map<LivePost, { characters: number; words: number }>()
  #whole = { characters: 0, words: 0 }

  constructor(context: AidContext) {
    this.#context = context
    const { page } = context
    this.#line = createMark(page.document, ID, 'div', 'line')
    this.#line.setAttribute('aria-hidden', 'true')
    overlayHost(page).append(this.#line)
    this.#left = addToBar(page, ID, 'span', 0)
    this.#left.hidden = true
  }

  /** Measures what stands on the page; to be called when posts have come. */
  measure(): void {
    this.#whole = { characters: 0, words: 0 }
    this.#above = new Map()
    for (const post of this.#context.page.posts) {
      this.#above.set(post, this.#whole)
      this.#whole = addMeasures(this.#whole, post.measure)
    }
  }

  update(shown: readonly LivePost[]): void {
    const { innerHeight } = this.#context.page.document.defaultView!
    const height = innerHeight * READING_HEIGHT
    const current = shown.findLast(({ element }) => element.getBoundingClientRect().top < height) ?? shown[0]
    if (!current) return
    const part = partAt(current, height)
    this.#context.reading?.note([], placeOf(current, part))
    const above = this.#above.get(current)
    if (!above) return
    const isEnd = shown.includes(this.#context.page.posts.at(-1)!) && isAtEnd(this.#context.page.document)
    this.#show(above, current.measure, isEnd ? 1 : part)
  }

  #show(above: LivePost['measure'], own: LivePost['measure'], part: number): void {
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

function partAt({ element }: LivePost, height: number): number {
  const { top, height: own } = element.getBoundingClientRect()
  return own === 0 ? 0 : Math.min(1, Math.max(0, (height - top) / own))
}

function isAtEnd({ documentElement }: Document): boolean {
  return documentElement.scrollTop + documentElement.clientHeight >= documentElement.scrollHeight - 2
}

function placeOf(post: LivePost, part: number): ReadingPlace {
  const floor = floorOf(post)
  return { postId: post.id, part: Math.round(part * 1000) / 1000, ...(floor !== undefined && { floor }) }
}

function floorOf({ floor }: LivePost): number | undefined {
  const digits = /\d{1,9}/.exec(floor?.firstChild?.nodeValue ?? '')?.[0]
  return digits === undefined ? undefined : Number(digits)
}

/** Puts an offer into the bar; it goes when it is taken, or when the reader has gone there or refuses it. */
function offer(context: AidContext, place: ReadingPlace): void {
  const { page } = context
  if (page.linkedPostId !== undefined || page.root.querySelector(`.loulan-${ID}-offer`)) return
  const here = findPlace(page, place)
  if (!here && !isOtherPage(place, page.document.location)) return
  // At the top already: there is nothing to resume.
  if (here && here.post === page.posts[0] && here.part < 0.1) return
  const button = addToBar(page, ID, 'button', 1)
  button.classList.add(`loulan-${ID}-offer`)
  button.type = 'button'
  const floor = here ? floorOf(here.post) : place.floor
  button.textContent = floor === undefined ? i18n.t('resume.goOn') : i18n.t('resume.goOnAt', [String(floor)])
  button.addEventListener('click', () => {
    button.remove()
    if (here) goToPost(here.post, ID, { part: here.part, height: READING_HEIGHT })
    else page.document.location.assign(place.url!)
  })
}

/** The post itself; where it has vanished, the one that stands where it stood. */
function findPlace(page: AidContext['page'], { postId, part, floor }: ReadingPlace) {
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
