import { i18n } from '#i18n'
import { OWN_ADDRESS } from '../dom/mark-names.ts'
import { createMark } from '../dom/page-marks.ts'
import type { AidContext, JoinedPage, PageJoining } from './define-aid.ts'
import { JoinedAddress } from './joined-address.ts'
import { importRows, rowDepth, rowOf } from './joined-rows.ts'
import type { LivePost } from './live-page.ts'
import type { followScreen } from './posts-on-screen.ts'

const ID = 'join-pages'

/** A page is asked for when the end of the ones before is this near, in heights of the screen. */
const AHEAD = '100%'
/** From one page to the next, however fast one scrolls. In milliseconds. */
const PAUSE = 1000
/** Where on the screen one reads, as a part of its height. */
const READING_HEIGHT = 0.3

/** What joining needs of the page and of the aid. */
export interface PageJoinerParts {
  context: Pick<AidContext, 'page' | 'fail'>
  joining: PageJoining
  /** Key of the thread that stands on the page. */
  key: string
  /** The page that comes after it. */
  next: { url: string; page: number }
  /** The aid's own: each page has one for all its aids. */
  followScreen: typeof followScreen
  /** Is told what addresses the page shows. */
  noteShown: (url: string, page: number) => void
}

/** Appends the pages that come after the one in the tab, until `signal` aborts. */
export class PageJoiner {
  readonly #context: PageJoinerParts['context']
  readonly #joining: PageJoining
  readonly #signal: AbortSignal
  readonly #key: string
  readonly #depth: number
  readonly #foot: HTMLElement
  readonly #words: HTMLElement
  readonly #observer: IntersectionObserver
  readonly #address: JoinedAddress
  readonly #ids: Set<string>
  #next: { url: string; page: number } | undefined
  #isBusy = false
  /** A page that did not come is asked for again when the reader says so. */
  #hasFailed = false
  #lastAsked = -Infinity

