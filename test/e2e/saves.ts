import { expect, type Page } from '@playwright/test'
import type { PostRecord, ThreadRecord } from '../../archive/records.ts'
import { splitRecord } from '../../archive/records.ts'
import { reportOf } from '../../archive/save-record.ts'
import type { SaveRecord } from '../../archive/save-record.ts'
import type { SaveReport, SaveState } from '../../core/save-report.ts'
import { formatDump } from '../../formats/dump.ts'
import type { Chromium } from '../browsers/chromium.ts'
import type { Forum } from '../forum/forum.ts'
import { generateThread } from '../forum/generate.ts'
import { readRows } from './archive.ts'
import { openOwnPage } from './extension-pages.ts'
import { threadUrl } from './fixtures.ts'

/** A thread of 30 pages with deleted posts, some of them where one page ends and the next begins. */
export const SAVED_THREAD = generateThread({ posts: 605, seed: 11, gaps: [4, 21, 22, 100, 343] })

export const SAVED_KEY = `pku-bbs/bbs.pku.edu.cn/${SAVED_THREAD.board.id}/${SAVED_THREAD.id}`

/** The pace at which these tests save, in seconds between requests; the least that the setting takes. */
const PACE = 0.2

/** A page of the extension's from which a test asks the background for saves and looks into the archive. */
export class SaveDesk {
  readonly page: Page

  private constructor(page: Page) {
    this.page = page
  }

  static async open(extension: Chromium, pace = PACE): Promise<SaveDesk> {
    const desk = new SaveDesk(await openOwnPage(extension, 'icon/loulan.svg'))
    await desk.setPace(pace)
    return desk
  }

  /** Pages alone are saved: pictures have tests of their own. */
  async setPace(seconds: number): Promise<void> {
    const values = { 'setting:saveSecondsBetweenRequests': seconds, 'setting:keepPictures': false }
    await this.page.evaluate((stored) => chrome.storage.local.set(stored), values)
  }

  /** Sends a message as the extension's own pages do; wakes a worker that was stopped. */
  async ask(type: string, data: unknown): Promise<SaveReport | undefined> {
    const message = { id: 1, type, data, timestamp: 1 }
    const reply = await this.page.evaluate(
      (sent) => chrome.runtime.sendMessage<unknown, { res?: unknown; err?: unknown }>(sent),
      message,
    )
    if (reply?.err) throw new Error(JSON.stringify(reply.err))
    return (reply?.res as SaveReport | null) ?? undefined
  }

  async save(more: { checkAll?: boolean } = {}): Promise<void> {
    expect(await this.ask('saveThread', { url: threadUrl(SAVED_THREAD), ...more })).toMatchObject({ key: SAVED_KEY })
  }

  async report(): Promise<SaveReport | undefined> {
    const [record] = await readRows<SaveRecord>(this.page, 'saves')
    return record && reportOf(record)
  }

  /** Waits until the save is in a state; gives its report. */
  async waitFor(state: SaveState, timeout = 45_000): Promise<SaveReport> {
    // What it is instead is told in full.
    const look = async () => {
      const report = await this.report()
      return report?.state === state ? state : JSON.stringify(report)
    }
    await expect.poll(look, { timeout, intervals: [100] }).toBe(state)
    return (await this.report())!
  }

  async waitForPages(pages: number): Promise<void> {
    await expect
      .poll(async () => (await this.report())?.pagesDone, { timeout: 45_000, intervals: [50] })
      .toBeGreaterThanOrEqual(pages)
  }

  /** The saved thread as a dump. */
  async dump(): Promise<string> {
    const threads = await readRows<ThreadRecord>(this.page, 'threads')
    const posts = await readRows<PostRecord>(this.page, 'posts')
    const thread = threads.find(({ key }) => key === SAVED_KEY)!
    const own = posts.filter(({ threadKey }) => threadKey === SAVED_KEY).sort((a, b) => a.position - b.position)
    return formatDump([{ ...splitRecord(thread).fields, posts: own.map(({ post }) => post) }])
  }
}

/** Pages of the thread that the forum was asked for, in order. */
export function askedPages(forum: Forum): number[] {
  return forum.requests
    .filter(({ path }) => path.includes('post-read.php'))
    .map(({ path }) => Number(/[&]page=(\d+)/.exec(path)?.[1] ?? 1))
}
