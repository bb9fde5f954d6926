// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { PostGroups } from '../../../../entrypoints/reader/post-groups.ts'
import { PostSlices } from '../../../../entrypoints/reader/post-slices.ts'

function start(build: (item: number) => number = (item) => item) {
  const appended: number[] = []
  const told: [number, boolean][] = []
  const controller = new AbortController()
  const slices = new PostSlices<number, number>({
    build,
    append: (built) => appended.push(...built),
    onSlice: (count, isLast) => told.push([count, isLast]),
    signal: controller.signal,
  })
  return { appended, told, controller, slices }
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Takes so long that few items fit into one slice. */
function buildSlowly(item: number): number {
  const end = performance.now() + 15
  while (performance.now() < end);
  return item
}

test('the first items stand there at once, all of them later, in order', async () => {
  const { appended, told, slices } = start(buildSlowly)
  slices.give(numbers(12), 12)
  expect(appended.length).toBeGreaterThan(0)
  expect(appended.length).toBeLessThan(12)
  await expect.poll(() => appended).toEqual(numbers(12))
  expect(told.at(-1)).toEqual([12, true])
  expect(told.slice(0, -1).every(([, isLast]) => !isLast)).toBe(true)
})

test('items that become ready later follow, none twice', async () => {
  const { appended, slices } = start()
  slices.give(numbers(30), 10)
  slices.give(numbers(30), 30)
  await expect.poll(() => appended).toEqual(numbers(30))
})

test('is told when nothing is left, also when nothing came', () => {
  const { told, slices } = start()
  slices.give([], 0)
  expect(told).toEqual([[0, true]])
})

test('appends nothing after its page was left', () => {
  const { appended, controller, slices } = start()
  controller.abort()
  slices.give(numbers(3), 3)
  expect(appended).toEqual([])
})

test('groups hold all posts in order, and guess the height of what they hold', () => {
  const list = document.createElement('div')
  const groups = new PostGroups(list)
  const posts = numbers(95).map((id) => Object.assign(document.createElement('p'), { id: String(id) }))
  groups.append(posts.slice(0, 50).map((element) => ({ element, height: 10 })))
  groups.append(posts.slice(50).map((element) => ({ element, height: 10 })))
  expect([...list.querySelectorAll('p')].map(({ id }) => Number(id))).toEqual(numbers(95))
  const groupSizes = [...list.children].map(({ childElementCount }) => childElementCount)
  expect(groupSizes.reduce((sum, size) => sum + size)).toBe(95)
  expect(list.children.length).toBeGreaterThan(1)
})
