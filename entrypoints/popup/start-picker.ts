import { i18n } from '#i18n'
import { browser } from 'wxt/browser'
import { useTabStore } from '../../stores/tab.ts'

/** Starts the picker in the page and makes way for it; says so where the page does not let it in. */
export async function startPicker(say: (words: string) => void): Promise<void> {
  if (!(await useTabStore().startPicking())) return say(i18n.t('guess.notPicked'))
  // A popup opened as a page of its own stays: it would take its tab along.
  if ((await browser.tabs.getCurrent()) === undefined) window.close()
}
