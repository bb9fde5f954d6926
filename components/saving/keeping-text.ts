import { i18n } from '#i18n'
import type { KeptThread } from '../../core/thread-keeping.ts'
import { formatCount } from '../../locales/format-length.ts'
import { ownDay } from '../thread/wall-clock.ts'

/**
 * Says whether a thread is saved or only cached, and how much of it there is:
 * `保存于 2026年11月22日 · 30 页 · 590 楼`, `已缓存（可能被清理） · 12 / 30 页 · 240 楼`.
 */
export function keepingParts({ savedAt, postCount, pageCount, pages, incomplete }: KeptThread): string[] {
  return [
    savedAt === undefined ? i18n.t('saving.cached') : i18n.t('saving.savedOn', [ownDay(savedAt)]),
    ...pagesPart(pageCount, Object.keys(pages).length, incomplete),
    i18n.t('archive.posts', postCount, [formatCount(postCount)]),
  ]
}

/** Of a whole thread the pages; of one in part, how many of how many. */
function pagesPart(pageCount: number | undefined, read: number, incomplete: boolean): string[] {
  if (pageCount === undefined) return []
  if (!incomplete) return [i18n.t('saving.pages', pageCount, [formatCount(pageCount)])]
  return [i18n.t('saving.pagesOf', [formatCount(Math.min(read, pageCount)), formatCount(pageCount)])]
}
