// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createApp, h, type Component } from 'vue'
import { keepingParts } from '../../../components/saving/keeping-text.ts'
import SaveControl from '../../../components/saving/SaveControl.vue'
import SaveQueue from '../../../components/saving/SaveQueue.vue'
import { adviceText, findingParts, progressParts, stateText } from '../../../components/saving/save-text.ts'
import type { SaveReason, SaveReport } from '../../../core/save-report.ts'

const REPORT: SaveReport = {
  ...{ key: 'k', title: '标题', url: 'https://forum.example/t/1', state: 'running' },
  ...{ pagesDone: 12, pageCount: 30, posts: 240, newPosts: 0, editedPosts: 0, gonePosts: 0 },
}

/** Every reason that the type names, read from its source, so that one that is added is asked for here. */
const REASONS = [
  ...readFileSync(join(import.meta.dirname, '../../../core/save-report.ts'), 'utf8')
    .split('export type SaveReason =')[1]!
    .matchAll(/\| '([a-z-]+)'/g),
].map(([, reason]) => reason as SaveReason)

function mount(component: Component, props: Record<string, unknown>): HTMLElement {
  const host = document.createElement('div')
  document.body.replaceChildren(host)
  createApp({ render: () => h(component, props) }).mount(host)
  return host
}

const buttonsOf = (host: HTMLElement) => [...host.querySelectorAll('button')].map((button) => button.textContent.trim())

test('every reason has words for what happened, what is kept, and what to do', () => {
  expect(REASONS.length).toBeGreaterThan(8)
  for (const reason of REASONS) {
    expect(stateText({ state: 'waiting', reason }), reason).toMatch(/^保存在等待：.{3,}/)
    expect(adviceText(reason), reason).toMatch(/^已存的页都在.*(?:继续|自动接着存)/)
  }
})

test('says how far it is, and when it goes on', () => {
  expect(stateText(REPORT)).toBe('正在保存')
  expect(progressParts({ ...REPORT, secondsLeft: 20 })).toEqual(['12 / 30 页', '240 楼', '还要不到 1 分钟'])
  expect(progressParts({ ...REPORT, state: 'paused', secondsLeft: 20 })).toEqual(['12 / 30 页', '240 楼'])
  const young = { ...REPORT, pagesDone: 0, posts: 0 }
  delete young.pageCount
  expect(progressParts(young)).toEqual([])
  expect(progressParts({ ...REPORT, state: 'waiting', retryAt: '2026-11-22T00:00:00Z' }).at(-1)).toMatch(
    /\d.* 自动再试$/,
  )
  expect(progressParts({ ...REPORT, state: 'waiting', retryAt: 'soon' }).at(-1)).toBe('soon 自动再试')
})

test('says what was found', () => {
  expect(findingParts(REPORT)).toEqual([])
  const found = { newPosts: 3, editedPosts: 1, gonePosts: 2, gaps: [{ from: 7, to: 9 }] }
  const pictures = { done: 4, failed: 1, total: 5 }
  expect(findingParts({ ...REPORT, ...found, pictures })).toEqual([
    '新增 3 楼',
    '改过 1 楼',
    '消失 2 楼',
    '论坛缺 1 楼',
    '1 张没有拿到',
  ])
})

test.each([
  [{ postCount: 590, pageCount: 30, pages: pages(30), incomplete: false }, ['已缓存（可能被清理）', '30 页', '590 楼']],
  [
    { postCount: 240, pageCount: 30, pages: pages(12), incomplete: true },
    ['已缓存（可能被清理）', '12 / 30 页', '240 楼'],
  ],
  [{ postCount: 2, pages: {}, incomplete: false }, ['已缓存（可能被清理）', '2 楼']],
])('what is kept of %j', (kept, expected) => {
  expect(keepingParts(kept)).toEqual(expected)
})

test('saved is told from cached', () => {
  const [first] = keepingParts({ savedAt: '2026-11-22T04:00:00Z', postCount: 2, pages: {}, incomplete: false })
  expect(first).toMatch(/^保存于 .*2026/)
})

test.each<[Partial<SaveReport>, string[]]>([
  [{}, ['暂停', '取消保存']],
  [{ state: 'paused' }, ['继续', '取消保存']],
  [{ state: 'waiting', reason: 'login-required' }, ['继续', '打开网页去登录', '取消保存']],
  [{ state: 'waiting', reason: 'storage-full' }, ['继续', '去书架腾地方', '去设置清空缓存', '取消保存']],
  [{ state: 'stopped', reason: 'site-error' }, ['继续', '打开网页']],
  [{ state: 'stopped', reason: 'cancelled' }, ['继续']],
  [{ state: 'finished' }, []],
])('offers what helps in the state %j', (changes, expected) => {
  const host = mount(SaveControl, { report: { ...REPORT, ...changes } })
  expect(buttonsOf(host)).toEqual(expected)
  const isOver = changes.state === 'finished' || changes.state === 'stopped'
  expect(host.querySelector('progress') === null).toBe(isOver)
})

test('tells what was pressed, and nothing while it is busy', () => {
  const heard: string[] = []
  const onAsk = (wish: string) => heard.push(wish)
  mount(SaveControl, { report: REPORT, onAsk })
    .querySelectorAll('button')
    .forEach((button) => button.click())
  mount(SaveControl, { report: REPORT, isBusy: true, onAsk }).querySelector('button')!.click()
  expect(heard).toEqual(['pause', 'cancel'])
})

test('the queue names each save on its buttons, and shows a few of many', () => {
  const reports = Array.from({ length: 8 }, (_, index) => ({
    ...REPORT,
    key: String(index),
    title: `帖子 ${index}`,
    state: index === 0 ? 'running' : 'queued',
  }))
  const asked: string[] = []
  const host = mount(SaveQueue, {
    reports,
    busy: new Set(),
    onAsk: ({ key }: SaveReport, wish: string) => asked.push(`${wish} ${key}`),
  })
  expect(host.querySelectorAll('li').length).toBe(5)
  expect(buttonsOf(host)).toContain('全部 8 个')
  expect(host.querySelector('li button')!.getAttribute('aria-label')).toBe('暂停：帖子 0')
  const all = [...host.querySelectorAll('button')].find((button) => button.textContent.trim() === '全部暂停')!
  all.click()
  expect(asked.length).toBe(8)
})

function pages(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [String(index + 1), '2026-11-22T00:00:00Z']))
}
