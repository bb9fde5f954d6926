import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { showNotice } from '../../dom/show-notice.ts'

/**
 * Called into a page when a menu or a key has something to say there, never before. It leaves one function in the
 * extension's own world of the page, which background/show-words.ts calls.
 */
export default defineUnlistedScript(() => {
  Object.defineProperty(globalThis, 'loulanNotice', {
    value: (words: string, detail: string) => showNotice(document, words, detail),
    configurable: true,
  })
})
