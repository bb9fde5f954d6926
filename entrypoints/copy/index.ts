import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import type { CopyRequest } from '../../messages/protocol.ts'
import { copyFromPage } from './copy-from-page.ts'
import { forumPlace } from './forum-place.ts'

/**
 * Called into a page when the reader copies something there, never before. It leaves one function in the extension's own
 * world of the page, which background/copy.ts calls with what is to be copied.
 */
export default defineUnlistedScript(() => {
  Object.defineProperty(globalThis, 'loulanCopy', {
    value: (request: CopyRequest) => copyFromPage(request, document, forumPlace(document)),
    configurable: true,
  })
})
