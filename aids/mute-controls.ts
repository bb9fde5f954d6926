import { i18n } from '#i18n'
import { createMark } from '../dom/page-marks.ts'
import type { AidContext } from './define-aid.ts'
import type { LivePost } from './live-page.ts'
import { followScreen } from './posts-on-screen.ts'

const ID = 'mute'

/**
 * A control beside the author's name of each post that was on the screen: seen when the post is pointed at or the keyboard
 * is there, and taking no room.
 */
export class MuteControls {
  readonly #context: Pick<AidContext, 'page' | 'fail'>
  readonly #mute: (post: LivePost) => void
  readonly #known = new WeakSet<LivePost>()

  constructor(context: Pick<AidContext, 'page' | 'fail'>, mute: (post: LivePost) => void, signal: AbortSignal) {
    this.#context = context
    this.#mute = mute
    followScreen(context, (shown) => shown.forEach((post) => this.#add(post)), signal)
  }

  #add(post: LivePost): void {
    if (this.#known.has(post)) return
    this.#known.add(post)
    const { document, site } = this.#context.page
    const name = post.author
    const author = post.element.querySelector(site.selectors.author)
    if (!author || !name) return
    const button = createMark(document, ID, 'button', 'author')
    button.type = 'button'
    button.title = i18n.t('mute.author', [name])
    button.setAttribute('aria-label', button.title)
    button.addEventListener('click', () => this.#mute(post))
    // A button in a link would be a control in a control.
    const link = author.closest('a')
    if (link) link.after(button)
    else author.append(button)
  }
}
