import '../aids/collapse-long-posts.css'
import '../aids/length.css'
import '../aids/saved-state.css'
import '../aids/unwrap-links.css'
import './first-paint.css'
import { earlyAids } from '../aids/early-aids.ts'
import type { AidWishes } from '../aids/runner.ts'
import { watchPage, whenParsed } from '../dom/watch-page.ts'
import { onTabMessage } from '../messages/messenger.ts'
import { loadAidMemory } from '../settings/aid-memory.ts'
import { isAnythingMuted } from '../settings/muted.ts'
import { readPageTexts } from '../settings/page-texts.ts'
import { readAidWishes } from '../settings/aid-wishes.ts'
import { providePageTexts } from '../locales/page-texts.ts'
import type { Site } from '../sites/define-site.ts'
import { holdFirstPaint } from './first-paint.ts'
import { askForLateAids, type LateAids } from './late-aids.ts'
import { ThreadVisit, type VisitAids } from './thread-visit.ts'

/** What a content script stands in: until when it may act. */
export interface ScriptContext {
  readonly signal: AbortSignal
  /** False once the extension was updated or removed. */
  readonly isValid: boolean
}

/** Keeps a visit for the thread page of one of `sites` that stands in the tab, also across navigations without reload. */
export function followThreads(context: ScriptContext, sites: readonly Site[]): void {
  const { signal } = context
  const late = Promise.withResolvers<undefined>()
  let aids = earlyAids
  let isMuting = false
  let stored: VisitAids | undefined
  let visit: ThreadVisit | undefined

  const look = (hasAdded: (selector: string) => boolean) => {
    if (!context.isValid) return // The extension was updated: its successor comes with the next page.
    if (visit?.isStanding) {
      if (document.readyState === 'loading') return visit.refreshBeforePaint()
      if (hasAdded(visit.site.selectors.post)) visit.refresh()
      return
    }
    visit?.end()
    visit = undefined
    const url = new URL(location.href)
    const site = sites.find((each) => each.isThread(url, document))
    if (!site) return
    if (!stored) return holdFirstPaint(document, loading)
    visit = new ThreadVisit(site, stored)
    if (aids !== earlyAids) return
    askForLateAids(isMuting, join, signal)
    holdFirstPaint(document, whenPaintable(visit))
  }

  /** A post that is painted before it is whole gets its marks later; what is muted waits for the aid that hides it. */
  const whenPaintable = ({ firstPost }: ThreadVisit) =>
    Promise.all([Promise.race([firstPost, whenParsed(document)]), isMuting ? late.promise : undefined])

  const load = async () => {
    const [wishes, memory] = await Promise.all([readAidWishes(aids), loadAidMemory(aids.map(({ id }) => id))])
    return { aids, wishes, memory }
  }
  const loading = Promise.all([load(), isAnythingMuted(), readPageTexts()]).then(([loaded, isAnything, texts]) => {
    if (signal.aborted) return
    providePageTexts(texts)
    stored = loaded
    isMuting = isAnything
    look(() => false)
    // A paint that is held already is held on.
    return visit && whenPaintable(visit)
  })
  const apply = (wishes: AidWishes) => {
    if (stored) stored.wishes = wishes
    visit?.runner.apply(wishes)
  }
  const join = async (more: LateAids) => {
    if (aids !== earlyAids) return // Asked for twice, by two visits that followed each other quickly.
    aids = [...earlyAids, ...more.aids]
    more.rememberContextTarget(document, signal)
    // What was changed before is read with the rest.
    more.watchAidWishes(() => aids, apply, signal)
    stored = { ...(await load()), late: more }
    if (!signal.aborted) visit?.add(more, stored)
    late.resolve(undefined)
  }
  watchPage(document, look, signal)
  signal.addEventListener('abort', () => visit?.end())
  const answers = [
    onTabMessage('showThreadKeeping', (kept) => visit?.keeping.show(kept)),
    onTabMessage('getAidStates', () => visit?.runner.states ?? []),
    onTabMessage('showPost', ({ postId, words }) => visit?.showPost(postId, words) ?? false),
  ]
  // A script that is put in later, when a site is granted again, answers for itself.
  signal.addEventListener('abort', () => answers.forEach((end) => end()))
}
