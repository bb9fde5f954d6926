import { defineContentScript } from 'wxt/utils/define-content-script'
import '../../aids/collapse-long-posts.css'
import '../../aids/length.css'
import '../../aids/unwrap-links.css'
import { aids } from '../../aids/registry.ts'
import type { AidWishes } from '../../aids/runner.ts'
import type { AidMemory } from '../../aids/define-aid.ts'
import { watchPage, whenParsed } from '../../dom/watch-page.ts'
import { onTabMessage } from '../../messages/messenger.ts'
import { loadAidMemory } from '../../settings/aid-memory.ts'
import { readAidWishes, watchAidWishes } from '../../settings/aid-wishes.ts'
import { findSite } from '../../sites/light-sites.ts'
import { showPost } from './show-post.ts'
import { ThreadVisit } from './thread-visit.ts'

export default defineContentScript({
  matches: ['*://bbs.pku.edu.cn/v2/*', '*://www.bdwm.net/v2/*', '*://bdwm.net/v2/*'],
  // Before the page is parsed, so that the settings are there when it is, and nothing moves after the first paint.
  runAt: 'document_start',
  async main(context) {
    const stored = Promise.all([readAidWishes(aids), loadAidMemory(aids.map((aid) => aid.id))])
    await whenParsed(document)
    const [wishes, memory] = await stored
    if (context.isValid) followThreads(wishes, memory, context.signal)
  },
})

/** Keeps a visit for the thread page that stands in the tab, also across navigations that do not reload. */
function followThreads(
  stored: AidWishes,
  memory: (aidId: string, scope: string) => AidMemory,
  signal: AbortSignal,
): void {
  let wishes = stored
  let visit: ThreadVisit | undefined

  const look = (added: readonly Element[]) => {
    if (visit?.isStanding) {
      const { post } = visit.site.selectors
      if (added.some((element) => element.matches(post) || element.querySelector(post))) visit.refresh()
      return
    }
    visit?.end()
    const site = findSite(new URL(location.href), document)
    visit = site && new ThreadVisit(site, wishes, memory)
  }

  look([])
  watchPage(document, look, signal)
  watchAidWishes(
    aids,
    (changed) => {
      wishes = changed
      visit?.runner.apply(changed)
    },
    signal,
  )
  signal.addEventListener('abort', () => visit?.end())
  onTabMessage('getCapture', () => visit?.capture)
  onTabMessage('getAidStates', () => visit?.runner.states ?? [])
  onTabMessage('showPost', ({ postId }) => visit !== undefined && showPost(visit.runner.page, postId))
}
