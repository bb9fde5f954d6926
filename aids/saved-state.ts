import { i18n } from '#i18n'
import type { SaveReport, SaveState } from '../core/save-report.ts'
import type { SaveWish, ThreadKeeping } from '../core/thread-keeping.ts'
import { createMark } from '../dom/page-marks.ts'
import { formatCount, formatMinutes } from '../locales/format-length.ts'
import { defineAid } from './define-aid.ts'

const ID = 'saved-state'

/** What the first button asks for in each state, and the text it bears. */
const ACTIONS: Readonly<Record<SaveState | 'unsaved', readonly [SaveWish, 'save' | 'saveAgain' | 'pause' | 'resume']>> =
  {
    unsaved: ['save', 'save'],
    finished: ['save', 'saveAgain'],
    stopped: ['save', 'resume'],
    queued: ['pause', 'pause'],
    running: ['pause', 'pause'],
    waiting: ['resume', 'resume'],
    paused: ['resume', 'resume'],
  }

/** Saves the whole thread from the top of its page; says of a saved one since when, and what is new or gone since. */
export default defineAid({
  id: ID,
  enabledByDefault: true,
  options: {},
  start({ page: { document, title }, keeping }, signal) {
    if (!title || !keeping) return
    const line = createMark(document, ID, 'div')
    // It stands there from the start, one line high, so that nothing moves when it is known what is kept.
    title.after(line)
    const action = createMark(document, ID, 'button', 'button')
    const cancel = createMark(document, ID, 'button', 'button')
    const bar = createMark(document, ID, 'progress', 'bar')
    // Spoken when the state changes, not at each page that comes.
    const words = createMark(document, ID, 'span', 'words')
    const figures = createMark(document, ID, 'span', 'figures')
    words.setAttribute('role', 'status')
    cancel.textContent = i18n.t('saving.cancel')
    bar.setAttribute('aria-label', i18n.t('saving.progress'))
    let wish: SaveWish = 'save'
    const ask = (asked: SaveWish) =>
      keeping.ask(asked).catch(() => {
        words.textContent = i18n.t('saving.refused')
      })
    action.addEventListener('click', () => void ask(wish), { signal })
    cancel.addEventListener('click', () => void ask('cancel').then(() => action.focus()), { signal })
    keeping.watch((kept) => {
      // Of a save that is done only the thread speaks.
      const save = kept?.save?.state === 'finished' ? undefined : kept?.save
      const state = save?.state ?? (kept?.savedAt ? 'finished' : 'unsaved')
      const [asks, label] = ACTIONS[state]
      wish = asks
      action.textContent = i18n.t(`saving.${label}`)
      cancel.hidden = bar.hidden = asks === 'save'
      bar.max = save?.pageCount ?? 1
      bar.value = save?.pagesDone ?? 0
      say(words, save ? stateWords(save) : kept?.savedAt ? savedWords(kept, kept.savedAt) : '')
      figures.textContent = save ? figuresOf(save) : ''
      if (!line.firstChild) line.append(action, cancel, bar, words, figures)
    }, signal)
  },
})

/** Says it once: a live region is read again with each change. */
function say(element: HTMLElement, words: string): void {
  if (element.textContent !== words) element.textContent = words
}

function stateWords({ state, reason }: SaveReport): string {
  const words = i18n.t(`saving.states.${state}`)
  if (!reason) return words
  const name = reason.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  const said = i18n.t('saving.state', [words, i18n.t(`saving.reasons.${name}` as 'saving.reasons.network')])
  // What to free is not to be seen from here.
  return reason === 'storage-full' ? i18n.t('saving.stateAdvice', [said, i18n.t('saving.advice.storageFull')]) : said
}

/** The day on the reader's own calendar, `2026-11-22`: asking `Intl` for a longer form would take the page 15 ms. */
function ownDay(time: string): string {
  const moment = new Date(time)
  return new Date(+moment - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

function savedWords({ newPosts, gonePosts }: ThreadKeeping, savedAt: string): string {
  const parts = [i18n.t('saving.savedOn', [ownDay(savedAt)])]
  if (newPosts) parts.push(i18n.t('saving.newPosts', newPosts, [formatCount(newPosts)]))
  if (gonePosts) parts.push(i18n.t('saving.gonePosts', gonePosts, [formatCount(gonePosts)]))
  return parts.join(' · ')
}

function figuresOf({ pagesDone, pageCount, secondsLeft }: SaveReport): string {
  const parts = pageCount ? [i18n.t('saving.pagesOf', [String(pagesDone), String(pageCount)])] : []
  if (secondsLeft !== undefined) {
    const minutes = secondsLeft / 60
    parts.push(i18n.t('saving.left', [formatMinutes({ low: minutes, likely: minutes, high: minutes })]))
  }
  return parts.join(' · ')
}
