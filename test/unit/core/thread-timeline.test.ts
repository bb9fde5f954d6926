import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildTimeline, isBar } from '../../../core/thread-timeline.ts'

const posts = (times: readonly (string | undefined)[]) =>
  times.map((postedAt, index) => ({ id: String(index), postedAt }))

/** `2020-04-14:2`: two posts; `~30`: a gap of thirty days; `.`: an empty bar. */
function draw(...times: (string | undefined)[]): string {
  const timeline = buildTimeline(posts(times))!
  const parts = timeline.parts.map((part) =>
    isBar(part) ? `${part.start}:${part.count}` : 'days' in part ? `~${part.days}` : '.',
  )
  return `${timeline.unit} ${parts.join(' ')}`
}

const day = (index: number) => new Date(Date.UTC(2020, 0, 1) + index * 86_400_000).toISOString().slice(0, 10)

describe('spans by the length of the thread', () => {
  test('a day or two by hours, every one of them', () => {
    expect(draw('2020-04-14T22:27:34+08:00', '2020-04-14T22:59:00+08:00', '2020-04-15T01:00:00+08:00')).toBe(
      'hour 2020-04-14T22:2 . . 2020-04-15T01:1',
    )
  })

  test('days where the hour is not told, or there are more', () => {
    expect(draw('2020-04-14', '2020-04-14T05:00:00Z')).toBe('day 2020-04-14:2')
    expect(draw('2020-04-14T00:00:00', '2020-04-16T12:00:00')).toBe('day 2020-04-14:1 . 2020-04-16:1')
  })

  test('a thread that woke up after years keeps its days, and says how long it slept', () => {
    expect(draw('2014-03-01', '2014-03-02', '2014-03-04', '2024-03-04', '2024-03-05')).toBe(
      'day 2014-03-01:1 2014-03-02:1 . 2014-03-04:1 ~3652 2024-03-04:1 2024-03-05:1',
    )
  })

  test.each([
    ['week', 100],
    ['week', 400],
    ['month', 500],
    ['quarter', 2500],
    ['year', 9000],
    ['years', 40_000],
    ['years', 400_000],
  ])('%s for a post each day of %s days', (unit, days) => {
    const timeline = buildTimeline(posts(Array.from({ length: days }, (_, index) => day(index))))!
    expect(timeline.unit).toBe(unit)
    expect(timeline.parts.every(isBar)).toBe(true)
    expect(timeline.parts.length).toBeGreaterThan(9)
  })

  test('weeks begin on Monday; each span ends where the next begins', () => {
    const timeline = buildTimeline(posts(Array.from({ length: 100 }, (_, index) => day(index))))!
    const bars = timeline.parts.filter(isBar)
    for (const { start } of bars) expect(new Date(start).getUTCDay()).toBe(1)
    for (const [index, { start }] of bars.slice(1).entries()) expect(bars[index]!.end).toBe(start)
  })
})

test('a span leads to its first post in the order of the thread', () => {
  const timeline = buildTimeline([
    { id: 'b', postedAt: '2020-04-14T12:00:00' },
    { id: 'a', postedAt: '2020-04-14T12:30:00' },
    { id: 'c', postedAt: '2020-04-14T12:10:00' },
  ])!
  expect(timeline.parts).toEqual([{ start: '2020-04-14T12', end: '2020-04-14T13', count: 3, firstPostId: 'b' }])
})

test('posts without a time are counted; a thread without any has no timeline', () => {
  expect(buildTimeline(posts([undefined, '2020-04-14', 'gestern', '12020-01-01']))).toMatchObject({ undated: 3 })
  expect(buildTimeline(posts([undefined, '']))).toBeUndefined()
  expect(buildTimeline([])).toBeUndefined()
})

test('whatever the times are, every post is in one bar, and there are no more bars than can be drawn', () => {
  const time = fc.oneof(
    fc
      .date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    fc
      .date({ min: new Date('2024-01-01'), max: new Date('2024-02-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    fc.constantFrom(undefined, '2024-99-99', '9999-12-31T23:59', '0000-01-01', '2024-00-00', 'x'),
  )
  fc.assert(
    fc.property(fc.array(time, { maxLength: 200 }), (times) => {
      const timeline = buildTimeline(posts(times))
      if (!timeline) return times.every((each) => !each || !/^\d{4}-[01]\d/.test(each) || /-99|-00|^0000/.test(each))
      const bars = timeline.parts.filter(isBar)
      expect(bars.reduce((sum, { count }) => sum + count, timeline.undated)).toBe(times.length)
      expect(timeline.parts.length).toBeLessThanOrEqual(60)
      expect(bars.map(({ start }) => start)).toEqual(bars.map(({ start }) => start).toSorted())
      for (const { start, end } of bars) expect(start < end || end.startsWith('10000')).toBe(true)
      expect(isBar(timeline.parts[0]!) && isBar(timeline.parts.at(-1)!)).toBe(true)
      return true
    }),
  )
})
