import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countFacets, filterThreads } from '../../../../core/library/filter-threads.ts'
import { sortThreads } from '../../../../core/library/sort-threads.ts'
import type { ThreadSummary } from '../../../../core/library/summary.ts'
import {
  defaultView,
  hasFilters,
  libraryHash,
  noFilters,
  parseLibraryHash,
  SORTS,
} from '../../../../core/library/view.ts'
import { foldLine } from '../../../../core/search/fold-text.ts'

const time = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()

function summary(key: string, more: Partial<ThreadSummary> = {}): ThreadSummary {
  const title = more.title ?? key
  return {
    ...{ key, title, foldedTitle: foldLine(title), host: 'bbs.example.org', boardKey: '', pagesRead: 1, postCount: 1 },
    ...{ characters: 1, words: 0, bytes: 1, incomplete: false, lastReadAt: time(0), recentAt: time(0) },
    ...{ unreadPosts: 0, goneCount: 0, tags: [] },
    ...more,
  }
}

const keysOf = (threads: readonly ThreadSummary[]) => threads.map(({ key }) => key)

const anySummary = fc
  .record({
    key: fc.uuid(),
    title: fc.constantFrom('', '甲', '乙', '阿', '10', '9', 'Ａ'),
    minute: fc.nat(3),
    name: fc.constantFrom('a', 'b', undefined),
    saved: fc.constantFrom(time(1), time(2), undefined),
    postCount: fc.nat(3),
    repliedAt: fc.constantFrom(1, 2, undefined),
    tags: fc.subarray(['x', 'y']),
    unreadPosts: fc.nat(1),
  })
  .map(({ key, title, minute, name, saved, postCount, repliedAt, tags, unreadPosts }) =>
    summary(key, {
      ...{ title, recentAt: time(minute), postCount, tags, unreadPosts, bytes: postCount },
      ...(name && { author: { username: name }, board: { id: name }, boardKey: `s/h/${name}` }),
      ...(saved && { savedAt: saved }),
      ...(repliedAt && { repliedAt }),
    }),
  )
const manySummaries = fc.uniqueArray(anySummary, { selector: ({ key }) => key, maxLength: 30 })

describe('sorting', () => {
  test('titles by pinyin, numbers as numbers, none last in either direction', () => {
    const threads = ['乙', '', '甲', '第10楼', '第9楼', '阿'].map((title, index) => summary(`k${index}`, { title }))
    const titlesOf = (isDescending: boolean) =>
      sortThreads(threads, { sort: 'title', isDescending }).map(({ title }) => title)
    expect(titlesOf(false)).toEqual(['阿', '第9楼', '第10楼', '甲', '乙', ''])
    expect(titlesOf(true)).toEqual(['乙', '甲', '第10楼', '第9楼', '阿', ''])
  })

  test('any order loses and doubles nothing, and does not hang on the order before', () => {
    fc.assert(
      fc.property(manySummaries, fc.constantFrom(...SORTS), fc.boolean(), (threads, sort, isDescending) => {
        const sorted = sortThreads(threads, { sort, isDescending })
        expect(keysOf(sorted).toSorted()).toEqual(keysOf(threads).toSorted())
        expect(keysOf(sortThreads(threads.toReversed(), { sort, isDescending }))).toEqual(keysOf(sorted))
        expect(keysOf(sortThreads(sorted, { sort, isDescending }))).toEqual(keysOf(sorted))
      }),
    )
  })
})

describe('filtering', () => {
  const threads = [
    summary('a', { title: '北大 未名 BBS', savedAt: time(1), tags: ['读'], unreadPosts: 2, host: 'bbs.pku.edu.cn' }),
    summary('b', { title: 'ＢＢＳ的历史', author: { username: 'zoea' }, incomplete: true, boardKey: 's/h/22' }),
    summary('c', { title: '闲聊', tags: ['读', '笑'], goneCount: 1 }),
  ]

  test.each([
    [{}, ['a', 'b', 'c']],
    [{ keep: 'saved' }, ['a']],
    [{ keep: 'cached' }, ['b', 'c']],
    [{ title: 'bbs' }, ['a', 'b']],
    [{ title: '  未名  北大 ' }, ['a']],
    [{ tag: '读' }, ['a', 'c']],
    [{ tag: '读', gone: true }, ['c']],
    [{ unread: true }, ['a']],
    [{ incomplete: true }, ['b']],
    [{ author: 'zoea' }, ['b']],
    [{ board: 's/h/22' }, ['b']],
    [{ site: 'bbs.pku.edu.cn' }, ['a']],
    [{ site: '', board: '', author: '', tag: '' }, ['a', 'b', 'c']],
    [{ title: 'no such' }, []],
  ] as const)('%j lets through %j', (filters, keys) => {
    expect(keysOf(filterThreads(threads, { ...noFilters(), ...filters }))).toEqual(keys)
  })

  test('each facet has as many threads as it says', () => {
    fc.assert(
      fc.property(manySummaries, (many) => {
        const facets = countFacets(many)
        const count = (filters: object) => filterThreads(many, { ...noFilters(), ...filters }).length
        for (const { value, count: told } of facets.tags) expect(count({ tag: value })).toBe(told)
        for (const { value, count: told } of facets.boards) expect(count({ board: value })).toBe(told)
        for (const { value, count: told } of facets.authors) expect(count({ author: value })).toBe(told)
        expect([count({ keep: 'saved' }), count({ keep: 'cached' })]).toEqual([facets.saved, facets.cached])
        expect(count({ unread: true })).toBe(facets.unread)
      }),
    )
  })
})

describe('the view in the address', () => {
  const text = fc.string({ maxLength: 40 })
  const anyView = fc.record({
    sort: fc.constantFrom(...SORTS),
    isDescending: fc.boolean(),
    keep: fc.constantFrom('all' as const, 'saved' as const, 'cached' as const),
    ...{ unread: fc.boolean(), incomplete: fc.boolean(), gone: fc.boolean() },
    ...{ title: text, board: text, site: text, author: text, tag: text },
  })

  test('comes back as it went in', () => {
    fc.assert(
      fc.property(anyView, ({ board, site, author, tag, ...rest }) => {
        const names = Object.entries({ board, site, author, tag }).filter(([, value]) => value)
        const title = rest.title.trim() ? rest.title : ''
        const view = { ...rest, title, ...Object.fromEntries(names) }
        expect(parseLibraryHash(libraryHash(view))).toEqual(view)
      }),
    )
  })

  test('is empty for the default, and keeps what is not its own', () => {
    expect(libraryHash(defaultView())).toBe('')
    expect(libraryHash({ ...defaultView(), unread: true }, '#q=words&tag=old')).toBe('#q=words&unread=1')
    expect(libraryHash(defaultView(), '#import-problem/not-a-dump/1')).toBe('')
  })

  test.each(['', '#', '#import-problem/not-a-dump/1', '#sort=constructor&keep=__proto__&unread=yes', '#%%%&=&sort'])(
    '%j shows the default',
    (hash) => expect(parseLibraryHash(hash)).toEqual(defaultView()),
  )

  test('a hostile address is cut short', () => {
    expect(parseLibraryHash(`#tag=${'x'.repeat(100_000)}`).tag).toHaveLength(300)
    expect(hasFilters(parseLibraryHash('#tag=x'))).toBe(true)
  })
})
