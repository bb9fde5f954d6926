import { i18n } from '#i18n'
import type { CommandName } from './key-bindings.ts'

/** A key and what it does. */
export type KeyRow = readonly [key: string, name: CommandName]

/**
 * Fills the dialog that lists the keys and gives it the focus.
 *
 * @param keys those that do something on this page
 * @param left what would have a key that the site has for itself
 */
export function fillKeyList(dialog: HTMLDialogElement, keys: readonly KeyRow[], left: readonly CommandName[]): void {
  const { ownerDocument: document } = dialog
  const heading = document.createElement('h2')
  heading.textContent = i18n.t('keyboard.title')
  const list = document.createElement('dl')
  for (const [key, name] of keys) list.append(createRow(document, key, name))
  dialog.append(heading, list)
  if (left.length > 0) {
    const names = left.map((name) => i18n.t(`keyboard.${name}`)).join(i18n.t('keyboard.comma'))
    dialog.append(createNote(document, i18n.t('keyboard.leftToSite', [names])))
  }
  const close = document.createElement('button')
  close.type = 'button'
  close.textContent = i18n.t('keyboard.close')
  close.addEventListener('click', () => dialog.close())
  dialog.append(createNote(document, i18n.t('keyboard.change')), close)
  close.focus()
}

function createRow(document: Document, key: string, name: CommandName): HTMLElement {
  const row = document.createElement('div')
  const term = document.createElement('dt')
  const keyCap = document.createElement('kbd')
  const meaning = document.createElement('dd')
  keyCap.textContent = key
  meaning.textContent = i18n.t(`keyboard.${name}`)
  term.append(keyCap)
  row.append(term, meaning)
  return row
}

function createNote(document: Document, words: string): HTMLElement {
  const note = document.createElement('p')
  note.textContent = words
  return note
}
