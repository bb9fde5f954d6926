import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { startPicker } from './picker.ts'

/**
 * Called into a page when the reader wants to show the parts of a post there, never before. It leaves one function in the
 * extension's own world of the page, which background/pick-parts.ts calls.
 */
export default defineUnlistedScript(() => {
  Object.defineProperty(globalThis, 'loulanPicker', { value: () => startPicker(document), configurable: true })
})
