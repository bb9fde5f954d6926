import { defineContentScript } from 'wxt/utils/define-content-script'
import '../../aids/collapse-long-posts.css'
import '../../aids/length.css'
import '../../aids/unwrap-links.css'
import './first-paint.css'
import type { AidMemory } from '../../aids/define-aid.ts'
import { aids } from '../../aids/registry.ts'
import type { AidWishes } from '../../aids/runner.ts'
import { rememberContextTarget } from '../../dom/context-target.ts'
import { watchPage } from '../../dom/watch-page.ts'
import { onTabMessage } from '../../messages/messenger.ts'
import type { PageCapture } from '../../messages/protocol.ts'
import { loadAidMemory } from '../../settings/aid-memory.ts'
import { readAidWishes, watchAidWishes } from '../../settings/aid-wishes.ts'
import { homeSites } from '../../sites/home-sites.ts'
import { capturePage } from './capture-page.ts'
import { holdFirstPaint } from './first-paint.ts'
import { showPost } from './show-post.ts'
import { ThreadVisit } from './thread-visit.ts'

export default defineContentScript({
  // On the site's other pages stands only a sentinel, which has this script put in when a thread comes: pjax.content.
  matches: ['bbs.pku.edu.cn', 'www.bdwm.net', 'bdwm.net'].flatMap((host) => [
    `*://${host}/v2/post-read*`,
    `*://${host}/v2/mobile/post-read*`,
  ]),
  // Before the page is parsed, so that aids take each post before it is painted.
  runAt: 'document_start',
  main: (context) => followThreads(context),
})

/** Keeps a visit for the thread page that stands in the tab, also across navigations that do not reload. */
function followThreads(context: { signal: AbortSignal; isValid: boolean }): void {
  const { signal } = context
  let stored: { wishes: AidWishes; memory: (aidId: string, scope: string) => AidMemory } | undefined
  let visit: ThreadVisit | undefined

  const look = (listAdded: () => Element[]) => {
    if (!context.isValid) return // The extension was updated: its successor comes with the next page.
    if (visit?.isStanding) {
      if (document.readyState === 'loading') return visit.refreshBeforePaint()
      const { post } = visit.site.selectors
      if (listAdded().some((element) => element.matches(post) || element.querySelector(post))) visit.refresh()
      return
    }
    visit?.end()
    visit = undefined
    const url = new URL(location.href)
    const site = homeSites.find((each) => each.isThread(url, document))
    if (!site) return
    if (stored) visit = new ThreadVisit(site, stored.wishes, stored.memory)
    else holdFirstPaint(document, loading)
  }

  const loading = Promise.all([readAidWishes(aids), loadAidMemory(aids.map((aid) => aid.id))]).then(
    ([wishes, memory]) => {
      if (signal.aborted) return
      stored = { wishes, memory }
      look(() => [])
    },
  )
  watchPage(document, look, signal)
  watchAidWishes(
    aids,
    (wishes) => {
      if (stored) stored.wishes = wishes
      visit?.runner.apply(wishes)
    },
    signal,
  )
  signal.addEventListener('abort', () => visit?.end())
  rememberContextTarget(document, signal)
  onTabMessage('getCapture', () => visit?.capture ?? captureRefusal())
  onTabMessage('getAidStates', () => visit?.runner.states ?? [])
  onTabMessage('showPost', ({ postId }) => visit !== undefined && showPost(visit.runner.page, postId))
}

/** A page that should hold a thread but says why it does not: the popup repeats it in words. */
function captureRefusal(): PageCapture | undefined {
  const url = new URL(location.href)
  const isRefusal = homeSites.some((site) => site.findProblem?.(url, document))
  return isRefusal ? capturePage(document) : undefined
}
