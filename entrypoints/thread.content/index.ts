import { defineContentScript } from 'wxt/utils/define-content-script'
import { homeSites } from '../../sites/home-sites.ts'
import { followThreads } from '../../visit/follow-threads.ts'

export default defineContentScript({
  // On the site's other pages stands only a sentinel, which has this script put in when a thread comes: pjax.content.
  matches: ['bbs.pku.edu.cn', 'www.bdwm.net', 'bdwm.net'].flatMap((host) => [
    `*://${host}/v2/post-read*`,
    `*://${host}/v2/mobile/post-read*`,
  ]),
  // Before the page is parsed, so that aids take each post before it is painted.
  runAt: 'document_start',
  main: (context) => followThreads(context, homeSites),
})
