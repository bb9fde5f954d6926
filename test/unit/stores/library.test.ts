import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test } from 'vitest'
import { keepFile, wantFiles } from '../../../archive/file-addresses.ts'
import { lookAtFile } from '../../../archive/kept-files.ts'
import { measureFiles } from '../../../archive/measure-files.ts'
import { defaultView } from '../../../core/library/view.ts'
import { useLibraryActionsStore } from '../../../stores/library-actions.ts'
import { useLibraryStore } from '../../../stores/library.ts'
import { closeArchive, useArchive } from '../../../stores/open-archive.ts'
import { useRecentThreadsStore } from '../../../stores/recent-threads.ts'
import { keepThreads, makeThread, startEmpty } from './sample-archive.ts'

beforeEach(startEmpty)

const titles = () => useLibraryStore().shown.map(({ title }) => title)
const keyOf = (id: string) => makeThread(id).key

describe('the library', () => {
  test('an empty archive is shown as empty, not as failed', async () => {
    const library = useLibraryStore()
    await library.load()
    expect([library.state, library.shown, library.threadCount]).toEqual(['shown', [], 0])
  })

  test('lists all threads, those read last first, more than one piece of them', async () => {
    await keepThreads(makeThread('0'))
    const archive = await useArchive()
    const row = (await archive.threads.toCollection().first())!
    const time = (index: number) => new Date(Date.UTC(2026, 1, 1, 0, index)).toISOString()
    await archive.threads.bulkPut(
      Array.from({ length: 1200 }, (_, index) => ({
        ...row,
        key: `k/${index}`,
        title: `${index}`,
        recentAt: time(index),
      })),
    )
    const library = useLibraryStore()
    await library.load()
    expect([library.shown.length, library.rowCount, library.isWhole]).toEqual([1201, 1201, true])
    expect(titles().slice(0, 2)).toEqual(['1199', '1198'])
    expect(titles().at(-1)).toBe('帖子 0')
  })

  test('sorts and filters what is there, without reading again', async () => {
    await keepThreads(makeThread('1', 5), makeThread('2', 1), makeThread('3', 9))
    const library = useLibraryStore()
    await library.load()
    library.show({ ...defaultView(), sort: 'posts', isDescending: false })
    expect(titles()).toEqual(['帖子 2', '帖子 1', '帖子 3'])
    library.show({ ...library.view, title: '3' })
    expect(titles()).toEqual(['帖子 3'])
    expect([library.rowCount, library.threadCount]).toEqual([1, 3])
  })

  test('takes in what others write: new, changed and deleted threads', async () => {
    await keepThreads(makeThread('1'), makeThread('2'))
    const library = useLibraryStore()
    const controller = new AbortController()
    await library.load()
    await library.follow(controller.signal, () => undefined)
    await keepThreads(makeThread('3', 4))
    await expect.poll(() => titles().length).toBe(3)
    const archive = await useArchive()
    await archive.threads.delete(keyOf('1'))
    await archive.threads.update(keyOf('2'), { title: '改了' })
    await expect.poll(() => titles().toSorted()).toEqual(['帖子 3', '改了'])
    controller.abort()
  })

  test('what changes while all is read is taken in', async () => {
    await keepThreads(makeThread('1'), makeThread('2'))
    const library = useLibraryStore()
    const controller = new AbortController()
    await library.follow(controller.signal, () => undefined)
    const archive = await useArchive()
    const isRead = library.load()
    await expect.poll(() => library.isWhole || library.shown.length).toBeTruthy()
    await archive.threads.delete(keyOf('1'))
    await isRead
    await expect.poll(titles).toEqual(['帖子 2'])
    controller.abort()
  })

  test('a database that cannot be opened is a failure with a code, and trying again can succeed', async () => {
    const library = useLibraryStore()
    ;(await useArchive()).close({ disableAutoOpen: true })
    await library.load()
    expect([library.state, library.failure?.code]).toEqual(['failed', 'closed'])
    await closeArchive()
    await library.load()
    expect([library.state, library.failure]).toEqual(['shown', undefined])
  })
})

