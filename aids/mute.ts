import { i18n } from '#i18n'
import { createMuteJudge, NOBODY_MUTED, withAuthor, withWord, type Muted, type MuteJudge } from '../core/muted.ts'
import { formatCount } from '../locales/format-length.ts'
import { defineAid, type AidContext } from './define-aid.ts'
import { floorName } from './floor-name.ts'
import { focusPost } from './go-to-post.ts'
import type { LivePage, LivePost } from './live-page.ts'
import { MuteControls } from './mute-controls.ts'
import { findMutedList, noteMuted, tellMuted, type MutedList } from './muted-posts.ts'
import { MutedPart } from './muted-part.ts'
import { addToBar } from './reading-bar.ts'
import { readQuotes } from './read-quotes.ts'

const ID = 'mute'

/** Why something is hidden: its author, or a word in it. */
type Reason = { author: string } | { word: string }

interface Judged {
  key: string
  parts: MutedPart[]
}

/**
 * Hides the posts of authors, and posts with words, that the reader muted, and quotes of them; says why, shows it with one
 * tap and undoes the muting there. What is muted is still kept in the archive.
 */
export default defineAid({
  id: ID,
  enabledByDefault: true,
  options: {},
  start(context, signal) {
    const list = findMutedList()
    if (!list) return
    const mute = new Mute(context, list, signal)
    context.follow(
      (post) => mute.add(post),
      () => mute.settle(),
    )
    list.watch((muted) => mute.learn(muted), signal)
    signal.addEventListener('abort', () => mute.end())
  },
})

class Mute {
  readonly #context: AidContext<object>
  readonly #list: MutedList
  readonly #signal: AbortSignal
  readonly #host: string
  readonly #judged = new Map<LivePost, Judged>()
  /** True until the posts that were painted before it was known what is muted have been judged. */
  #isFirst: boolean
  #judge: MuteJudge
  #isAnything = false
  #count: HTMLButtonElement | undefined

  constructor(context: AidContext<object>, list: MutedList, signal: AbortSignal) {
    this.#context = context
    this.#list = list
    this.#signal = signal
    this.#host = muteHost(context.page)
    this.#isFirst = context.page.posts.length > 0
    this.#judge = createMuteJudge(NOBODY_MUTED, this.#host)
    const muteAuthor = (post: LivePost) => this.#change((muted) => withAuthor(muted, this.#authorOf(post), true))
    new MuteControls(context, muteAuthor, signal)
  }

  learn(muted: Muted): void {
    this.#judge = createMuteJudge(muted, this.#host)
    this.#isAnything = muted.authors.length + muted.words.length > 0
    const { posts } = this.#context.page
    const { activeElement } = this.#context.page.document
    this.#apply(posts)
    this.#isFirst = false
    const acted = posts.find(({ element }) => activeElement !== null && element.contains(activeElement))
    // Who muted an author from one of the posts goes on at the line that stands there now.
    if (acted) this.#judged.get(acted)?.parts[0]?.focus()
  }

