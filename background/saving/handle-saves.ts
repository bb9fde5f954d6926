import { browser } from 'wxt/browser'
import { queueSave, resumeSave, type WantedThread } from '../../archive/queue-save.ts'
import { queueFiles } from '../../archive/save-files.ts'
import { cancelSave, pauseSave } from '../../archive/saves.ts'
import { wakeSaves } from '../../archive/wake-saves.ts'
import type { SaveReason, SaveReport } from '../../core/save-report.ts'
import type { SaveWish, ThreadKeeping } from '../../core/thread-keeping.ts'
import { onOwnMessage, onPublicMessage, type Sender } from '../../messages/messenger.ts'
import { useArchive } from '../archive.ts'
import { reasonOf } from './failure.ts'
import { findKeeping } from './find-keeping.ts'
import { findAtAddress, findInTab } from './find-wanted.ts'
import { goOn, tell } from './go-on.ts'
import { SAVES_ALARM, stopRun } from './run-saves.ts'
import { findThreadTab, noteThreadTab } from './thread-tabs.ts'

const WISHES: readonly SaveWish[] = ['save', 'pause', 'resume', 'cancel']

/** Saves whole threads: answers what pages ask of it, and goes on whenever the worker wakes. */
export function handleSaves(): void {
  onPublicMessage('threadSaveAsked', answerTab)
  onPublicMessage('getThreadKeeping', findTabKeeping)
  onOwnMessage('saveThread', ({ url, checkAll }) => saveAddress(String(url), { isFull: checkAll === true }))
  onOwnMessage('controlSave', ({ key, wish }) => control(String(key), wish))
  onOwnMessage('getThreadFiles', async ({ key }) => {
    const queued = await queueFiles(useArchive(), String(key))
    return queued && begin(queued)
  })
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === SAVES_ALARM) goOn()
  })
  // A listener is what has the browser start the worker at all.
  browser.runtime.onStartup.addListener(goOn)
  addEventListener('online', () => void wake('network'))
  browser.permissions.onAdded.addListener(() => void wake('no-permission'))
  goOn()
}

/** What saves have been waiting for is there. */
async function wake(reason: SaveReason): Promise<void> {
  await wakeSaves(useArchive(), reason)
  goOn()
}

/**
 * Saves the thread at an address; undefined where that is no thread's. Throws `FetchError` or `PageError` where the forum
 * has to be asked what stands there and gives no answer, or a wrong one, and `ArchiveError`.
 */
export async function saveAddress(url: string, options: { isFull?: boolean } = {}): Promise<SaveReport | undefined> {
  const wanted = await findAtAddress(url)
  return wanted && begin(await queueSave(useArchive(), wanted, options))
}

/** Lets a save that was queued or resumed begin, and shows it. */
function begin(report: SaveReport): SaveReport {
  goOn()
  tell(report.key)
  return report
}

async function answerTab(data: unknown, sender: Sender): Promise<SaveReport | undefined> {
  const { url, wish } = (data ?? {}) as { url?: unknown; wish?: SaveWish }
  const tabId = findTab(sender)
  if (tabId === undefined || !isOwnAddress(url, sender) || !WISHES.includes(wish!)) return undefined
  let wanted: WantedThread | undefined
  try {
    if (wish !== 'save') {
      const key = ((await findThreadTab(tabId, url)) ?? (await findInTab(tabId, url)))?.key
      return key === undefined ? undefined : await control(key, wish!)
    }
    wanted = (await findInTab(tabId, url)) ?? (await findAtAddress(url))
    if (!wanted) return undefined
    await noteThreadTab(sender, wanted.key, url, 0)
    return begin(await queueSave(useArchive(), wanted))
  } catch (error) {
    console.warn('[loulan] a thread could not be saved', error)
    return notBegun(error, wanted ?? { key: '', title: '', url })
  }
}

/** A page has no words for what went wrong but those of a save: one that did not even come into the queue was given up. */
function notBegun(error: unknown, { key, title, url }: Pick<WantedThread, 'key' | 'title' | 'url'>): SaveReport {
  const nothing = { pagesDone: 0, posts: 0, newPosts: 0, editedPosts: 0, gonePosts: 0 }
  return { key, title, url, state: 'stopped', reason: reasonOf(error), ...nothing }
}

async function control(key: string, wish: SaveWish): Promise<SaveReport | undefined> {
  const archive = useArchive()
  if (wish === 'resume') {
    const resumed = await resumeSave(archive, key)
    return resumed && begin(resumed)
  }
  const report = await (wish === 'pause' ? pauseSave(archive, key) : cancelSave(archive, key))
  stopRun(key)
  tell(key)
  return report
}

async function findTabKeeping(data: unknown, sender: Sender): Promise<ThreadKeeping | undefined> {
  const { url } = (data ?? {}) as { url?: unknown }
  const tabId = findTab(sender)
  if (tabId === undefined || !isOwnAddress(url, sender)) return undefined
  const noted = await findThreadTab(tabId, url)
  const key = (noted ?? (await findInTab(tabId, url)))?.key
  if (key === undefined) return undefined
  if (!noted) await noteThreadTab(sender, key, url, 0)
  const keeping = await findKeeping(useArchive(), key)
  return keeping && { ...keeping, newPosts: noted?.newPosts ?? 0 }
}

/** The sender's tab; undefined in a private window, of which nothing is stored and where nothing is shown. */
function findTab({ tab }: Sender): number | undefined {
  return tab?.incognito ? undefined : tab?.id
}

/** A content script may speak for its own tab's site only. */
function isOwnAddress(url: unknown, sender: Sender): url is string {
  if (typeof url !== 'string' || !URL.canParse(url) || !sender.url || !URL.canParse(sender.url)) return false
  return new URL(url).origin === new URL(sender.url).origin
}
