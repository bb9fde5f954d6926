import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openArchive, type Archive } from '../../../archive/database.ts'
import { beginVisit, describeVisit, noteReading } from '../../../archive/visits.ts'
import { findFoldedBranches, noteFoldedBranches } from '../../../archive/folded-branches.ts'
import { parsePostIds, parseReadingPlace } from '../../../core/thread-visit.ts'

const KEY = 'pku-bbs/bbs.pku.edu.cn/22/1'
const at = (time: string) => new Date(`2026-03-${time}Z`)
const post = (id: string, postedAt?: string) => ({ id, ...(postedAt && { postedAt: `2026-03-${postedAt}+08:00` }) })

let archive: Archive
let count = 0

beforeEach(() => {
  archive = openArchive(`visits-${count++}`)
})
afterEach(() => archive.delete())

test('on the first visit nothing is new', async () => {
  expect(await beginVisit(archive, KEY, [post('1', '01T10:00:00')], at('02T00:00:00'))).toEqual({
    key: KEY,
    newIds: [],
  })
})

test('new is what was posted since the visit before and was not on the screen, also on other pages', async () => {
  const first = [post('1', '01T10:00:00'), post('2', '01T11:00:00')]
  await beginVisit(archive, KEY, first, at('02T00:00:00'))
  await noteReading(archive, KEY, { readIds: ['1'] }, at('02T00:05:00'))
  const posts = [...first, post('3', '02T09:00:00'), post('4', '03T09:00:00')]
  const report = await beginVisit(archive, KEY, posts, at('04T00:00:00'))
  // Post 2 was there but not read: it is not new, and not read either.
  expect(report).toEqual({ key: KEY, previousAt: at('02T00:05:00').toISOString(), newIds: ['3', '4'] })
})

test('turning pages and reloading within one visit keeps what is new, until it was on the screen', async () => {
  await beginVisit(archive, KEY, [], at('02T00:00:00'))
  const posts = [post('3', '03T09:00:00'), post('4', '03T09:00:00')]
  expect((await beginVisit(archive, KEY, posts, at('04T00:00:00'))).newIds).toEqual(['3', '4'])
  await noteReading(archive, KEY, { readIds: ['3', '3'] }, at('04T00:10:00'))
  expect((await beginVisit(archive, KEY, posts, at('04T00:30:00'))).newIds).toEqual(['4'])
  expect((await archive.visits.get(KEY))?.readIds).toEqual(['3'])
})

test('what was never on the screen stays new, however many visits', async () => {
  await beginVisit(archive, KEY, [], at('02T00:00:00'))
  const posts = [post('3', '03T09:00:00'), post('4', '03T09:00:00')]
  await beginVisit(archive, KEY, posts, at('04T00:00:00'))
  await noteReading(archive, KEY, { readIds: ['4'] }, at('04T00:01:00'))
  expect((await beginVisit(archive, KEY, posts, at('05T00:00:00'))).newIds).toEqual(['3'])
})

test('posts without a time are told by their numbers, where there are any', async () => {
  await beginVisit(archive, KEY, [], at('02T00:00:00'))
  await noteReading(archive, KEY, { readIds: ['9', '10'] }, at('02T00:00:00'))
  const report = await beginVisit(archive, KEY, [post('8'), post('11'), post('x')], at('04T00:00:00'))
  expect(report.newIds).toEqual(['11'])
})

test('the place is that of the visit before, and the newest is kept for the next', async () => {
  const place = (postId: string) => ({ postId, part: 0.5, floor: 7, page: 2 })
  await beginVisit(archive, KEY, [], at('02T00:00:00'))
  await noteReading(archive, KEY, { readIds: [], place: place('5') }, at('02T00:01:00'))
  expect((await beginVisit(archive, KEY, [], at('03T00:00:00'))).place).toEqual(place('5'))
  await noteReading(archive, KEY, { readIds: [], place: place('6') }, at('03T00:01:00'))
  expect((await beginVisit(archive, KEY, [], at('03T00:02:00'))).place).toEqual(place('5'))
  expect((await beginVisit(archive, KEY, [], at('04T00:00:00'))).place).toEqual(place('6'))
})

