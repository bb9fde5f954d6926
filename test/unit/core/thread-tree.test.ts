import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderTree, placeFirstPosts } from '../../../core/thread-tree.ts'

/** `a>b`: b hangs under a; in the order written. */
function posts(...lines: string[]): { id: string; parentId?: string }[] {
  return lines.map((line) => {
    const [above, id] = line.includes('>') ? line.split('>') : [undefined, line]
    return { id: id!, ...(above === undefined ? {} : { parentId: above }) }
  })
}

/** `b·1+2`: b, one deep, with two below it. */
function shape(...lines: string[]): string[] {
  const given = posts(...lines)
  return orderTree(given).map(({ index, depth, replies }) => `${given[index]!.id}·${depth}+${replies}`)
}

const anyPosts = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.option(fc.integer({ min: 0, max: 35 }), { nil: undefined })), {
    maxLength: 60,
  })
  .map((pairs) =>
    pairs.map(([id, parent]) => ({ id: String(id), ...(parent === undefined ? {} : { parentId: String(parent) }) })),
  )

describe('tree order', () => {
  test('a flat thread stays as it is', () => {
    expect(shape('a', 'b', 'c')).toEqual(['a·0+0', 'b·0+0', 'c·0+0'])
    expect(shape()).toEqual([])
  })

  test('answers stand below what they answer, brothers in their order', () => {
    expect(shape('a', 'b', 'a>c', 'c>d', 'a>e', 'b>f')).toEqual(['a·0+3', 'c·1+1', 'd·2+0', 'e·1+0', 'b·0+1', 'f·1+0'])
  })

  test('a parent that comes later, or never', () => {
    expect(shape('a>b', 'gone>c', 'a', 'c>d')).toEqual(['c·0+1', 'd·1+0', 'a·0+1', 'b·1+0'])
  })

  test('circles are cut at their first post', () => {
    expect(shape('x', 'c>a', 'a>b', 'b>c', 'c>d')).toEqual(['x·0+0', 'a·0+3', 'b·1+2', 'c·2+1', 'd·3+0'])
    expect(shape('a>a')).toEqual(['a·0+0'])
  })

  test('each post is there once, below its parent, with all of its branch right behind it', () => {
    fc.assert(
      fc.property(anyPosts, (given) => {
        const places = orderTree(given)
        expect(places.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(given.map((_, index) => index))
        for (const [at, { depth, parent, replies, hasReplies }] of places.entries()) {
          const branch = places.slice(at + 1, at + 1 + replies!)
          expect(branch).toHaveLength(replies!)
          expect(branch.every((place) => place.depth > depth)).toBe(true)
          expect((places[at + 1 + replies!]?.depth ?? 0) <= depth).toBe(true)
          expect(hasReplies).toBe(replies! > 0)
          const above = places.findLast((place, index) => index < at && place.depth < depth)
          expect(above?.index).toBe(parent)
          if (parent !== undefined) expect(given[parent]!.id).toBe(given[places[at]!.index]!.parentId)
        }
      }),
    )
  })

  test('five thousand deep, a hundred thousand wide, and one great circle take no time', () => {
    const chain = Array.from({ length: 5000 }, (_, index) => ({ id: String(index), parentId: String(index - 1) }))
    expect(orderTree(chain).at(-1)).toMatchObject({ depth: 4999, replies: 0 })
    const started = performance.now()
    const wide = Array.from({ length: 100_000 }, (_, index) => ({ id: String(index), parentId: '0' }))
    expect(orderTree(wide)[0]).toMatchObject({ replies: 99_999 })
    const circle = Array.from({ length: 100_000 }, (_, index) => ({
      id: String(index),
      parentId: String((index + 1) % 100_000),
    }))
    expect(orderTree(circle)).toHaveLength(100_000)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('posts that come bit by bit', () => {
  const first = (count: number, ...lines: string[]) =>
    placeFirstPosts(posts(...lines), count).map(({ depth, hasReplies }) => `${depth}${hasReplies ? '+' : ''}`)

  test('stand at once as long as each hangs under the one before it or above that', () => {
    expect(first(6, 'a', 'a>b', 'b>c', 'a>d', 'e', 'f')).toEqual(['0+', '1+', '2', '1', '0'])
    expect(first(3, 'a', 'a>b', 'b>c', 'a>d')).toEqual(['0+', '1+'])
    expect(first(0)).toEqual([])
  })

  test('wait for all from the first whose place is not known', () => {
    expect(first(5, 'a', 'b', 'a>c', 'd', 'e')).toEqual(['0'])
    expect(first(4, 'a', 'b', 'later>c', 'd')).toEqual(['0'])
    expect(first(3, 'a', 'b>b', 'c')).toEqual([])
  })

  test('what stands at once stands there in the end too, in a thread that is stored in tree order', () => {
    fc.assert(
      fc.property(anyPosts, fc.nat(60), (given, nat) => {
        const unique = given.filter(({ id }, index) => given.findIndex((other) => other.id === id) === index)
        const ordered = orderTree(unique).map(({ index, parent }) => ({
          id: unique[index]!.id,
          ...(parent === undefined ? {} : { parentId: unique[parent]!.id }),
        }))
        const count = Math.min(nat, ordered.length)
        const places = placeFirstPosts(ordered, count)
        expect(places).toHaveLength(Math.max(0, count - 1))
        const whole = orderTree(ordered).slice(0, places.length)
        expect(places).toEqual(whole.map((place) => ({ ...place, replies: undefined, hasReplies: expect.anything() })))
        for (const [at, { hasReplies }] of places.entries()) expect(hasReplies).toBe(whole[at]!.hasReplies)
      }),
    )
  })
})