  constructor(parts: PageJoinerParts, signal: AbortSignal) {
    const { context, joining, key, next } = parts
    const { page } = context
    this.#context = context
    this.#joining = joining
    this.#signal = signal
    this.#key = key
    this.#next = next
    this.#ids = new Set(page.posts.map(({ id }) => id))
    this.#depth = rowDepth(page.posts)
    const { row, inner } = createRow(rowOf(page.posts.at(-1)!.element, this.#depth), 'foot')
    this.#foot = row
    this.#words = inner
    this.#words.setAttribute('role', 'status')
    // The address will become other pages': whoever captures the page has to know whose posts are its own.
    row.setAttribute(OWN_ADDRESS, page.document.location.href.replace(/#.*$/s, ''))
    rowOf(page.posts.at(-1)!.element, this.#depth).after(row)
    this.#address = new JoinedAddress(page, parts.noteShown, signal)
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (entries.at(-1)?.isIntersecting && !this.#hasFailed) void this.#join()
      },
      { rootMargin: `0px 0px ${AHEAD} 0px` },
    )
    this.#observer.observe(row)
    parts.followScreen(context, (shown) => this.#address.follow(findRead(shown)), signal)
    signal.addEventListener('abort', () => this.#observer.disconnect())
  }

  async #join(): Promise<void> {
    const next = this.#next
    if (!next || this.#isBusy || this.#signal.aborted) return
    this.#isBusy = true
    this.#hasFailed = false
    try {
      await this.#pause()
      if (this.#signal.aborted) return
      this.#say(i18n.t('joinPages.loading', [String(next.page)]))
      const joined = await this.#joining.fetchPage(next.url, this.#key, this.#signal)
      if (!this.#signal.aborted) this.#take(next, joined)
    } catch (error) {
      if (this.#signal.aborted) return
      this.#hasFailed = true
      console.warn('[loulan] the next page could not be joined', error)
      this.#say(i18n.t('joinPages.failed', [String(next.page)]), next.url, true)
    } finally {
      this.#isBusy = false
    }
  }

  #take(next: { url: string; page: number }, joined: JoinedPage): void {
    const reason = reasonNotToJoin(joined, this.#key)
    if (reason) return this.#stop(i18n.t(`joinPages.${reason}`, [String(next.page)]), next.url)
    const { page } = this.#context
    const rows = importRows(joined, { page, aid: ID, depth: this.#depth, known: this.#ids })
    if (rows.length === 0) return this.#stop(i18n.t('joinPages.nothingNew', [String(next.page)]), next.url)
    this.#foot.before(this.#createLine(next), ...rows.map(({ row }) => row))
    for (const { post } of rows) this.#address.note(post, next)
    this.#next = joined.next === undefined ? undefined : { url: joined.next, page: next.page + 1 }
    page.refresh()
    if (!this.#next) return this.#stop(i18n.t('joinPages.end'))
    this.#say('')
    // The foot may stand on the screen still: it is looked at anew.
    this.#observer.unobserve(this.#foot)
    this.#observer.observe(this.#foot)
  }

  /** Says where a page begins, with the way to it alone. */
  #createLine({ url, page }: { url: string; page: number }): HTMLElement {
    const { row, inner } = createRow(this.#foot, 'line')
    const link = row.ownerDocument.createElement('a')
    link.href = url
    link.textContent = i18n.t('joinPages.page', [String(page)])
    inner.append(link)
    return row
  }

  #stop(words: string, url?: string): void {
    this.#next = undefined
    this.#observer.disconnect()
    this.#say(words, url)
  }

  /** What stands below the last post: words, the way to the page they speak of, and whether it can be tried again. */
  #say(words: string, url?: string, canRetry = false): void {
    const { ownerDocument } = this.#words
    const hadFocus = this.#words.contains(ownerDocument.activeElement)
    this.#words.textContent = words
    if (hadFocus) {
      // The button that was pressed is gone: the keyboard stays where it was.
      this.#words.tabIndex = -1
      this.#words.focus({ preventScroll: true })
    }
    if (canRetry) {
      const retry = ownerDocument.createElement('button')
      retry.type = 'button'
      retry.textContent = i18n.t('joinPages.retry')
      retry.addEventListener('click', () => void this.#join())
      this.#words.append(' ', retry)
    }
    if (url !== undefined) {
      const link = ownerDocument.createElement('a')
      link.href = url
      link.textContent = i18n.t('joinPages.open')
      this.#words.append(' ', link)
    }
  }

  async #pause(): Promise<void> {
    const wait = this.#lastAsked + PAUSE - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    this.#lastAsked = performance.now()
  }
}

function reasonNotToJoin({ key, problem }: JoinedPage, own: string) {
  if (problem === 'login-required') return 'loginRequired'
  if (problem !== undefined || key === undefined) return 'refused'
  return key === own ? undefined : 'otherThread'
}

/** The post that one reads: the last one that begins above where one reads. */
function findRead(shown: readonly LivePost[]): LivePost | undefined {
  const height = (shown[0]?.element.ownerDocument.defaultView?.innerHeight ?? 0) * READING_HEIGHT
  return shown.findLast(({ element }) => element.getBoundingClientRect().top < height) ?? shown[0]
}

/** An element of ours that may stand beside `beside`: in a table a row, in a list an item. */
function createRow(beside: Element, part: string): { row: HTMLElement; inner: HTMLElement } {
  const { ownerDocument, parentElement } = beside
  if (parentElement?.matches('table, tbody')) {
    const row = createMark(ownerDocument, ID, 'tr', part)
    const cell = ownerDocument.createElement('td')
    cell.colSpan = 100
    row.append(cell)
    return { row, inner: cell }
  }
  const row = createMark(ownerDocument, ID, parentElement?.matches('ul, ol') ? 'li' : 'div', part)
  return { row, inner: row }
}
