import { describe, expect, test } from 'vitest'
import {
  countPending,
  nextPage,
  planAfterFailure,
  planAfterPage,
  planAgain,
  planAll,
  planRetry,
} from '../../../archive/save-plan.ts'
import type { Joint, PageEdges, SavePlan } from '../../../archive/save-plan.ts'

/** A forum that shows some floors, so many a page. */
const forumOf = (floors: readonly number[], size = 4) => ({
  pageCount: Math.max(1, Math.ceil(floors.length / size)),
  edges: (page: number): PageEdges => {
    const shown = floors.slice((page - 1) * size, page * size)
    const [first, last] = [shown[0]!, shown.at(-1)!]
    return { page, firstId: `p${first}`, lastId: `p${last}`, firstFloor: first, lastFloor: last }
  },
  shown: (page: number) => floors.slice((page - 1) * size, page * size),
})

const count = (to: number) => Array.from({ length: to }, (_, index) => index + 1)

/** Runs a plan to its end on a forum that `change` may alter before each page; gives the pages asked and the floors seen. */
function run(plan: SavePlan, floorsAt: (asked: number) => readonly number[]) {
  const asked: number[] = []
  const seen = new Set<number>()
  const joints: Joint[] = []
  for (let page = nextPage(plan); page !== undefined && asked.length < 200; page = nextPage(plan)) {
    const forum = forumOf(floorsAt(asked.length))
    const real = Math.min(page, forum.pageCount)
    asked.push(page)
    for (const floor of forum.shown(real)) seen.add(floor)
    const after = planAfterPage(plan, { edges: forum.edges(real), pageCount: forum.pageCount })
    if (after.joint) joints.push(after.joint)
    plan = after.plan
  }
  return { asked, seen, joints, plan }
}

describe('a first save', () => {
  test('asks for every page once, in order', () => {
    const { asked, seen, plan } = run(planAll(), () => count(18))
    expect(asked).toEqual([1, 2, 3, 4, 5])
    expect(seen.size).toBe(18)
    expect(countPending(plan)).toBe(0)
  })

  test('looks back once where floors do not meet, and knows then that they were deleted', () => {
    const { asked, joints } = run(planAll(), () => count(18).filter((floor) => floor !== 5))
    expect(asked).toEqual([1, 2, 1, 3, 4, 5])
    expect(joints).toEqual([{ beforeId: 'p4', afterId: 'p6', gap: { from: 5, to: 5 } }])
  })

  test('misses nothing when posts are deleted while it runs, however many', () => {
    const lost = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    const { seen } = run(planAll(), (asked) =>
      asked < 4 ? count(40) : count(40).filter((floor) => !lost.includes(floor)),
    )
    expect([...count(40)].filter((floor) => !seen.has(floor) && !lost.includes(floor))).toEqual([])
  })

  test('follows a thread that grows, and reads the page again that was the last one', () => {
    const { asked, seen } = run(planAll(), (done) => count(done < 5 ? 18 : 23))
    expect(asked).toEqual([1, 2, 3, 4, 5])
    expect(seen.size).toBe(18)
    const later = run(
      planRetry({
        ...planAll(),
        done: [
          { from: 1, to: 2 },
          { from: 5, to: 5 },
        ],
        pageCount: 5,
      }),
      () => count(30),
    )
    expect(later.asked).toEqual([3, 4, 5, 6, 7, 8])
  })

  test('ends where the thread has become shorter', () => {
    const { asked, plan } = run(planAll(), (done) => count(done < 2 ? 18 : 10))
    expect(asked.length).toBeLessThan(8)
    expect(plan.pageCount).toBe(3)
    expect(nextPage(plan)).toBeUndefined()
  })
})

describe('saving again', () => {
  const saved = run(planAll(), () => count(18)).plan

  test('asks for the last page, and those that are new', () => {
    expect(run(planAgain(saved, []), () => count(18)).asked).toEqual([5])
    expect(run(planAgain(saved, []), () => count(30)).asked).toEqual([5, 6, 7, 8])
  })

  test('asks for pages whose posts were young', () => {
    expect(run(planAgain(saved, [{ from: 3, to: 4 }]), () => count(18)).asked).toEqual([3, 4, 5])
  })

  test('asks for all pages when posts have moved', () => {
    const { asked } = run(planAgain(saved, []), () => count(18).filter((floor) => floor !== 3))
    expect(new Set(asked)).toEqual(new Set([1, 2, 3, 4, 5]))
    const shorter = run(planAgain(saved, []), () => count(9))
    expect(new Set(shorter.asked.map((page) => Math.min(page, 3)))).toEqual(new Set([1, 2, 3]))
  })
})

describe('a page that fails', () => {
  const begun = planAfterPage(planAll(), { edges: forumOf(count(18)).edges(1), pageCount: 5 }).plan
  const fail = (plan: SavePlan, times: number) =>
    Array.from({ length: times }).reduce<SavePlan>((each) => planAfterFailure(each, nextPage(each)!), plan)

  test('is tried three times, then the next one, and once more at the end', () => {
    expect(nextPage(fail(begun, 2))).toBe(2)
    const skipped = fail(begun, 3)
    expect(nextPage(skipped)).toBe(3)
    expect(countPending(skipped)).toBe(4)
    const { asked, plan } = run(skipped, () => count(18))
    expect(asked).toEqual([3, 4, 5, 2])
    expect(countPending(plan)).toBe(0)
  })

  test('that fails again is given up, and the rest is kept', () => {
    let plan = fail(begun, 3)
    for (const page of [3, 4, 5])
      plan = planAfterPage(plan, { edges: forumOf(count(18)).edges(page), pageCount: 5 }).plan
    plan = fail(plan, 3)
    expect(nextPage(plan)).toBeUndefined()
    expect(countPending(plan)).toBe(1)
    expect(nextPage(planRetry(plan))).toBe(2)
  })

  test('is waited for where the next one fails too', () => {
    expect(nextPage(fail(begun, 9))).toBe(3)
  })
})
