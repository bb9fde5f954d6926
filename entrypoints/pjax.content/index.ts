import { defineContentScript } from 'wxt/utils/define-content-script'
import { sendThreadAddressReached } from '../../messages/thread-address-message.ts'

/**
 * The sentinel on the site's pages that are no threads. It costs next to nothing there: it waits for the address to
 * become a thread's, which the site's pjax does before the posts come, and then has the real content script put in.
 */
export default defineContentScript({
  matches: ['*://bbs.pku.edu.cn/v2/*', '*://www.bdwm.net/v2/*', '*://bdwm.net/v2/*'],
  excludeMatches: ['bbs.pku.edu.cn', 'www.bdwm.net', 'bdwm.net'].flatMap((host) => [
    `*://${host}/v2/post-read*`,
    `*://${host}/v2/mobile/post-read*`,
  ]),
  main({ signal }) {
    const controller = new AbortController()
    signal.addEventListener('abort', () => controller.abort())
    const look = () => {
      if (!location.pathname.startsWith('/v2/post-read')) return
      controller.abort()
      sendThreadAddressReached()
    }
    navigation.addEventListener('currententrychange', look, { signal: controller.signal })
  },
})
