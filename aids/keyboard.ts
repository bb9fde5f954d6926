import { i18n } from '#i18n'
import { keyOf } from '../core/keys.ts'
import { createMark } from '../dom/page-marks.ts'
import { isKeyTaken } from '../dom/typing.ts'
import { defineAidWithParts, type PartsContext } from './aid-parts.ts'
import { offerButtons } from './button-commands.ts'
import { isOffered, offerCommand, runCommand, type Outcome } from './commands.ts'
import { CurrentPost } from './current-post.ts'
import { floorName } from './floor-name.ts'
import { commandNames, keyBindings, type CommandName } from './key-bindings.ts'
import type { LivePage } from './live-page.ts'
import { overlayHost } from './reading-bar.ts'

const ID = 'keyboard'

/** Held down, only these go on. */
const REPEATED: ReadonlySet<CommandName> = new Set(['nextPost', 'previousPost', 'nextNew', 'previousNew'])
/** How long words stay on the screen. In milliseconds. */
const SHOWN_FOR = 4000

/** Gives keys to what the aids of the page can do, and steps through the posts; `?` lists them. */
export default defineAidWithParts({
  id: ID,
  enabledByDefault: true,
  options: keyBindings,
  start(context, signal) {
    const { fail, page } = context
    const keyboard = new Keyboard(context, signal)
    offerButtons(context, signal)
    // Last of all: what the page did with the key is known by then.
    const onKey = (event: KeyboardEvent) => {
      try {
        keyboard.press(event)
      } catch (error) {
        fail(error)
      }
    }
    page.document.defaultView?.addEventListener('keydown', onKey, { signal })
  },
})

class Keyboard {
  readonly #context: PartsContext<Record<CommandName, string>>
  readonly #page: LivePage
  readonly #names = new Map<string, CommandName>()
  /** Commands of which the site has the key for itself. */
  readonly #leftToSite: CommandName[] = []
  readonly #current: CurrentPost
  readonly #status: HTMLElement
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(context: PartsContext<Record<CommandName, string>>, signal: AbortSignal) {
    const { options, page } = context
    this.#context = context
    this.#page = page
    for (const name of commandNames) {
      const key = options[name]
      if (key === '' || this.#names.has(key)) continue
      if (page.site.keys?.includes(key)) this.#leftToSite.push(name)
      else this.#names.set(key, name)
    }
    this.#current = new CurrentPost(context, ID, signal)
    this.#status = createMark(page.document, ID, 'div', 'status')
    this.#status.setAttribute('role', 'status')
    overlayHost(page).append(this.#status)
    offerCommand(context, 'nextPost', { run: () => this.#current.next() ?? i18n.t('keyboard.last') }, signal)
    offerCommand(context, 'previousPost', { run: () => this.#current.previous() ?? i18n.t('keyboard.first') }, signal)
    offerCommand(context, 'list', { run: () => this.#showList() }, signal)
    signal.addEventListener('abort', () => clearTimeout(this.#timer))
  }

  press(event: KeyboardEvent): void {
    const key = keyOf(event)
    const name = key === undefined ? undefined : this.#names.get(key)
    // A page cannot press keys in the reader's name.
    if (!name || !event.isTrusted || isKeyTaken(event) || !isOffered(this.#page, name)) return
    event.preventDefault()
    if (!event.repeat || REPEATED.has(name)) this.#tell(runCommand(this.#page, name, this.#current.post))
  }

  #tell(outcome: Outcome): void {
    if (outcome === true) return
    if (typeof outcome === 'object') {
      const place = `${this.#current.goTo(outcome)} / ${this.#page.posts.length}`
      // Where the page prints no floor, its name is the author's.
      this.#say([...new Set([place, floorName(outcome), outcome.author])].filter(Boolean).join(' · '), false)
    } else this.#say(outcome === false ? i18n.t('keyboard.nothing') : outcome, true)
  }

  /** Has it read aloud, and shown for a while where the page itself does not show it. */
  #say(words: string, isShown: boolean): void {
    this.#status.textContent = words
    this.#status.classList.toggle(`loulan-${ID}-shown`, isShown)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#status.textContent = ''
      this.#status.classList.remove(`loulan-${ID}-shown`)
    }, SHOWN_FOR)
  }

  #showList(): boolean {
    const keys = [...this.#names].filter(([, name]) => isOffered(this.#page, name))
    const left = this.#leftToSite.filter((name) => isOffered(this.#page, name))
    const dialog = this.#openDialog(keys.find(([, name]) => name === 'list')?.[0])
    const { fail, loadPart } = this.#context
    loadPart('key-list')
      .then(
        ({ fillKeyList }) => fillKeyList(dialog, keys, left),
        (error: unknown) => {
          console.warn('[loulan] the list of keys could not be loaded', error)
          if (!dialog.isConnected) return
          dialog.close()
          this.#say(i18n.t('keyboard.listFailed'), true)
        },
      )
      .catch(fail)
    return true
  }

  /**
   * The dialog of the list stands at once: keys that are pressed before the list has come are its own. The browser gives the
   * focus back when it closes.
   */
  #openDialog(ownKey: string | undefined): HTMLDialogElement {
    const dialog = createMark(this.#page.document, ID, 'dialog', 'list')
    dialog.setAttribute('aria-label', i18n.t('keyboard.title'))
    // The key that opened it closes it too; the others rest, as the rest of the page does.
    dialog.addEventListener('keydown', (event) => {
      event.stopPropagation()
      if (event.key === ownKey) dialog.close()
    })
    dialog.addEventListener('close', () => dialog.remove())
    overlayHost(this.#page).append(dialog)
    dialog.showModal()
    return dialog
  }
}
