import { vi } from 'vitest'
import { browser } from 'wxt/browser'
import { openArchive } from '../../../../archive/database.ts'
import type { Archive } from '../../../../archive/database.ts'
import { findThread } from '../../../../archive/read-thread.ts'
import { findSave } from '../../../../archive/saves.ts'
import type { SaveReport, SaveState } from '../../../../core/save-report.ts'
import { formatDump } from '../../../../formats/dump.ts'
import type { Forum } from '../../../forum/forum.ts'
import type { ForumThread } from '../../../forum/model.ts'
import { threadAddress } from '../../../forum/thread-markup.ts'

/** Saving from the local forum without a browser: real answers, a database in memory, the extension's rights granted. */

export function keyOf({ board, id }: ForumThread): string {
  return `pku-bbs/bbs.pku.edu.cn/${board.id}/${id}`
}

export function urlOf(thread: ForumThread, page = 1): string {
  return new URL(threadAddress(thread, page), 'https://bbs.pku.edu.cn/v2/').href
}

/** Sends what the extension fetches to the local forum, whatever host it asks for. */
export function fetchFromForum(forum: Forum): void {
  vi.stubGlobal('fetch', async (input: URL | string, options: RequestInit = {}) => {
    const url = new URL(input)
    options.signal?.throwIfAborted()
    const answer = await forum.request(url.pathname + url.search, { host: url.host }).catch((error: unknown) => {
      throw new TypeError('fetch failed', { cause: error })
    })
    const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
    return new Response(new Uint8Array(answer.bytes), { status: answer.status, headers })
  })
  vi.stubGlobal('addEventListener', () => {})
  vi.spyOn(browser.permissions, 'contains').mockResolvedValue(true as never)
  vi.spyOn(browser.permissions.onAdded, 'addListener').mockReturnValue()
  vi.spyOn(browser.runtime, 'getPlatformInfo').mockResolvedValue({ os: 'linux', arch: 'x86-64' } as never)
}

/** The archive of the extension, emptied. */
export async function emptyArchive(): Promise<Archive> {
  const archive = openArchive()
  await archive.open()
  await Promise.all(archive.tables.map((table) => table.clear()))
  return archive
}

/** Waits until a save is in one of some states. */
export async function waitForState(archive: Archive, key: string, ...states: SaveState[]): Promise<SaveReport> {
  return vi.waitFor(
    async () => {
      const report = await findSave(archive, key)
      if (!report || !states.includes(report.state)) throw new Error(`it is ${JSON.stringify(report)}`)
      return report
    },
    { timeout: 15_000, interval: 10 },
  )
}

export async function dumpOf(archive: Archive, key: string): Promise<string> {
  const thread = await findThread(archive, key)
  return thread ? formatDump([thread]) : ''
}
