// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import { filterSettings } from '../../../../entrypoints/options/filter-settings.ts'

beforeEach(() => {
  document.body.innerHTML = `
    <section class="card"><h2>阅读辅助</h2><p data-findable>折叠长楼</p><p data-findable>Ｌinks 直达链接</p></section>
    <section class="card"><h2>离线缓存</h2><label>缓存读过的帖子</label></section>`
})

const shown = () =>
  [...document.querySelectorAll<HTMLElement>('h2, [data-findable]')]
    .filter((element) => !element.closest('[hidden]'))
    .map((element) => element.textContent)

test.each([
  ['', 3, ['阅读辅助', '折叠长楼', 'Ｌinks 直达链接', '离线缓存']],
  ['  ', 3, ['阅读辅助', '折叠长楼', 'Ｌinks 直达链接', '离线缓存']],
  ['折叠', 1, ['阅读辅助', '折叠长楼']],
  ['链接 LINKS', 1, ['阅读辅助', 'Ｌinks 直达链接']],
  ['辅助', 2, ['阅读辅助', '折叠长楼', 'Ｌinks 直达链接']],
  ['缓存 帖子', 1, ['离线缓存']],
  ['没有的', 0, []],
])('%j shows %i', (typed, count, texts) => {
  expect(filterSettings(document, 'x')).toBe(0)
  expect(filterSettings(document, typed)).toBe(count)
  expect(shown()).toEqual(texts)
})
