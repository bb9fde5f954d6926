import { i18n } from '#i18n'
import { createMark } from '../dom/page-marks.ts'
import { formatCount } from '../locales/format-length.ts'
import { floorName } from './floor-name.ts'
import type { LivePage, LivePost } from './live-page.ts'
import { isMutedPost } from './muted-posts.ts'
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
  readonly #way: WayBack
  readonly #popover: PagePopover
  readonly #answers = new Map<LivePost, Answers>()
  readonly #changed = new Set<LivePost>()
  /** Looked up once a page, as it makes the browser lay out. */
  #isFloorAtEnd: boolean | undefined

  constructor(page: LivePage, way: WayBack, signal: AbortSignal) {
    this.#page = page
    this.#way = way
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
    for (const post of this.#changed) {
      const answers = this.#answers.get(post)!
      const button = (answers.button ??= this.#createButton(post))
      button.textContent = i18n.t('quotes.answers', answers.posts.size, [formatCount(answers.posts.size)])
    }
    this.#changed.clear()
  }

  #createButton(post: LivePost): HTMLButtonElement {
    this.#isFloorAtEnd ??= isAtEnd(post)
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

/** True where floors stand at the end of a post's head, with room before them. */
function isAtEnd({ element, floor }: LivePost): boolean {
  if (!floor) return false
  const around = element.getBoundingClientRect()
  const { left, right } = floor.getBoundingClientRect()
  return (left + right) / 2 > (around.left + around.right) / 2
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
