import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeThread } from '../../../archive/merge.ts'
import { omit } from '../../../archive/plain-value.ts'
import type { ArchivedThread, Reading } from '../../../archive/records.ts'
import type { Thread } from '../../../core/thread.ts'
import { dumpRead, pageRead, postOf, threadOf } from './sample-thread.ts'
import { threadHistory } from './thread-history.ts'

function mergeAll(...readings: [Thread, Reading][]): ArchivedThread {
  return readings.reduce<ArchivedThread | undefined>(
    (sofar, [thread, at]) => mergeThread(sofar, thread, at),
    undefined,
  )!
}

const idsOf = (thread: ArchivedThread) => thread.posts.map(({ post }) => post.id)

describe('any history of readings', () => {
  test('gives the order of the forum, loses nothing and invents no edit', () => {
    fc.assert(
      fc.property(threadHistory, ({ readings, order }) => {
        const merged = mergeAll(...readings.map(({ thread, reading }): [Thread, Reading] => [thread, reading]))
        expect(idsOf(merged)).toEqual(order)
        expect(merged.posts.every(({ versions }) => versions === undefined)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('gives the same thread in whatever order the readings come', () => {
    const shuffled = threadHistory.chain(({ readings }) =>
      fc.tuple(fc.constant(readings), fc.shuffledSubarray(readings, { minLength: readings.length })),
    )
    fc.assert(
      fc.property(shuffled, ([readings, others]) => {
        const merge = (list: typeof readings) =>
          mergeAll(...list.map(({ thread, reading }): [Thread, Reading] => [thread, reading]))
        expect(merge(others)).toEqual(merge(readings))
      }),
      { numRuns: 400 },
    )
  })

  test('is not changed by merging a reading again', () => {
    fc.assert(
      fc.property(threadHistory, fc.nat(), ({ readings }, pick) => {
        const merged = mergeAll(...readings.map(({ thread, reading }): [Thread, Reading] => [thread, reading]))
        const again = readings[pick % readings.length]!
        expect(mergeThread(merged, again.thread, again.reading)).toEqual(merged)
      }),
      { numRuns: 200 },
    )
  })
})

describe('order', () => {
  test('page 3 before page 1, with gaps in the floors', () => {
    const page1 = threadOf([postOf('a', { floor: 1 }), postOf('b', { floor: 4 })])
    const page3 = threadOf([postOf('x', { floor: 41 }), postOf('y', { floor: 43 })])
    expect(idsOf(mergeAll([page3, pageRead(3)], [page1, pageRead(1)]))).toEqual(['a', 'b', 'x', 'y'])
  })

  test('a page whose floors were numbered anew after a deletion', () => {
    const before = threadOf([1, 2, 3, 4, 5].map((n) => postOf(`p${n}`, { floor: n })))
    const after = threadOf([postOf('p1', { floor: 1 }), postOf('p4', { floor: 2 }), postOf('p5', { floor: 3 })])
    const merged = mergeAll([before, pageRead(1, 0)], [after, pageRead(1, 1)])
    expect(idsOf(merged)).toEqual(['p1', 'p2', 'p3', 'p4', 'p5'])
  })

  test('newest first, or one post pinned above the others', () => {
    const reversed = threadOf([3, 2, 1].map((n) => postOf(`p${n}`, { floor: n })))
    const pinned = threadOf([1, 57, 2].map((n) => postOf(`p${n}`, { floor: n })))
    expect(idsOf(mergeAll([reversed, pageRead(1)]))).toEqual(['p1', 'p2', 'p3'])
    expect(idsOf(mergeAll([reversed, pageRead(1)], [pinned, pageRead(1, 1)]))).toEqual(['p1', 'p2', 'p3', 'p57'])
  })

  test('sorted by votes: the latest reading is right, what it lacks stays near its neighbours', () => {
    const first = threadOf(['a', 'b', 'c', 'd', 'e'].map((id) => postOf(id)))
    const second = threadOf(['d', 'a', 'b', 'e', 'f'].map((id) => postOf(id)))
    const merged = mergeAll([first, pageRead(1, 0)], [second, pageRead(1, 1)])
    expect(idsOf(merged)).toEqual(['d', 'a', 'b', 'c', 'e', 'f'])
  })

  test('a post twice on one page stands once', () => {
    const page = threadOf([postOf('a'), postOf('b'), postOf('a')])
    expect(idsOf(mergeAll([page, pageRead(1)]))).toEqual(['a', 'b'])
  })

  test('ids too long for a number, and ids that are names of object parts', () => {
    const early = threadOf([postOf('9007199254740993'), postOf('9007199254740995')])
    const late = threadOf([postOf('9007199254740994')])
    const odd = threadOf([postOf('__proto__'), postOf('constructor')])
    expect(idsOf(mergeAll([early, dumpRead(0)], [late, dumpRead(1)]))).toEqual(
      ['3', '4', '5'].map((end) => `900719925474099${end}`),
    )
    expect(idsOf(mergeAll([odd, dumpRead()], [odd, dumpRead()]))).toEqual(['__proto__', 'constructor'])
  })
})

describe('fields', () => {
  test('what a later reading does not tell stays', () => {
    const full = threadOf([postOf('a')], {
      board: { id: '22', name: '中文名' },
      author: { username: 'ZOEA', nickname: '蟹' },
      createdAt: '2020-04-14T22:27:34+08:00',
      pageCount: 3,
    })
    const poor = threadOf([postOf('b')], { title: '', url: '', board: { id: '22' }, author: { username: 'ZOEA' } })
    const fields = omit(full, 'posts')
    expect(mergeAll([full, pageRead(1, 0)], [poor, pageRead(2, 1)]).fields).toEqual(fields)
    expect(mergeAll([poor, pageRead(2, 0)], [full, pageRead(1, 1)]).fields).toEqual(fields)
  })

  test('undefined written out erases nothing', () => {
    const full = threadOf([postOf('a', { floor: 1 })], { pageCount: 3 })
    const hollow = threadOf([{ ...postOf('a'), floor: undefined } as never], { pageCount: undefined } as never)
    const merged = mergeAll([full, pageRead(1, 0)], [hollow, pageRead(1, 1)])
    expect(merged.fields.pageCount).toBe(3)
    expect(merged.posts[0]!.post.floor).toBe(1)
  })

  test('the forum renames, a dump does not', () => {
    const named = (title: string) => threadOf([postOf('a')], { title })
    const merged = mergeAll([named('旧'), pageRead(1, 0)], [named('新'), pageRead(1, 1)], [named('更旧'), dumpRead(2)])
    expect(merged.fields.title).toBe('新')
  })
})
