import { i18n } from '#i18n'
import type { SaveReason, SaveReport } from '../../core/save-report.ts'
import { formatCount, formatMinutes } from '../../locales/format-length.ts'
import { clockTime } from '../thread/wall-clock.ts'

/** What the saving is doing, and why it does not go on: `正在保存`, `保存在等待：论坛要求登录`. */
export function stateText({ state, reason }: Pick<SaveReport, 'state' | 'reason'>): string {
  const words = i18n.t(`saving.states.${state}`)
  return reason ? i18n.t('saving.state', [words, i18n.t(`saving.reasons.${camelCase(reason)}`)]) : words
}

/** What is kept and what to do, for whatever kept a save from going on. */
export function adviceText(reason: SaveReason): string {
  return i18n.t(`saving.advice.${camelCase(reason)}`)
}

/** How far it is: pages, posts, time left, when it tries again. Empty parts are left out. */
export function progressParts(report: SaveReport): string[] {
  const { state, pagesDone, pageCount, posts, pictures, secondsLeft, retryAt } = report
  return [
    ...(pageCount === undefined ? [] : [i18n.t('saving.pagesOf', [formatCount(pagesDone), formatCount(pageCount)])]),
    ...(posts > 0 ? [i18n.t('archive.posts', posts, [formatCount(posts)])] : []),
    ...(pictures && pictures.total > 0
      ? [i18n.t('saving.pictures', [formatCount(pictures.done), formatCount(pictures.total)])]
      : []),
    ...(state === 'running' && secondsLeft !== undefined ? [leftText(secondsLeft)] : []),
    ...(state === 'waiting' && retryAt !== undefined ? [i18n.t('saving.retryAt', [clockTime(retryAt)])] : []),
  ]
}

/** What the save found that was not there before: new, edited and gone posts, and what could not be had. */
export function findingParts({ newPosts, editedPosts, gonePosts, gaps = [], pictures }: SaveReport): string[] {
  // What is gone since the last save is missing there too, and has been said.
  const missing = gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0) - gonePosts
  return [
    ...(newPosts > 0 ? [i18n.t('saving.newPosts', newPosts, [formatCount(newPosts)])] : []),
    ...(editedPosts > 0 ? [i18n.t('saving.editedPosts', editedPosts, [formatCount(editedPosts)])] : []),
    ...(gonePosts > 0 ? [i18n.t('saving.gonePosts', gonePosts, [formatCount(gonePosts)])] : []),
    ...(missing > 0 ? [i18n.t('saving.missingFloors', missing, [formatCount(missing)])] : []),
    ...(pictures && pictures.failed > 0 ? [i18n.t('saving.picturesFailed', [formatCount(pictures.failed)])] : []),
  ]
}

/** The share that is done, from 0 to 1; undefined until the number of pages is known. */
export function shareOf({ pagesDone, pageCount }: SaveReport): number | undefined {
  return pageCount ? Math.min(1, pagesDone / pageCount) : undefined
}

function leftText(seconds: number): string {
  const minutes = seconds / 60
  return i18n.t('saving.left', [formatMinutes({ low: minutes, likely: minutes, high: minutes })])
}

/** `login-required` → `loginRequired`, as the locales name it. */
function camelCase(reason: SaveReason): 'network' {
  return reason.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) as 'network'
}
