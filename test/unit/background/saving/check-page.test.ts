import { describe, expect, test } from 'vitest'
import { checkPage } from '../../../../background/saving/check-page.ts'
import type { PageAnswer } from '../../../../background/saving/check-page.ts'
import type { ProblemCode, ThreadPage } from '../../../../core/thread-page.ts'
import { postOf, threadOf } from '../../archive/sample-thread.ts'

const WHOLE = '<!DOCTYPE html><html><body>…</body></html>'

function pageOf(floors: (number | undefined)[], page = 2, pageCount = 3): ThreadPage {
  const posts = floors.map((floor, index) => postOf(`${page}-${index}`, floor === undefined ? {} : { floor }))
  return { thread: threadOf(posts), page, pageCount }
}

const key = threadOf([]).key
const ask = (read: ThreadPage | undefined, more: Partial<PageAnswer> = {}) =>
  checkPage({ key, page: 2, html: WHOLE, read, ...more })
const problem = (code: ProblemCode): ThreadPage => ({ ...pageOf([]), problem: { code, message: '' } })

describe('a page that may be merged', () => {
  test('tells its edges, and the floors that it leaves out', () => {
    const check = ask(pageOf([21, 22, 25, 26, 40]))
    expect(check).toMatchObject({
      edges: { page: 2, firstId: '2-0', lastId: '2-4', firstFloor: 21, lastFloor: 40 },
      gaps: [
        { from: 23, to: 24 },
        { from: 27, to: 39 },
      ],
    })
  })

  test('without floors tells of no gap, and nothing of what lies between pages', () => {
    const check = ask(pageOf([undefined, undefined]))
    expect(check).toMatchObject({ gaps: [], edges: { firstId: '2-0', lastId: '2-1' } })
    expect(check).not.toHaveProperty('edges.firstFloor')
  })

  test('in another order tells of no gap either', () => {
    expect(ask(pageOf([30, 3, 12]))).toMatchObject({ gaps: [] })
    expect(ask(pageOf([30, 3, 12]))).not.toHaveProperty('edges.firstFloor')
  })

  test('may begin with the opening post, which is the edge of no page', () => {
    expect(ask(pageOf([undefined, 21, 22]))).toMatchObject({ edges: { firstId: '2-1', firstFloor: 21 } })
  })

  test('may be the last page where the thread has become shorter', () => {
    expect(ask(pageOf([1, 2], 1, 1), { page: 2 })).toMatchObject({ edges: { page: 1 }, pageCount: 1 })
  })

  test('may be a part of a page, which some sites send', () => {
    expect(ask(pageOf([21]), { html: '<div>…</div>' }).fault).toBeUndefined()
  })
})

describe('a page that may not', () => {
  const before = { page: 1, firstId: '2-0', lastId: '2-1', firstFloor: 1, lastFloor: 20 }
  test.each<[string, ReturnType<typeof ask>, string, string]>([
    ['a login page', ask(problem('login-required')), 'login-wall', 'login-required'],
    ['an error page', ask(problem('site-error')), 'refused', 'site-error'],
    ['no page of a thread', ask(undefined), 'no-posts', 'bad-page'],
    ['a page without posts', ask(problem('no-posts')), 'no-posts', 'bad-page'],
    ['an unknown dress', ask(problem('unsupported-markup')), 'no-posts', 'bad-page'],
    ['a page that was cut off', ask(pageOf([21]), { html: WHOLE.slice(0, -3) }), 'cut-off', 'bad-page'],
    ['another thread', ask(pageOf([21]), { key: 'pku-bbs/bbs.pku.edu.cn/22/2' }), 'other-thread', 'bad-page'],
    ['another page', ask(pageOf([1], 1)), 'other-page', 'bad-page'],
    ['a page beyond', ask(pageOf([1], 3)), 'other-page', 'bad-page'],
    ['the page before once more', ask(pageOf([1, 2]), { before }), 'repeated', 'bad-page'],
  ])('%s', (_what, check, fault, reason) => {
    expect(check).toEqual({ fault, reason })
  })
})
