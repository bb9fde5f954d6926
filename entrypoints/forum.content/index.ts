import { defineContentScript } from 'wxt/utils/define-content-script'
import { onTabMessage, sendToBackground } from '../../messages/messenger.ts'
import { findSite } from '../../sites/light-sites.ts'
import { followThreads } from '../../visit/follow-threads.ts'
import { waitForThread } from '../../visit/wait-for-thread.ts'

/**
 * Stands on the pages of sites that the reader granted, put there by background/site-scripts.ts. It knows every engine,
 * and does next to nothing until a thread of one of them is on the page.
 */
export default defineContentScript({
  registration: 'runtime',
  runAt: 'document_start',
  main(context) {
    const controller = new AbortController()
    context.signal.addEventListener('abort', () => controller.abort())
    waitForThread(
      document,
      () => findSite(new URL(location.href), document),
      (site) => {
        if (!context.isValid) return
        // A site that was revoked meanwhile keeps what it had until its tabs are told, and gets nothing new.
        const endIfRevoked = async () => {
          if (!(await sendToBackground('isSiteGranted'))) controller.abort()
        }
        onTabMessage('siteAccessChanged', endIfRevoked)
        void endIfRevoked()
        followThreads(
          {
            signal: controller.signal,
            get isValid() {
              return context.isValid && !controller.signal.aborted
            },
          },
          [site],
        )
      },
      controller.signal,
    )
  },
})
