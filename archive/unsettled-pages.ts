import { onePage, unitePages } from '../core/page-ranges.ts'
import type { PageSet } from '../core/page-ranges.ts'
import type { Archive } from './database.ts'
import { inOrder } from './place-posts.ts'
import type { PostRecord } from './records.ts'

/** Posts are edited, and deleted by their authors, within days; after that, hardly ever. In milliseconds. */
const SETTLING_TIME = 7 * 24 * 3600 * 1000

/**
 * The pages of a thread whose posts were young when they were read last, and may have been edited since. Reads the
 * thread's posts from its end to the first one that was settled. In the caller's transaction, if there is one.
 */
export async function findUnsettledPages(archive: Archive, key: string): Promise<PageSet> {
  let pages: PageSet = []
  await inOrder(archive, key)
    .reverse()
    .until((record) => !isUnsettled(record))
    .each((record) => {
      if (record.page !== undefined) pages = unitePages(pages, onePage(record.page))
    })
  return pages
}

function isUnsettled({ post, readAt }: PostRecord): boolean {
  const written = Date.parse(post.editedAt ?? post.postedAt ?? '')
  return Date.parse(readAt) - written < SETTLING_TIME
}
