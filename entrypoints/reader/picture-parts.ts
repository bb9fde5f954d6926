import { i18n } from '#i18n'
import type { FileAddressRecord } from '../../archive/file-records.ts'
import { fileProblemText } from '../../components/archive/issue-text.ts'
import { linkHost } from '../../components/links/link-host.ts'
import { createElement } from './create-element.ts'

/** What became of an address of the thread's posts; undefined where it was never asked for. */
export type FindAddress = (url: string) => FileAddressRecord | undefined

/** What a post says of a picture. */
export interface PictureWords {
  src: string
  alt: string
  /** In CSS pixels, where the post says them. */
  width?: string | undefined
  height?: string | undefined
}

/**
 * A picture as the reader page shows it: kept, it waits for the screen (see `kept-pictures.ts`); else it is a button that
 * shows it from the web, with the reason where it could not be had.
 */
export function createPicture(words: PictureWords, find: FindAddress, document: Document): HTMLElement {
  const row = find(words.src)
  if (row?.state === 'kept') return createKept(words, row, document)
  const button = createPictureButton(words, document)
  return row?.reason ? createMissing(button, row, document) : button
}

function createKept({ src, alt, width, height }: PictureWords, row: FileAddressRecord, document: Document) {
  const picture = createElement(document, 'img', 'kept-picture')
  picture.dataset.hash = row.hash
  picture.dataset.src = src
  picture.decoding = 'async'
  picture.alt = alt
  // Its place is known before it is shown, so that nothing moves when it is.
  const isSized = width !== undefined || height !== undefined
  const size = isSized ? { width, height } : { width: row.width, height: row.height }
  for (const [name, value] of Object.entries(size)) if (value !== undefined) picture.setAttribute(name, String(value))
  return picture
}

function createMissing(button: HTMLElement, row: FileAddressRecord, document: Document): HTMLElement {
  return createElement(document, 'span', 'picture-missing', button, ' ', createReason(row, document))
}

/** Why a picture or file was not kept, and the way to it. */
export function createReason({ reason, url }: FileAddressRecord, document: Document): HTMLElement {
  const words = createElement(document, 'span', 'picture-reason', fileProblemText(reason ?? 'network'))
  const link = createElement(document, 'a', '', i18n.t('pictures.original'))
  link.href = url
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  words.append(' ', link)
  return words
}

/** A button that shows a picture of the web. */
export function createPictureButton({ src, alt }: PictureWords, document: Document): HTMLButtonElement {
  const label = i18n.t('thread.picture', [alt.trim() || linkHost(src)])
  const button = createElement(document, 'button', 'picture-button', label)
  button.type = 'button'
  button.dataset.src = src
  button.dataset.alt = alt
  return button
}

/** Puts a picture of the web in the place of its button, and gives it the focus that the button had. */
export function showPicture(button: HTMLButtonElement): void {
  const { src, alt } = button.dataset
  const picture = createElement(button.ownerDocument, 'img', '')
  picture.referrerPolicy = 'no-referrer'
  picture.decoding = 'async'
  picture.alt = alt ?? ''
  picture.src = src ?? ''
  const hadFocus = button.ownerDocument.activeElement === button
  placeOf(button).replaceWith(picture)
  if (!hadFocus) return
  picture.tabIndex = -1
  picture.focus({ preventScroll: true })
}

/** Brings a button in step with what has become of its picture; returns the kept picture that took its place. */
export function settlePicture(button: HTMLButtonElement, find: FindAddress): HTMLElement | undefined {
  const { src = '', alt = '' } = button.dataset
  const row = find(src)
  const place = placeOf(button)
  const isSettled = row?.state !== 'kept' && (place !== button) === (row?.reason !== undefined)
  if (isSettled) return undefined
  const picture = createPicture({ src, alt }, find, button.ownerDocument)
  place.replaceWith(picture)
  return row?.state === 'kept' ? picture : undefined
}

/** The button, or what holds it together with the reason. */
function placeOf(button: HTMLElement): HTMLElement {
  return button.parentElement?.matches('.picture-missing') ? button.parentElement : button
}
