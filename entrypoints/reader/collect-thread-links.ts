import type { PostRecord } from '../../archive/records.ts'
import { parseUrl } from '../../core/links/address.ts'
import type { ThreadLink } from '../../core/thread-overview.ts'
import { readLinkCleaner } from '../../settings/link-rules.ts'

/** The page must go on answering: this long at a stretch. In milliseconds. */
const SLICE_MILLISECONDS = 25

/** Collects the links of a thread's posts by the reader's own rules, in slices of time. */
export async function collectThreadLinks(posts: readonly PostRecord[], threadUrl: string): Promise<ThreadLink[]> {
  const forum = parseUrl(threadUrl)?.hostname
  const [cleaner, { LinkCollector }] = await Promise.all([
    readLinkCleaner((host) => host === forum),
    import('../../archive/collect-links.ts'),
  ])
  const collector = new LinkCollector(threadUrl, cleaner)
  let end = performance.now() + SLICE_MILLISECONDS
  for (const { post } of posts) {
    collector.add(post)
    if (performance.now() < end) continue
    await new Promise((resolve) => setTimeout(resolve))
    end = performance.now() + SLICE_MILLISECONDS
  }
  return collector.links
}