  add(post: LivePost): void {
    if (this.#isAnything) this.#applyTo(post)
  }

  settle(): void {
    this.#showCount()
    tellMuted(this.#context.page)
  }

  end(): void {
    for (const post of this.#judged.keys()) noteMuted(post, false)
    tellMuted(this.#context.page)
  }

  #apply(posts: readonly LivePost[]): void {
    if (!this.#isAnything && this.#judged.size === 0) return
    // All are looked at before any is changed: the browser lays out once.
    const seen = new Set(this.#isFirst ? posts.filter(({ element }) => isOnScreen(element)) : [])
    for (const post of posts) this.#applyTo(post, seen.has(post))
    this.#showCount()
    tellMuted(this.#context.page)
  }

  #applyTo(post: LivePost, isSeen = false): void {
    const reason = this.#findReason(post.author, () => post.text)
    const { site, url } = this.#context.page
    const quotes = reason
      ? []
      : readQuotes(post, site, url).flatMap((quote) => {
          const why = this.#findReason(quote.username || (quote.nickname ?? ''), () => quote.excerpt)
          return why ? [{ quote, why }] : []
        })
    const key = JSON.stringify([reason, quotes.map(({ why }) => why)])
    const former = this.#judged.get(post)
    if (former ? former.key === key : !reason && quotes.length === 0) return
    const hadFocus = former?.parts.map((part) => part.end()).includes(true)
    noteMuted(post, reason !== undefined)
    if (!reason && quotes.length === 0) this.#judged.delete(post)
    else if (reason) this.#judged.set(post, { key, parts: [this.#hidePost(post, reason, isSeen)] })
    else {
      const parts = quotes.map(({ quote, why }) => this.#hide(quote.parts, why, i18n.t('mute.quote')))
      this.#judged.set(post, { key, parts })
    }
    if (hadFocus) focusPost(post.element, this.#signal)
  }

  /** @param isSeen whether it was painted: it leaves its room to the line until that is off the screen */
  #hidePost(post: LivePost, reason: Reason, isSeen: boolean): MutedPart {
    const next = post.element.nextElementSibling
    const before = isSeen && next ? next.getBoundingClientRect().top : 0
    const part = this.#hide([post.element], reason, floorName(post))
    if (isSeen && next) part.keepRoom(before - next.getBoundingClientRect().top)
    return part
  }

  #hide(elements: readonly HTMLElement[], reason: Reason, what: string): MutedPart {
    const isAuthor = 'author' in reason
    const name = isAuthor ? reason.author : reason.word
    const because = isAuthor ? i18n.t('mute.becauseAuthor', [name, what]) : i18n.t('mute.becauseWord', [name, what])
    const texts = {
      show: i18n.t('mute.show', [because]),
      hide: i18n.t('mute.hide', [because]),
      unmute: i18n.t('mute.unmute', [name]),
    }
    return new MutedPart(elements, texts, () =>
      this.#change((muted) =>
        isAuthor ? withAuthor(muted, { host: this.#host, name }, false) : withWord(muted, name, false),
      ),
    )
  }

  #findReason(author: string, text: () => string): Reason | undefined {
    if (this.#judge.hasAuthor(author)) return { author }
    const word = this.#judge.findWord?.(text())
    return word === undefined ? undefined : { word }
  }

  #authorOf({ author: name }: LivePost) {
    return { host: this.#host, name }
  }

  #change(change: (muted: Muted) => Muted): void {
    this.#list.change(change).catch((error: unknown) => this.#context.fail(error))
  }

  /** How many posts are muted; all are shown, and hidden again, with one tap. */
  #showCount(): void {
    const parts = [...this.#judged.values()].flatMap((judged) => judged.parts)
    if (!this.#count && parts.length > 0) {
      this.#count = addToBar(this.#context.page, ID, 'button', 25, this.#signal)
      this.#count.type = 'button'
      this.#count.addEventListener('click', () => this.#toggleAll())
    }
    if (!this.#count) return
    this.#count.hidden = parts.length === 0
    this.#count.textContent = i18n.t('mute.count', parts.length, [formatCount(parts.length)])
    this.#count.setAttribute('aria-pressed', String(parts.some(({ isShown }) => isShown)))
    this.#count.title = i18n.t('mute.showAll')
  }

  #toggleAll(): void {
    const parts = [...this.#judged.values()].flatMap((judged) => judged.parts)
    const isShown = !parts.some((part) => part.isShown)
    for (const part of parts) part.setShown(isShown)
    this.#showCount()
  }
}

/** The host under which a forum's authors are muted: its mirrors are one, and the reader page names its thread's. */
function muteHost({ root, site, url }: LivePage): string {
  if (url.protocol.endsWith('-extension:')) return (root as HTMLElement).dataset.host ?? ''
  // A site that stands under other addresses too is the same site there.
  return (site.addressMapper && site.hosts[0]) || url.host.toLowerCase().replace(/^www\./, '')
}

function isOnScreen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < element.ownerDocument.defaultView!.innerHeight
}
