import { expect, test } from 'vitest'
import { isPlainAddress } from '../../../../background/saving/plain-address.ts'
import type { ThreadPage } from '../../../../core/thread-page.ts'

const FIRST = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=7'
const addresses = { first: FIRST, before: `${FIRST}&page=`, after: '', start: 1, step: 1 }
const pageOf = (page: number) => ({ addresses, page, pageCount: 5 }) as ThreadPage

test.each([
  [1, FIRST],
  [1, `${FIRST}&page=1`],
  [3, `${FIRST}&page=3`],
  [3, 'https://bbs.pku.edu.cn/v2/post-read.php?page=3&threadid=7&bid=22#p12'],
  [3, `${FIRST}&page=3&postid=12`],
  [5, `${FIRST}&page=a`],
])('page %i is all of a page at %s', (page, url) => expect(isPlainAddress(url, pageOf(page))).toBe(true))

test.each([
  [1, `${FIRST}&author=ZOEA`],
  [3, `${FIRST}&page=3&order=desc`],
  [3, `${FIRST}&page=4`],
  [3, 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=8&page=3'],
  [3, 'https://bbs.pku.edu.cn/v2/post-read-single.php?bid=22&threadid=7&page=3'],
])('page %i may leave posts out at %s', (page, url) => expect(isPlainAddress(url, pageOf(page))).toBe(false))

test('a site that does not say where its pages stand proves nothing', () => {
  expect(isPlainAddress(FIRST, { page: 1, pageCount: 1 } as ThreadPage)).toBe(false)
})
