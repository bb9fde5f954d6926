import 'fake-indexeddb/auto'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Archive } from '../../../../archive/database.ts'
import { importFiles } from '../../../../archive/import-files.ts'
import { undoImport } from '../../../../archive/import-log/undo-import.ts'
import { findSave } from '../../../../archive/saves.ts'
import { handleSaves } from '../../../../background/saving/handle-saves.ts'
import { formatDump, parseDump } from '../../../../formats/dump.ts'
import { writeSetting } from '../../../../settings/settings.ts'
import { startForum, type Forum } from '../../../forum/forum.ts'
import { generateThread } from '../../../forum/generate.ts'
import { deliver, ownPage } from '../../messages/deliver.ts'
import { dumpOf, emptyArchive, fetchFromForum, keyOf, urlOf, waitForState } from './forum-saves.ts'

/** A dump of a thread is imported while that thread is being saved: it ends as one after the other would. */

const thread = generateThread({ posts: 83, seed: 5, gaps: [9] })
const KEY = keyOf(thread)
const LOST = '第九楼的话，论坛上已经没有了。'
const EARLIER = '改之前的话。'
let forum: Forum
let archive: Archive
let undisturbed: string
/** The thread with a post that the forum no longer has, and other words in one of the first page and one of the last. */
let file: File
let oneAfterTheOther: string

const save = () => deliver('saveThread', { url: urlOf(thread) }, ownPage('popup.html'))
const importDump = async () =>
  (await importFiles(archive, [file], { readAt: new Date().toISOString() })) as { importId: number }

/** Waits until so many pages are stored, or a few more where the machine is slow. */
async function waitForPages(pages: number): Promise<void> {
  await vi.waitFor(async () => expect((await findSave(archive, KEY))?.pagesDone).toBeGreaterThanOrEqual(pages), {
    timeout: 15_000,
    interval: 5,
  })
}

beforeAll(async () => {
  forum = await startForum({ threads: [thread] })
  fetchFromForum(forum)
  await writeSetting('saveSecondsBetweenRequests', 0.2)
  await writeSetting('keepPictures', false)
  handleSaves()
  archive = await emptyArchive()
  await save()
  await waitForState(archive, KEY, 'finished')
  undisturbed = await dumpOf(archive, KEY)
  const [read] = parseDump(undisturbed).threads
  const posts = read!.posts.map((post, index) => ([3, 78].includes(index) ? { ...post, text: EARLIER } : post))
  const lost = { ...posts[8]!, id: 'lost', floor: 9, text: LOST }
  file = new File([formatDump([{ ...read!, posts: posts.toSpliced(8, 0, lost) }])], 'a.txt')
  await importDump()
  oneAfterTheOther = await dumpOf(archive, KEY)
})

beforeEach(async () => {
  archive = await emptyArchive()
})

afterAll(() => forum.stop())

test.each([0, 1, 2, 4])(
  'after %i pages: nothing of either is lost, and undoing it leaves the save alone',
  async (pages) => {
    await save()
    await waitForPages(pages)
    const { importId } = await importDump()
    expect(await waitForState(archive, KEY, 'finished')).toMatchObject({ pagesDone: 5, gonePosts: 0 })
    expect(await dumpOf(archive, KEY)).toBe(oneAfterTheOther)
    expect(oneAfterTheOther).toContain(LOST)
    const versions = (await archive.posts.toArray()).flatMap((record) => record.versions ?? [])
    expect(versions.map(({ text }) => text)).toEqual([EARLIER, EARLIER])
    await undoImport(archive, importId)
    expect(await dumpOf(archive, KEY)).toBe(undisturbed)
  },
)

test('an import that is undone during the save leaves nothing behind', async () => {
  await save()
  await waitForPages(1)
  const { importId } = await importDump()
  await waitForPages(3)
  await undoImport(archive, importId)
  await waitForState(archive, KEY, 'finished')
  expect(await dumpOf(archive, KEY)).toBe(undisturbed)
})
