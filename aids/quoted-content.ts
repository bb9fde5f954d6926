import { i18n } from '#i18n'
import type { QuotedPost } from '../core/quoted-post.ts'
import { floorName } from './floor-name.ts'
import type { LivePost } from './live-page.ts'
import { isMutedPost } from './muted-posts.ts'

/** Characters of a quoted post that are shown. */
const SHOWN_CHARACTERS = 600

/** What is shown of a quoted post that stands on the page, with a button that goes there. */
export function contentOfPost(document: Document, post: LivePost, isGuess: boolean, go: () => void): Node[] {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = i18n.t('quotes.go')
  button.addEventListener('click', go)
  return [
    paragraph(document, 'name', i18n.t('quotes.floorAndAuthor', [floorName(post), post.author])),
    ...(isGuess ? [paragraph(document, 'note', i18n.t('quotes.guessNote'))] : []),
    paragraph(document, 'words', shownText(post)),
    button,
  ]
}

/** What is shown of one that stands on another page, or is gone from the forum, as the archive has it. */
export function contentOfKept(document: Document, kept: QuotedPost): Node[] {
  const { floor, username, nickname, page, isCut, isGone, isGuess, isMuted, text, url } = kept
  const author = nickname ? `${username} (${nickname})` : username
  const name =
    floor === undefined ? author : i18n.t('quotes.floorAndAuthor', [i18n.t('quotes.floor', [`${floor}`]), author])
  const where = page === undefined ? i18n.t('quotes.kept') : i18n.t('quotes.keptOnPage', [String(page)])
  const notes = [isGone ? i18n.t('quotes.keptGone') : where, isGuess ? i18n.t('quotes.guessNote') : '']
  const words = text ? `${text}${isCut ? '…' : ''}` : i18n.t(isMuted ? 'mute.words' : 'quotes.noWords')
  const content: Node[] = [
    paragraph(document, 'name', name),
    ...notes.filter(Boolean).map((note) => paragraph(document, 'note', note)),
    paragraph(document, 'words', words),
  ]
  if (isGone || url === undefined || !/^https?:\/\//.test(url)) return content
  const link = document.createElement('a')
  link.href = url
  link.textContent = i18n.t('quotes.go')
  return [...content, link]
}

/** What is said where nothing more is known of a quoted post, or not yet. */
export function contentOfUnknown(document: Document, isNamed: boolean): Node[] {
  return [paragraph(document, 'note', i18n.t(isNamed ? 'quotes.onOtherPage' : 'quotes.notFound'))]
}

/** Of a muted or empty post there is nothing to show. */
function shownText(post: LivePost): string {
  if (isMutedPost(post)) return i18n.t('mute.words')
  const words = post.text.replace(/\s*\n\s*/g, '\n').trim()
  if (!words) return i18n.t('quotes.noWords')
  const first = [...words.slice(0, SHOWN_CHARACTERS * 2)].slice(0, SHOWN_CHARACTERS).join('')
  return first.length < words.length ? `${first}…` : words
}

function paragraph(document: Document, part: string, text: string): HTMLElement {
  const element = document.createElement('p')
  element.className = part
  element.textContent = text
  return element
}
