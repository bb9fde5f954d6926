import { browser } from 'wxt/browser'
import { readStored } from './stored.ts'

/** Key of the storage. */
const PAGE_TEXTS = 'page-texts'

interface StoredTexts {
  /** Of which version of the extension they are, and in which language. */
  edition: string
  texts: Record<string, string>
}

/** Reads the texts that scripts in pages write; none before they were first stored. */
export async function readPageTexts(): Promise<Record<string, string>> {
  return ((await readStored([PAGE_TEXTS]))[PAGE_TEXTS] as StoredTexts | undefined)?.texts ?? {}
}

/** Tells of which edition the stored texts are; undefined where there are none. */
export async function readPageTextsEdition(): Promise<string | undefined> {
  return ((await readStored([PAGE_TEXTS]))[PAGE_TEXTS] as StoredTexts | undefined)?.edition
}

/** Stores all of them at once. */
export async function writePageTexts(edition: string, texts: Record<string, string>): Promise<void> {
  await browser.storage.local.set({ [PAGE_TEXTS]: { edition, texts } satisfies StoredTexts })
}