test('reading of a thread that no visit was begun of is not noted', async () => {
  await noteReading(archive, KEY, { readIds: ['1'] })
  expect(await archive.visits.count()).toBe(0)
})

test('what comes from a page is looked at before it is kept', () => {
  expect(parsePostIds(['1', 2, '', null, 'x'.repeat(201), 'ok'])).toEqual(['1', 'ok'])
  expect(parsePostIds('1')).toEqual([])
  const place = { postId: '1', part: 1, floor: 3, page: 2, url: 'https://forum.example/t/1' }
  expect(parseReadingPlace({ ...place, more: 1 })).toEqual(place)
  expect(parseReadingPlace({ ...place, url: 'javascript:alert(1)', floor: -1 })).toEqual({
    postId: '1',
    part: 1,
    page: 2,
  })
  for (const bad of [
    undefined,
    null,
    7,
    {},
    { postId: '1' },
    { postId: '1', part: 2 },
    { postId: 1, part: 0 },
    { postId: '1', part: Number.NaN },
  ])
    expect(parseReadingPlace(bad)).toBeUndefined()
})

test('whatever was read: what is new is of the page, in its order, and was never read', () => {
  const id = fc.constantFrom('1', '2', '3', 'a', '20', '007')
  const time = fc.option(fc.constantFrom('2026-01-01T00:00:00', '2026-01-03T00:00:00+08:00', 'never'), {
    nil: undefined,
  })
  const dated = fc
    .record({ id, postedAt: time })
    .map(({ id, postedAt }) => ({ id, ...(postedAt !== undefined && { postedAt }) }))
  fc.assert(
    fc.property(fc.uniqueArray(id), fc.array(dated), (readIds, posts) => {
      const visit = {
        threadKey: KEY,
        startedAt: '',
        lastAt: '',
        previousAt: '2026-01-02T00:00:00.000Z',
        readIds,
        newIds: ['a'],
      }
      const { newIds } = describeVisit(visit, posts)
      expect(newIds.filter((each) => (readIds as string[]).includes(each))).toEqual([])
      const order = posts.map((each) => each.id)
      let from = -1
      for (const each of newIds) expect((from = order.indexOf(each as never, from + 1))).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('folded branches are noted beside what was read, outlast visits, and change nothing of what is new', async () => {
  await noteFoldedBranches(archive, KEY, ['1'], at('02T00:00:00'))
  expect(await beginVisit(archive, KEY, [post('1'), post('2')], at('02T00:00:01'))).toEqual({ key: KEY, newIds: [] })
  await noteReading(archive, KEY, { readIds: ['1', '2'] }, at('02T00:00:02'))
  await noteFoldedBranches(archive, KEY, ['1', '2'], at('02T00:01:00'))
  expect((await archive.visits.get(KEY))?.lastAt).toBe(at('02T00:00:02').toISOString())
  const report = await beginVisit(archive, KEY, [post('1'), post('3')], at('04T00:00:00'))
  expect(report).toMatchObject({ previousAt: at('02T00:00:02').toISOString(), newIds: ['3'] })
  expect(await findFoldedBranches(archive, KEY)).toEqual(['1', '2'])
  await noteFoldedBranches(archive, KEY, [], at('04T00:01:00'))
  expect(await archive.visits.get(KEY)).not.toHaveProperty('foldedIds')
})

test('of more folded branches than are remembered, the first are forgotten', async () => {
  const ids = Array.from({ length: 5001 }, (_, index) => String(index))
  await noteFoldedBranches(archive, KEY, ids)
  expect(await findFoldedBranches(archive, KEY)).toEqual(ids.slice(1))
  expect(await findFoldedBranches(archive, 'another')).toEqual([])
})
