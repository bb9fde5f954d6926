import { i18n } from '#i18n'
import type { CacheOutcome } from '../../messages/protocol.ts'

/** Why a page that the reader asked to keep was not. */
export function keepProblem(cached: CacheOutcome): string {
  if (cached === 'private-window') return i18n.t('sites.keepPrivate')
  return cached === 'not-a-thread' ? i18n.t('sites.keepGone') : i18n.t('sites.keepFailed')
}
