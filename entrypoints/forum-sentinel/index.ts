import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { askForForumScript } from '../../messages/forum-script-message.ts'
import { OTHER_ADDRESS, REWRITTEN_SHOWS, THREAD_ADDRESS } from '../../sites/granted/thread-address.ts'

/**
 * Stands on the pages of granted sites that are no threads' by what is known of the site, and is to cost next to nothing
 * there. It knows what addresses of threads look like, and asks for the script with the engines (`forum.content`) where one
 * comes. Into threads' pages of a known engine the browser puts that script by itself: background/forum-scripts.ts.
 */
export default defineUnlistedScript(() => {
  let address = ''
  let isAsking = true

  const look = () => {
    const now = location.href.replace(/^\w+:\/+[^/]*|#(?!!).*/g, '')
    if (now === address) return
    const isFirst = address === ''
    address = now
    if (THREAD_ADDRESS.test(now) && !OTHER_ADDRESS.test(now)) call()
    else if (!isFirst) askAbout()
    else if (/\d/.test(now)) whenParsed(lookAtPage)
  }
  /** Its posts are still to come, where the address says it: the script can be there before them. */
  const call = () => {
    navigation.removeEventListener('currententrychange', look)
    if (!globalThis.loulanForum?.isValid) void askForForumScript({ url: location.href, isThread: true })
  }
  /** Forums that rewrite their addresses as they like send whole pages. */
  const lookAtPage = () => {
    if (document.querySelector(REWRITTEN_SHOWS)) call()
  }
  /** What addresses the reader described is known to the background. */
  const askAbout = () => {
    if (isAsking) void askForForumScript({ url: location.href, isThread: false }).then((asks) => (isAsking = asks))
  }
  navigation.addEventListener('currententrychange', look)
  look()
})

function whenParsed(look: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', look)
  else look()
}
