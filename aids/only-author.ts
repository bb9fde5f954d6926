import { i18n } from '#i18n'
import { changeAttributes, createMark, restoreAttributes } from '../dom/page-marks.ts'
import { formatCount } from '../locales/format-length.ts'
import { defineAid, type AidContext } from './define-aid.ts'
import { focusPost } from './go-to-post.ts'
import type { LivePost } from './live-page.ts'
import { addToBar } from './reading-bar.ts'

const ID = 'only-author'
/** Values of the choice that are no author's name: a name is never empty and has no line end. */
const EVERYBODY = ''
const STARTER = '\n'

/** Shows the posts of the one who started the thread, or of any one author, alone; says what is hidden in between. */
export default defineAid({
  id: ID,
  enabledByDefault: true,
  options: {},
  start(context, signal) {
    const filter = new AuthorFilter(context, signal)
    context.follow(
      (post) => filter.add(post),
      () => filter.refresh(),
    )
    filter.choice.addEventListener('change', () => filter.apply(), { signal })
    // The post that an address points to is wanted, whoever wrote it.
    context.page.document.defaultView?.addEventListener('hashchange', () => filter.showLinked(), { signal })
  },
})

class AuthorFilter {
  readonly choice: HTMLSelectElement
  readonly #context: AidContext
  readonly #signal: AbortSignal
  readonly #counts = new Map<string, number>()
  #starters = 0
  #hidden: HiddenRun[] = []
  #isListed = false
  /** How many posts the choice has been applied to. */
  #judged = 0

  constructor(context: AidContext, signal: AbortSignal) {
    this.#context = context
    this.#signal = signal
    this.choice = addToBar(context.page, ID, 'select', 20, signal)
    this.choice.setAttribute('aria-label', i18n.t('onlyAuthor.label'))
    this.choice.hidden = true
  }

  add({ author, isStarter }: LivePost): void {
    this.#isListed = false
    if (author) this.#counts.set(author, (this.#counts.get(author) ?? 0) + 1)
    if (isStarter) this.#starters++
  }

  /** Posts have come: their authors can be chosen, and what is chosen holds for them. What was shown again stays. */
  refresh(): void {
    this.#list()
    this.#hideFrom(this.#judged)
  }

  apply(): void {
    for (const run of this.#hidden) run.show()
    this.#hidden = []
    this.#hideFrom(0)
  }

  #hideFrom(index: number): void {
    const { posts } = this.#context.page
    this.#judged = posts.length
    if (this.choice.value === EVERYBODY) return
    let run: LivePost[] = []
    for (const post of [...posts.slice(index), undefined]) {
      // What the site itself hides is not ours to count or to show.
      if (post?.element.hidden) continue
      if (post && !this.#isWanted(post)) run.push(post)
      else if (run.length > 0) {
        this.#hidden.push(new HiddenRun(run, this.#signal))
        run = []
      }
    }
  }

  showLinked(): void {
    const { page } = this.#context
    const linkedId = page.site.linkedPostId?.(new URL(page.document.location.href))
    const post = page.posts.find(({ id }) => id === linkedId)
    if (!post?.element.hidden) return
    this.choice.value = EVERYBODY
    this.apply()
    post.element.scrollIntoView({ block: 'start' })
  }

  #isWanted(post: LivePost): boolean {
    return this.choice.value === STARTER ? post.isStarter : post.author === this.choice.value
  }

  /** Lists everybody who wrote on the page, those with most posts first; a choice of one alone is none. */
  #list(): void {
    if (this.#isListed) return
    this.#isListed = true
    const { document } = this.#context.page
    const chosen = this.choice.value
    const authors = [...this.#counts].sort(([, a], [, b]) => b - a)
    const options = [
      [EVERYBODY, i18n.t('onlyAuthor.everybody')],
      ...(this.#starters > 0 ? [[STARTER, i18n.t('onlyAuthor.starter', [formatCount(this.#starters)])]] : []),
      ...authors.map(([author, count]) => [author, i18n.t('onlyAuthor.author', [author, formatCount(count)])]),
    ].map(([value, label]) => {
      const option = document.createElement('option')
      option.value = value!
      option.textContent = label!
      return option
    })
    this.choice.replaceChildren(...options)
    this.choice.value = chosen
    this.choice.hidden = authors.length < 2
  }
}

/** Posts that follow one another, hidden behind one line that says how many they are. */
class HiddenRun {
  readonly #posts: readonly LivePost[]
  readonly #line: HTMLButtonElement

  constructor(posts: readonly LivePost[], signal: AbortSignal) {
    const { element } = posts[0]!
    this.#posts = posts
    this.#line = createMark(element.ownerDocument, ID, 'button', 'hidden')
    this.#line.type = 'button'
    this.#line.textContent = i18n.t('onlyAuthor.hidden', posts.length, [formatCount(posts.length)])
    // Paper says what is hidden as well, but offers nothing.
    const offer = element.ownerDocument.createElement('span')
    offer.textContent = ` · ${i18n.t('onlyAuthor.show')}`
    this.#line.append(offer)
    // The line is gone with its focus then: the keyboard goes on from the first of the posts.
    this.#line.addEventListener('click', () => {
      this.show()
      focusPost(element, signal)
    })
    element.before(this.#line)
    for (const post of posts) {
      changeAttributes(ID, post.element, { hidden: 'until-found' })
      // The browser's own search found a word in it.
      post.element.addEventListener('beforematch', () => this.show(), { once: true })
    }
  }

  show(): void {
    if (!this.#line.isConnected) return
    this.#line.remove()
    for (const { element } of this.#posts) restoreAttributes(ID, element)
  }
}
