import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Archive } from '../../../archive/database.ts'
import { changeTagsOf, mergeTags } from '../../../archive/merge-tags.ts'
import { markOpened, markSaved } from '../../../archive/mark-threads.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import { deleteTag, renameTag, tagThreads } from '../../../archive/tag-threads.ts'
import { LONGEST_TAG, MOST_TAGS, parseTag, parseTags } from '../../../core/library/tags.ts'
import { dumpRead, newArchive, pageRead, postOf, threadOf, timeAt } from './sample-thread.ts'

async function store(archive: Archive, ...keys: string[]): Promise<void> {
  for (const key of keys) await storeThread(archive, threadOf([postOf('1')], { key }), pageRead(1))
}

const tagsOf = async (archive: Archive) => (await archive.threads.toArray()).map(({ tags }) => tags)

describe('what is a tag', () => {
  test.each([
    ['  北大  未名 ', '北大 未名'],
    ['e\u0301', 'é'],
    ['a\u202eb\u0000c', 'abc'],
    ['长'.repeat(LONGEST_TAG), '长'.repeat(LONGEST_TAG)],
    ['__proto__', '__proto__'],
  ])('%j is kept as %j', (typed, kept) => expect(parseTag(typed)).toBe(kept))

  test.each([[''], ['  '], ['\u200b\u202e'], ['长'.repeat(LONGEST_TAG + 1)], [7], [null]])('%j is none', (value) =>
    expect(parseTag(value)).toBeUndefined(),
  )

  test('a line is parted by commas of any script', () => {
    expect(parseTags('读, 写，读、 ;算')).toEqual(['读', '写', '算'])
  })

  test('what is kept is a tag again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const tag = parseTag(text)
        return tag === undefined || parseTag(tag) === tag
      }),
    )
  })
})

describe('tags of threads', () => {
  test('are given and taken, many at once, each once', async () => {
    const archive = newArchive()
    await store(archive, 'a', 'b')
    const at = timeAt(1)
    expect(await tagThreads(archive, ['a', 'b', 'nothing'], { add: [' 好 ', '好', ''] }, { at })).toEqual({
      changed: 2,
      full: 0,
    })
    expect(await tagThreads(archive, ['a'], { add: ['读'], remove: ['好'] }, { at: timeAt(2) })).toEqual({
      changed: 1,
      full: 0,
    })
    expect(await tagsOf(archive)).toEqual([['读'], ['好']])
    expect((await tagThreads(archive, ['a'], { add: ['读'] }, { at: timeAt(3) })).changed).toBe(0)
  })

  test('a thread has no more than it may have, and keeps those it had', async () => {
    const archive = newArchive()
    await store(archive, 'a')
    const many = Array.from({ length: MOST_TAGS }, (_, index) => `tag ${index}`)
    await tagThreads(archive, ['a'], { add: many }, { at: timeAt(1) })
    expect(await tagThreads(archive, ['a'], { add: ['more'] }, { at: timeAt(2) })).toEqual({ changed: 0, full: 1 })
    expect(await tagsOf(archive)).toEqual([many])
  })

  test('are renamed, joined and deleted everywhere', async () => {
    const archive = newArchive()
    await store(archive, 'a', 'b', 'c')
    await tagThreads(archive, ['a', 'b'], { add: ['旧'] }, { at: timeAt(1) })
    await tagThreads(archive, ['b', 'c'], { add: ['新'] }, { at: timeAt(1) })
    expect(await renameTag(archive, '旧', ' 新 ', timeAt(2))).toBe(2)
    expect(await tagsOf(archive)).toEqual([['新'], ['新'], ['新']])
    await expect(renameTag(archive, '新', '  ', timeAt(3))).rejects.toThrow(RangeError)
    expect(await deleteTag(archive, '新', timeAt(4))).toBe(3)
    expect(await tagsOf(archive)).toEqual([[], [], []])
  })

  test('a removal stays one when an older copy comes back', () => {
    const backup = { tags: ['甲', '乙'] }
    const here = changeTagsOf(backup, { remove: ['乙'] }, timeAt(1))
    expect(mergeTags(here, backup).tags).toEqual(['甲'])
    const again = changeTagsOf(here, { add: ['乙'] }, timeAt(2))
    expect(mergeTags(here, again).tags).toEqual(['甲', '乙'])
  })

  test('merge the same from either side, and again', () => {
    const change = fc.record({ tag: fc.constantFrom('a', 'b', '__proto__'), at: fc.nat(5), isRemoval: fc.boolean() })
    const history = fc
      .array(change, { maxLength: 6 })
      .map((changes) =>
        changes
          .sort((a, b) => a.at - b.at)
          .reduce(
            (tagged, { tag, at, isRemoval }, index) =>
              changeTagsOf(tagged, isRemoval ? { remove: [tag] } : { add: [tag] }, timeAt(at * 10 + index)),
            { tags: [] as string[] },
          ),
      )
    fc.assert(
      fc.property(history, history, (a, b) => {
        const merged = mergeTags(a, b)
        expect(new Set(mergeTags(b, a).tags)).toEqual(new Set(merged.tags))
        expect(mergeTags(merged, b)).toEqual(merged)
        expect(mergeTags(a, a)).toEqual(a)
      }),
    )
  })
})

describe('saved and opened', () => {
  test('saving keeps the first time, and can be taken back', async () => {
    const archive = newArchive()
    await store(archive, 'a', 'b')
    expect(await markSaved(archive, ['a', 'b'], timeAt(1))).toBe(2)
    expect(await markSaved(archive, ['a'], timeAt(2))).toBe(0)
    expect(await markSaved(archive, ['b'], undefined)).toBe(1)
    expect((await archive.threads.toArray()).map(({ savedAt }) => savedAt)).toEqual([timeAt(1), undefined])
  })

  test('posts that come after the thread was opened are unread until it is opened again', async () => {
    const archive = newArchive()
    const read = (ids: string[], minute: number, opened: boolean) =>
      storeThread(archive, threadOf(ids.map((id) => postOf(id))), { ...pageRead(1, minute), opened })
    const unread = async () => (await archive.threads.toArray()).map(({ unreadPosts }) => unreadPosts)
    await read(['1'], 0, true)
    expect(await unread()).toEqual([0])
    await read(['1', '2', '3'], 1, false)
    await read(['3', '4'], 2, false)
    expect(await unread()).toEqual([3])
    const { key } = (await archive.threads.toCollection().first())!
    await markOpened(archive, key, timeAt(3))
    expect(await unread()).toEqual([0])
    expect(await archive.threads.get(key)).toMatchObject({ lastOpenedAt: timeAt(3), recentAt: timeAt(3) })
    await read(['5'], 4, false)
    await read(['6'], 5, true)
    expect(await unread()).toEqual([0])
  })

  test('all of an imported thread is unread', async () => {
    const archive = newArchive()
    await storeThread(archive, threadOf([postOf('1'), postOf('2')]), dumpRead())
    expect((await archive.threads.toArray())[0]).toMatchObject({ unreadPosts: 2, goneCount: 0, recentAt: timeAt(0) })
  })
})
