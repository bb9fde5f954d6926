import { i18n } from '#i18n'
import { createMark } from '../dom/page-marks.ts'
import { rectsLater } from '../dom/rects-later.ts'
import { formatCount } from '../locales/format-length.ts'
import { floorName } from './floor-name.ts'
import type { AidContext } from './define-aid.ts'
import type { LivePage, LivePost } from './live-page.ts'
import { isMutedPost } from './muted-posts.ts'
import { whenNear } from './near-posts.ts'
import { PagePopover } from './page-popover.ts'
import type { WayBack } from './way-back.ts'

const ID = 'quotes'

/** Of each answer so many characters are shown in the list. */
const SHOWN_CHARACTERS = 40

interface Answers {
  /** In page order, each post once. */
  readonly posts: Map<LivePost, { isGuess: boolean }>
  button?: HTMLButtonElement
}

/** At each post that others quote: how many they are, and a list of them that leads there. */
export class PostAnswers {
  readonly #page: LivePage
  readonly #context: Pick<AidContext, 'page' | 'own' | 'fail'>
  readonly #way: WayBack
  readonly #popover: PagePopover
  readonly #answers = new Map<LivePost, Answers>()
  readonly #changed = new Set<LivePost>()
  readonly #signal: AbortSignal
  /** Undefined until the browser has laid out a post that was answered. */
  #isFloorAtEnd: boolean | undefined
  #isAwaited = false

  constructor(context: Pick<AidContext, 'page' | 'own' | 'fail'>, way: WayBack, signal: AbortSignal) {
    const { page } = context
    this.#context = context
    this.#page = page
    this.#way = way
    this.#signal = signal
    this.#popover = new PagePopover(page, ID, 'list', signal)
  }

  add(to: LivePost, from: LivePost, isGuess: boolean): void {
    if (to === from) return
    let answers = this.#answers.get(to)
    if (!answers) this.#answers.set(to, (answers = { posts: new Map() }))
    if (answers.posts.has(from)) return
    answers.posts.set(from, { isGuess })
    this.#changed.add(to)
  }

  /** Brings the counts up to date of the posts that were answered since. */
  show(): void {
    const [first] = this.#changed
    if (!first) return
    if (this.#isFloorAtEnd === undefined) return this.#lookLater(first)
    for (const post of this.#changed) whenNear(this.#context, post, () => this.#showCount(post), this.#signal)
    this.#changed.clear()
  }

  #showCount(post: LivePost): void {
    const answers = this.#answers.get(post)!
    const button = (answers.button ??= this.#createButton(post))
    button.textContent = i18n.t('quotes.answers', answers.posts.size, [formatCount(answers.posts.size)])
  }

  #lookLater(post: LivePost): void {
    if (this.#isAwaited) return
    this.#isAwaited = true
    const { element, floor } = post
    const look = ([around, own]: readonly DOMRectReadOnly[]) => {
      this.#isFloorAtEnd = own !== undefined && isAtEnd(own, around!)
      this.show()
    }
    rectsLater(floor ? [element, floor] : [element], look, this.#signal)
  }

  #createButton(post: LivePost): HTMLButtonElement {
    const isAtFloor = this.#isFloorAtEnd && post.floor
    const button = createMark(this.#page.document, ID, 'button', isAtFloor ? 'answers-at-floor' : 'answers')
    button.type = 'button'
    button.setAttribute('aria-expanded', 'false')
    button.addEventListener('click', () => this.#toggle(post, button))
    if (isAtFloor) post.floor.prepend(button)
    else post.body.after(button)
    return button
  }

  #toggle(post: LivePost, button: HTMLButtonElement): void {
    if (this.#popover.anchor === button) return this.#popover.close()
    const { document } = this.#page
    const list = document.createElement('ol')
    for (const [answer, { isGuess }] of this.#answers.get(post)!.posts) {
      const go = document.createElement('button')
      go.type = 'button'
      const name = i18n.t('quotes.floorAndAuthor', [floorName(answer), answer.author])
      go.textContent = `${isGuess ? i18n.t('quotes.guessed', [name]) : name} ${firstWords(answer)}`
      go.addEventListener('click', () => {
        this.#popover.close()
        this.#way.go(answer, post, button)
      })
      const item = document.createElement('li')
      item.append(go)
      list.append(item)
    }
    button.setAttribute('aria-expanded', 'true')
    this.#popover.open(button, button.textContent, [list], () => button.setAttribute('aria-expanded', 'false'))
    list.querySelector('button')?.focus({ preventScroll: true })
  }
}

/** True where a floor stands at the end of its post's head, with room before it. */
function isAtEnd(floor: DOMRectReadOnly, post: DOMRectReadOnly): boolean {
  return floor.left + floor.right > post.left + post.right
}

function firstWords(post: LivePost): string {
  if (isMutedPost(post)) return i18n.t('mute.words')
  const { text } = post
  return [
    ...text
      .trim()
      .slice(0, SHOWN_CHARACTERS * 2)
      .replace(/\s+/g, ' '),
  ]
    .slice(0, SHOWN_CHARACTERS)
    .join('')
}
