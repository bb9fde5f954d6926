import { expect, test } from 'vitest'
import type { PostRecord } from '../../../../archive/records.ts'
import { TreeOrder } from '../../../../entrypoints/reader/tree-order.ts'

/** `a>b`: b hangs under a. */
function records(...lines: string[]): PostRecord[] {
  return lines.map((line) => {
    const [above, id] = line.includes('>') ? line.split('>') : [undefined, line]
    return { id: id!, post: { id: id!, ...(above === undefined ? {} : { parentId: above }) } } as PostRecord
  })
}

const shown = (order: TreeOrder) =>
  order.posts.map(({ record, place, parent }) => `${parent?.id ?? ''}>${record.id}+${place.replies ?? '?'}`)

test('posts are given out while they are read, and know in the end how many hang under them', () => {
  const all = records('a', 'a>b', 'c', 'c>d')
  const order = new TreeOrder()
  expect(order.take(all, 3, false)).toBe(true)
  expect(shown(order)).toEqual(['>a+?', 'a>b+?'])
  expect(order.isTree).toBe(true)
  expect(order.take(all, 4, true)).toBe(true)
  expect(shown(order)).toEqual(['>a+1', 'a>b+0', '>c+1', 'c>d+0'])
})

test('a late answer to what stands already has all begin anew; one to what does not stand has not', () => {
  const all = records('a', 'b', 'c', 'd', 'a>late')
  const early = new TreeOrder()
  early.take(all, 4, false)
  expect(early.take(all, 5, true)).toBe(false)
  const first = new TreeOrder()
  first.take(all, 2, false)
  expect(shown(first)).toEqual(['>a+?'])
  expect(first.take(all, 5, true)).toBe(true)
  expect(shown(first)).toEqual(['>a+1', 'a>late+0', '>b+0', '>c+0', '>d+0'])
})

test('a flat thread is no tree', () => {
  const order = new TreeOrder()
  order.take(records('a', 'b'), 2, true)
  expect(order.isTree).toBe(false)
})
