import { i18n } from '#i18n'
import { createMark } from '../dom/page-marks.ts'
import type { CommandName } from './key-bindings.ts'
import type { LivePage } from './live-page.ts'
import { overlayHost } from './reading-bar.ts'

/** The dialog that lists the keys. The browser gives the focus back when it closes. */
export class KeyList {
  readonly #page: LivePage
  readonly #aid: string

  constructor(page: LivePage, aid: string) {
    this.#page = page
    this.#aid = aid
  }

  /**
   * @param keys those that do something on this page
   * @param left what would have a key that the site has for itself
   */
  show(keys: readonly (readonly [key: string, name: CommandName])[], left: readonly CommandName[]): void {
    const { document } = this.#page
    const dialog = createMark(document, this.#aid, 'dialog', 'list')
    dialog.setAttribute('aria-label', i18n.t('keyboard.title'))
    const heading = document.createElement('h2')
    heading.textContent = i18n.t('keyboard.title')
    const list = document.createElement('dl')
    for (const [key, name] of keys) list.append(createRow(document, key, name))
    dialog.append(heading, list)
    if (left.length > 0) {
      const names = left.map((name) => i18n.t(`keyboard.${name}`)).join(i18n.t('keyboard.comma'))
      dialog.append(createNote(document, i18n.t('keyboard.leftToSite', [names])))
    }
    dialog.append(createNote(document, i18n.t('keyboard.change')), this.#createClose(dialog))
    // The key that opened it closes it too; the others rest, as the rest of the page does.
    const ownKey = keys.find(([, name]) => name === 'list')?.[0]
    dialog.addEventListener('keydown', (event) => {
      event.stopPropagation()
      if (event.key === ownKey) dialog.close()
    })
    dialog.addEventListener('close', () => dialog.remove())
    overlayHost(this.#page).append(dialog)
    dialog.showModal()
  }

  #createClose(dialog: HTMLDialogElement): HTMLButtonElement {
    const close = dialog.ownerDocument.createElement('button')
    close.type = 'button'
    close.autofocus = true
    close.textContent = i18n.t('keyboard.close')
    close.addEventListener('click', () => dialog.close())
    return close
  }
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
