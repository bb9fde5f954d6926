import { i18n } from '#i18n'
import { sendToBackground } from '../../messages/messenger.ts'
import { describePicks, generalise, type Generalised, type Picks } from '../../sites/generic/generalise.ts'
import { listenForPicks } from './listen.ts'
import { openPanel, type Panel } from './panel.ts'

type Part = keyof Picks

/** Parts that are asked for one after another; the others only where the reader wants to. */
const ASKED = ['author', 'time', 'body'] as const

let running: AbortController | undefined

/** Lets the reader show author, time and words of one post; a second call begins anew. */
export function startPicker(document: Document): void {
  running?.abort()
  const controller = new AbortController()
  running = controller
  new Picker(document, controller).ask('author')
}

/** Goes through the parts; all it puts into the page is the panel's one element, which goes when the signal aborts. */
class Picker {
  readonly #document: Document
  readonly #controller: AbortController
  readonly #panel: Panel
  readonly #picks: Picks = {}
  /** The part that is asked for; undefined at the end, when all is shown. */
  #part: Part | undefined
  #pointed: Element | undefined

  constructor(document: Document, controller: AbortController) {
    this.#document = document
    this.#controller = controller
    const { signal } = controller
    this.#panel = openPanel(document, signal)
    listenForPicks(document, this.#panel.host, signal, {
      point: (element) => this.#point(element),
      take: () => this.#take(),
      back: () => this.#back(),
      cancel: () => this.#cancel(),
      pointed: () => this.#pointed ?? this.#picks[this.#part ?? 'author'] ?? this.#picks.author,
      isAsking: () => this.#part !== undefined,
      isOnButton: () => this.#panel.isOnButton(),
    })
  }

  /** Asks for a part. */
  ask(part: Part): void {
    this.#part = part
    this.#pointed = undefined
    this.#panel.show({
      heading: i18n.t(`picker.ask.${part}`),
      about: i18n.t('picker.keys'),
      buttons: [
        ...(part === 'time' ? [{ words: i18n.t('picker.noTime'), press: () => this.#skip() }] : []),
        ...(part === 'author' ? [] : [{ words: i18n.t('picker.back'), press: () => this.#back() }]),
        { words: i18n.t('picker.cancel'), press: () => this.#cancel() },
      ],
    })
    this.#mark()
  }

  #point(element: Element): void {
    if (this.#part === undefined || element === this.#pointed) return
    this.#pointed = element
    const found = this.#mark()
    const words = (element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 40)
    this.#panel.say(found ? `${words} · ${countWords(found)}` : words || element.localName)
  }

  /** Shows what would be taken in all posts. */
  #mark(): Generalised | undefined {
    const picks = this.#part && this.#pointed ? { ...this.#picks, [this.#part]: this.#pointed } : this.#picks
    const found = generalise(picks)
    const others = Object.values(found?.parts ?? {}).flatMap(
      (part) => part?.found.filter((each) => each !== null) ?? [],
    )
    this.#panel.mark(this.#pointed, others)
    return found
  }

  #take(): void {
    const part = this.#part
    if (part === undefined || !this.#pointed) return
    if (part !== 'title' && !generalise({ ...this.#picks, [part]: this.#pointed })) {
      this.#panel.say(i18n.t('picker.onlyOnce'))
      return
    }
    this.#picks[part] = this.#pointed
    this.#next(part)
  }

  #skip(): void {
    delete this.#picks.time
    this.#next('time')
  }

  #next(part: Part): void {
    const next = ASKED[ASKED.indexOf(part as (typeof ASKED)[number]) + 1]
    if (next && part !== 'post' && part !== 'title') this.ask(next)
    else this.#sum()
  }

  #back(): void {
    if (this.#part === undefined || this.#part === 'post' || this.#part === 'title') {
      if (this.#part === undefined) return this.ask('body')
      return this.#sum()
    }
    const at = ASKED.indexOf(this.#part)
    if (at > 0) this.ask(ASKED[at - 1]!)
  }

  /** Says what was found in all posts, and offers to keep it. */
  #sum(): void {
    this.#part = undefined
    this.#pointed = undefined
    const found = this.#mark()
    this.#panel.show({
      heading: found ? countWords(found) : i18n.t('picker.onlyOnce'),
      about: i18n.t('picker.sumAbout', [location.hostname]),
      buttons: [
        ...(found ? [{ words: i18n.t('picker.save'), press: () => void this.#save(), isMain: true }] : []),
        { words: i18n.t('picker.showPost'), press: () => this.ask('post') },
        { words: i18n.t('picker.showTitle'), press: () => this.ask('title') },
        { words: i18n.t('picker.back'), press: () => this.#back() },
        { words: i18n.t('picker.cancel'), press: () => this.#cancel() },
      ],
    })
  }

  async #save(): Promise<void> {
    const description = describePicks(this.#picks, this.#document, new URL(location.href))
    if (!description) return this.#panel.say(i18n.t('picker.noAddress'))
    const reply = await sendToBackground('partsPicked', { description }).catch(() => ({ added: 0 }))
    if (reply.added === 0) return this.#panel.say(i18n.t('picker.notKept'))
    this.#panel.show({
      heading: i18n.t('picker.kept'),
      about: i18n.t('picker.keptAbout'),
      buttons: [{ words: i18n.t('picker.close'), press: () => this.#cancel(), isMain: true }],
    })
    this.#panel.mark(undefined, [])
  }

  #cancel(): void {
    this.#controller.abort()
  }
}

/** «12 楼都找到了», or what some of them lack. */
function countWords({ posts, parts }: Generalised): string {
  const lacking = ASKED.flatMap((name) => {
    const part = parts[name]
    const count = part ? part.found.filter((each) => each === null).length : 0
    return count > 0 ? [i18n.t(`picker.lacking.${name}`, [String(count)])] : []
  })
  const all = i18n.t('picker.found', [String(posts.length)])
  return lacking.length === 0 ? all : [i18n.t('picker.posts', [String(posts.length)]), ...lacking].join(' · ')
}
