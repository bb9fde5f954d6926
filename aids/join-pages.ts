import { defineAidWithParts, type PartsContext } from './aid-parts.ts'
import type { PageJoining } from './define-aid.ts'
import { followScreen } from './posts-on-screen.ts'
import { isStale, noteShown } from './shown-addresses.ts'

/** Appends the thread's next page when one comes to the end of a page, with the address following what is on the screen. */
export default defineAidWithParts({
  id: 'join-pages',
  enabledByDefault: false,
  options: {},
  start(context, signal) {
    const { joining, page } = context
    // The reader page holds the whole thread; what a script draws is not in a page that is fetched.
    if (!joining || page.site.holdsWholeThread || page.site.isDrawnByScript) return
    let isBegun = false
    context.follow(
      () => {},
      () => {
        if (isBegun || page.posts.length === 0) return
        isBegun = true
        begin(context, joining, signal).catch((error: unknown) => signal.aborted || context.fail(error))
      },
    )
  },
})

/** Finds out what stands on the page and where the next one is; nothing happens on the last page, or the only one. */
async function begin(context: PartsContext, joining: PageJoining, signal: AbortSignal): Promise<void> {
  const { key, page, next } = await joining.readOwn()
  if (signal.aborted || key === undefined || page === undefined) return
  if (isStale(page)) return context.page.document.location.reload()
  if (next === undefined) return
  const { PageJoiner } = await context.loadPart('page-joiner')
  if (signal.aborted) return
  new PageJoiner({ context, joining, key, next: { url: next, page: page + 1 }, followScreen, noteShown }, signal)
}