describe('what is done to threads', () => {
  test('deleting is undone, also by another visit to the page', async () => {
    await keepThreads(makeThread('1', 3), makeThread('2'), makeThread('3'))
    const library = useLibraryStore()
    await library.load()
    expect(await useLibraryActionsStore().remove([keyOf('1'), keyOf('2')])).toEqual([keyOf('1'), keyOf('2')])
    expect(titles()).toEqual(['帖子 3'])
    const actions = useLibraryActionsStore()
    await actions.emptyOldTrash()
    expect(actions.trashedCount).toBe(2)
    expect(await actions.restore('last')).toEqual([keyOf('1'), keyOf('2')])
    expect(titles()).toEqual(['帖子 3', '帖子 2', '帖子 1'])
    expect(library.shown.at(-1)).toMatchObject({ key: keyOf('1'), postCount: 3 })
    expect([actions.trashedCount, await actions.restore('last')]).toEqual([0, []])
  })

  test('all deletions are undone together, or made final', async () => {
    await keepThreads(makeThread('1'), makeThread('2'))
    const [library, actions] = [useLibraryStore(), useLibraryActionsStore()]
    await library.load()
    await actions.remove([keyOf('1')])
    await actions.remove([keyOf('2')])
    expect(actions.trash.map(({ keys }) => keys)).toEqual([[keyOf('2')], [keyOf('1')]])
    await actions.restore('all')
    expect(titles()).toHaveLength(2)
    await actions.remove([keyOf('1')])
    await actions.purge()
    expect([actions.trashedCount, await (await useArchive()).posts.count()]).toEqual([0, 2])
  })

  test('saving and tagging show at once', async () => {
    await keepThreads(makeThread('1'), makeThread('2'))
    const [library, actions] = [useLibraryStore(), useLibraryActionsStore()]
    await library.load()
    expect(await actions.save([keyOf('1')], true)).toBe(1)
    expect(await actions.tag([keyOf('1'), keyOf('2')], { add: ['好'] })).toEqual({ changed: 2, full: 0 })
    expect(await actions.changeTag('好', '更好')).toBe(2)
    expect([library.facets.saved, library.facets.tags]).toEqual([1, [{ value: '更好', label: '更好', count: 2 }]])
    expect(await actions.changeTag('更好', undefined)).toBe(2)
    expect([library.facets.tags, actions.work, actions.isBusy]).toEqual([[], undefined, false])
  })

  test('a failure is said, and another try is possible', async () => {
    await keepThreads(makeThread('1'))
    const [library, actions] = [useLibraryStore(), useLibraryActionsStore()]
    await library.load()
    ;(await useArchive()).close({ disableAutoOpen: true })
    expect(await actions.remove([keyOf('1')])).toBeUndefined()
    expect([actions.failure?.code, actions.isBusy]).toEqual(['closed', false])
    await closeArchive()
    expect(await actions.remove([keyOf('1')])).toEqual([keyOf('1')])
  })
})

test('the popup lists what was read last', async () => {
  await keepThreads(makeThread('1'), makeThread('2'), makeThread('3'))
  const recent = useRecentThreadsStore()
  await recent.load(2)
  expect(recent.threads.map(({ title }) => title)).toEqual(['帖子 3', '帖子 2'])
  expect([await recent.has(keyOf('1')), await recent.has('nothing')]).toEqual([true, false])
})

describe('clearing the cache', () => {
  test('deletes what was not saved, and is undone', async () => {
    await keepThreads(makeThread('1'), makeThread('2'), makeThread('3'))
    const [library, actions] = [useLibraryStore(), useLibraryActionsStore()]
    await library.load()
    await actions.save([keyOf('1')], true)
    expect(await actions.clearCache()).toBe(2)
    expect([titles(), actions.trashedCount]).toEqual([['帖子 1'], 2])
    await actions.restore('last')
    expect([titles(), actions.trashedCount]).toEqual([['帖子 3', '帖子 2', '帖子 1'], 0])
  })

  test('keeps what is saved, and reads no rows where none are shown', async () => {
    await keepThreads(makeThread('1'), makeThread('2'))
    await useLibraryActionsStore().save([keyOf('1'), keyOf('2')], true)
    expect(await useLibraryActionsStore().clearCache()).toBe(0)
    expect(useLibraryStore().state).toBe('loading')
  })

  test('on a disk too full for the trash deletes at once', async () => {
    await keepThreads(makeThread('1'))
    const archive = await useArchive()
    archive.trash.hook('creating', () => {
      throw new DOMException('', 'QuotaExceededError')
    })
    expect(await useLibraryActionsStore().clearCache()).toBe(1)
    expect([await archive.posts.count(), useLibraryActionsStore().trashedCount]).toEqual([0, 0])
  })
})

test('sorting by size counts pictures and files', async () => {
  await keepThreads(makeThread('1', 3), makeThread('2'))
  const archive = await useArchive()
  const url = 'https://example.org/large.png'
  await wantFiles(archive, keyOf('2'), [{ url, kind: 'file' }])
  await keepFile(
    archive,
    { threadKey: keyOf('2'), url },
    await lookAtFile(new Uint8Array(9000)),
    '2026-01-01T00:00:00.000Z',
  )
  const library = useLibraryStore()
  await library.load()
  library.show({ ...defaultView(), sort: 'size' })
  expect(titles()).toEqual(['帖子 1', '帖子 2'])
  library.takeFileSizes((await measureFiles(archive)).threads)
  expect(titles()).toEqual(['帖子 2', '帖子 1'])
  await library.refresh([keyOf('1'), keyOf('2')])
  expect(titles()).toEqual(['帖子 2', '帖子 1'])
  expect(library.shown[0]).toMatchObject({ fileBytes: 9000 })
})
