import { i18n } from '#i18n'
import { changeAttribute, createMark } from '../dom/page-marks.ts'
import { formatCount } from '../locales/format-length.ts'
import { defineAid, type AidContext } from './define-aid.ts'
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
    const filter = new AuthorFilter(context)
    context.follow(
      () => {},
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
  #listed = ''
  #hidden: HiddenRun[] = []

  constructor(context: AidContext) {
    this.#context = context
    this.choice = addToBar(context.page, ID, 'select', 20)
    this.choice.setAttribute('aria-label', i18n.t('onlyAuthor.label'))
    this.#list()
  }

  /** Posts have come: their authors can be chosen, and what is chosen holds for them. */
  refresh(): void {
    this.#list()
    if (this.choice.value !== EVERYBODY) this.apply()
  }

  apply(): void {
    for (const run of this.#hidden) run.show()
    this.#hidden = []
    if (this.choice.value === EVERYBODY) return
    let run: LivePost[] = []
    for (const post of [...this.#context.page.posts, undefined]) {
      // What the site itself hides is not ours to count or to show.
      if (post?.element.hidden) continue
      if (post && !this.#isWanted(post)) run.push(post)
      else if (run.length > 0) {
        this.#hidden.push(new HiddenRun(run))
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
    const { posts, document } = this.#context.page
    const counts = new Map<string, number>()
    for (const { author } of posts) if (author) counts.set(author, (counts.get(author) ?? 0) + 1)
    const starters = posts.filter(({ isStarter }) => isStarter).length
    const listed = JSON.stringify([...counts, starters])
    if (listed === this.#listed) return
    this.#listed = listed
    const chosen = this.choice.value
    const authors = [...counts].sort(([, a], [, b]) => b - a)
    const options = [
      [EVERYBODY, i18n.t('onlyAuthor.everybody')],
      ...(starters > 0 ? [[STARTER, i18n.t('onlyAuthor.starter', [formatCount(starters)])]] : []),
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

  constructor(posts: readonly LivePost[]) {
    const { element } = posts[0]!
    this.#posts = posts
    this.#line = createMark(element.ownerDocument, ID, 'button', 'hidden')
    this.#line.type = 'button'
    this.#line.textContent = i18n.t('onlyAuthor.hidden', posts.length, [formatCount(posts.length)])
    this.#line.addEventListener('click', () => this.#showByReader())
    element.before(this.#line)
    for (const post of posts) {
      changeAttribute(ID, post.element, 'hidden', 'until-found')
      // The browser's own search found a word in it.
      post.element.addEventListener('beforematch', () => this.show(), { once: true })
    }
  }

  show(): void {
    if (!this.#line.isConnected) return
    this.#line.remove()
    for (const { element } of this.#posts) changeAttribute(ID, element, 'hidden', null)
  }

  /** The line is gone with its focus: the keyboard goes on from the first of the posts. */
  #showByReader(): void {
    this.show()
    const { element } = this.#posts[0]!
    changeAttribute(ID, element, 'tabindex', '-1')
    element.focus({ preventScroll: true })
  }
}
