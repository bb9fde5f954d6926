import { browser } from 'wxt/browser'
import { PAGE_SECTIONS } from '../locales/page-texts.ts'
import { readPageTextsEdition, writePageTexts } from '../settings/page-texts.ts'

/** Every language has the same texts: this one tells their names. */
const NAMES = '/_locales/zh_CN/messages.json'
/** A text that is filled with the names of its places comes back with them open. */
const PLACES = ['$1', '$2', '$3', '$4', '$5', '$6', '$7', '$8', '$9']

/**
 * Puts the texts for pages where scripts in pages find them with their settings. They are stored anew when the extension
 * was installed or updated, and when the browser's language is another.
 */
export function handlePageTexts(): void {
  const start = storeIfOld()
  report(start)
  // Another build of the same version may have other texts.
  browser.runtime.onInstalled.addListener(() => report(start.then((isStored) => (isStored ? undefined : storeTexts()))))
}

/** Says whether they had to be stored. */
async function storeIfOld(): Promise<boolean> {
  const isOld = (await readPageTextsEdition()) !== edition()
  if (isOld) await storeTexts()
  return isOld
}

async function storeTexts(): Promise<void> {
  const response = await fetch(NAMES)
  const names = Object.keys((await response.json()) as object).filter((name) => PAGE_SECTIONS.has(name.split('_')[0]!))
  const texts = names.map((name) => [name, browser.i18n.getMessage(name as '@@ui_locale', PLACES)])
  await writePageTexts(edition(), Object.fromEntries(texts))
}

function edition(): string {
  return `${browser.runtime.getManifest().version} ${browser.i18n.getUILanguage()}`
}

/** Pages ask the browser for the texts that they do not find. */
function report(work: Promise<unknown>): void {
  work.catch((error: unknown) => console.warn('[loulan] texts for pages were not stored', error))
}
