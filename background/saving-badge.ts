import { i18n } from '#i18n'
import { browser } from 'wxt/browser'
import { listOpenSaves } from '../archive/saves.ts'
import type { SaveReport } from '../core/save-report.ts'
import { useArchive } from './archive.ts'

/** What the toolbar button shows of the saves. */
export interface SavingBadge {
  text: string
  title: string
}

/** Warm red, as on the extension's own pages; its own white text is legible on it. */
const GOING = '#8b1a1a'
const IN_NEED = '#7a4a00'

/** One change after another: what was read last must be shown last. */
let showing: Promise<void> = Promise.resolve()

/** Brings the toolbar button in step with the saves: how far the one is that runs, or that one waits for the reader. */
export function showSavingBadge(): Promise<void> {
  showing = showing.then(show).catch((error: unknown) => console.warn('[loulan] no badge', error))
  return showing
}

async function show(): Promise<void> {
  const reports = await listOpenSaves(useArchive())
  const badge = badgeOf(reports)
  await browser.action.setBadgeText({ text: badge.text })
  await browser.action.setTitle({ title: badge.title })
  await browser.action.setBadgeBackgroundColor({ color: badge.text === '!' ? IN_NEED : GOING })
  await browser.action.setBadgeTextColor({ color: '#ffffff' })
}

/** What is shown of saves that are not over: nothing of paused ones, the reader knows of them. */
export function badgeOf(reports: readonly SaveReport[]): SavingBadge {
  const running = reports.find(({ state }) => state === 'running')
  if (running) {
    const percent = percentOf(running)
    return { text: `${percent}%`, title: i18n.t('saving.badge', [running.title, String(percent)]) }
  }
  const inNeed = reports.find(({ state, retryAt }) => state === 'waiting' && retryAt === undefined)
  if (inNeed) return { text: '!', title: i18n.t('saving.badgeWaiting', [inNeed.title]) }
  const waiting = reports.find(({ state }) => state === 'waiting' || state === 'queued')
  if (!waiting) return { text: '', title: '' }
  return { text: '…', title: i18n.t('saving.badge', [waiting.title, String(percentOf(waiting))]) }
}

/** Whole percents; 100 only when it is done. */
function percentOf({ pagesDone, pageCount }: SaveReport): number {
  return pageCount ? Math.min(99, Math.floor((100 * pagesDone) / pageCount)) : 0
}
