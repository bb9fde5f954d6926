import { i18n } from '#i18n'
import { addMeasures, estimateReading } from '../core/reading.ts'
import type { VisitReport } from '../core/thread-visit.ts'
import { createMark } from '../dom/page-marks.ts'
import { formatCount, formatMinutes } from '../locales/format-length.ts'
import { offerCommand, type Command } from './commands.ts'
import { defineAid, type AidContext, type PageReading } from './define-aid.ts'
import type { LivePost } from './live-page.ts'
import { followMuted, isMutedPost } from './muted-posts.ts'
import { followScreen, type RectOf } from './posts-on-screen.ts'
import { addToBar } from './reading-bar.ts'
import { goToPost } from './go-to-post.ts'

const ID = 'new-posts'

/** A post counts as read when it was on the screen for this long: who scrolls past reads nothing. In milliseconds. */
const READ_AFTER = 700

/** Marks what is new since the last visit, counts it, and leads from one to the next. */
export default defineAid({
  id: ID,
  enabledByDefault: true,
  options: {},
  start(context, signal) {
    const { reading } = context
    if (!reading) return
    const newPosts = new NewPosts(context, reading, signal)
    context.follow(
      (post) => newPosts.add(post),
      () => newPosts.count(),
    )
    followScreen(context, (shown, rectOf) => newPosts.see(shown, rectOf), signal)
    followMuted(context.page, () => newPosts.count(), signal)
    reading.watch((report) => newPosts.learn(report), signal)
    offerCommand(context, 'nextNew', newPosts.stepping(1), signal)
    offerCommand(context, 'previousNew', newPosts.stepping(-1), signal)
    signal.addEventListener('abort', () => newPosts.end())
  },
})

class NewPosts {
  readonly #context: AidContext
  readonly #reading: PageReading
  readonly #signal: AbortSignal
  readonly #unread = new Map<string, LivePost>()
  readonly #marked = new Set<string>()
  /** Ids of posts that were on the screen long enough, also before it was known which are new. */
  readonly #read = new Set<string>()
  /** Posts on the screen, and the timer after which they count as read. */
  readonly #seen = new Map<LivePost, ReturnType<typeof setTimeout>>()
  readonly #newIds = new Set<string>()
  #next: HTMLButtonElement | undefined
  #all: HTMLButtonElement | undefined

  constructor(context: AidContext, reading: PageReading, signal: AbortSignal) {
    this.#context = context
    this.#reading = reading
    this.#signal = signal
  }

  learn({ newIds }: VisitReport): void {
    for (const id of newIds) this.#newIds.add(id)
    for (const post of this.#context.page.posts) this.add(post)
    this.count()
  }

  add(post: LivePost): void {
    if (!this.#newIds.has(post.id) || this.#marked.has(post.id)) return
    const mark = createMark(post.element.ownerDocument, ID, 'span', 'mark')
    mark.textContent = i18n.t('newPosts.mark')
    if (post.floor) post.floor.append(mark)
    else post.body.before(mark)
    this.#marked.add(post.id)
    if (!this.#read.has(post.id)) this.#unread.set(post.id, post)
  }

  see(shown: readonly LivePost[], rectOf: RectOf): void {
    const { innerHeight } = this.#context.page.document.defaultView!
    const read = new Set(shown.filter((post) => isMostlyShown(rectOf(post), innerHeight)))
    for (const [post, timer] of this.#seen) {
      if (read.has(post)) continue
      clearTimeout(timer)
      this.#seen.delete(post)
    }
    for (const post of read) {
      if (this.#seen.has(post)) continue
      this.#seen.set(
        post,
        setTimeout(() => this.#markRead([post.id]), READ_AFTER),
      )
    }
  }

  end(): void {
    for (const timer of this.#seen.values()) clearTimeout(timer)
  }

  /** Steps through all that are new since the last visit, read or not: who steps back has just read them. */
  stepping(step: 1 | -1): Command {
    return {
      isOffered: () => this.#marked.size > 0,
      run: (from) => {
        const { posts } = this.#context.page
        const index = from ? posts.indexOf(from) : -1
        const ahead = step === 1 ? posts.slice(index + 1) : posts.slice(0, Math.max(0, index)).reverse()
        const next = ahead.find((post) => this.#marked.has(post.id) && !isMutedPost(post))
        return next ?? i18n.t(step === 1 ? 'newPosts.noneBelow' : 'newPosts.noneAbove')
      },
    }
  }

  /** What was new keeps its mark until the next visit; it is only no longer counted. */
  #markRead(ids: readonly string[]): void {
    this.#reading.note(ids)
    const before = this.#unread.size
    for (const id of ids) {
      this.#read.add(id)
      this.#unread.delete(id)
    }
    if (this.#unread.size !== before) this.count()
  }

  /** Says how many there are still to be read, and how long that takes; the controls come with the first. */
  count(): void {
    const posts = [...this.#unread.values()].filter((post) => !isMutedPost(post))
    if (posts.length > 0) {
      this.#next ??= this.#addNext()
      this.#all ??= this.#addAll()
    }
    if (!this.#next || !this.#all) return
    this.#next.hidden = this.#all.hidden = posts.length === 0
    const measure = posts.reduce((sum, post) => addMeasures(sum, post.measure), { characters: 0, words: 0 })
    const minutes = formatMinutes(estimateReading(measure, this.#context.speeds))
    this.#next.textContent = i18n.t('newPosts.count', posts.length, [formatCount(posts.length), minutes])
  }

  #addNext(): HTMLButtonElement {
    const button = addToBar(this.#context.page, ID, 'button', 10, this.#signal)
    button.type = 'button'
    button.title = i18n.t('newPosts.next')
    button.addEventListener('click', () => this.#goToNext())
    return button
  }

  #addAll(): HTMLButtonElement {
    const button = addToBar(this.#context.page, ID, 'button', 11, this.#signal)
    button.type = 'button'
    button.textContent = '✓'
    button.title = i18n.t('newPosts.markAllRead')
    button.setAttribute('aria-label', button.title)
    button.addEventListener('click', () => this.#markRead([...this.#newIds]))
    return button
  }

  /** The first unread one below where one reads; from the last, the first of all. */
  #goToNext(): void {
    const posts = this.#context.page.posts.filter((post) => this.#unread.has(post.id) && !isMutedPost(post))
    const below = posts.find(({ element }) => element.getBoundingClientRect().top > 8)
    const next = below ?? posts[0]
    if (next) goToPost(next, this.#signal)
  }
}

/** Its end is on the screen, or most of the screen is taken by it. */
function isMostlyShown({ top, bottom, height }: DOMRectReadOnly, innerHeight: number): boolean {
  if (height === 0) return false
  const shown = Math.min(bottom, innerHeight) - Math.max(top, 0)
  return shown > 0 && (bottom <= innerHeight + 1 || shown > innerHeight * 0.6)
}
