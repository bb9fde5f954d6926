import { expect, test } from 'vitest'
import { badgeOf } from '../../../background/saving-badge.ts'
import type { SaveReport } from '../../../core/save-report.ts'

const REPORT: SaveReport = {
  ...{ key: 'k', title: '标题', url: 'https://forum.example/t/1', state: 'running' },
  ...{ pagesDone: 12, pageCount: 30, posts: 240, newPosts: 0, editedPosts: 0, gonePosts: 0 },
}
const of = (changes: Partial<SaveReport>): SaveReport => ({ ...REPORT, ...changes })

test.each<[string, SaveReport[], string]>([
  ['none', [], ''],
  ['one that runs', [REPORT], '40%'],
  ['one that has just begun', [of({ pagesDone: 0 })], '0%'],
  ['one on its last page', [of({ pagesDone: 30 })], '99%'],
  ['one that waits for its turn', [of({ state: 'queued', pagesDone: 0 })], '…'],
  ['one that waits for a while', [of({ state: 'waiting', reason: 'network', retryAt: '2026-11-22T00:00:00Z' })], '…'],
  ['one that waits for the reader', [of({ state: 'waiting', reason: 'login-required' })], '!'],
  ['a paused one', [of({ state: 'paused' })], ''],
  ['one in need beside one that runs', [of({ state: 'waiting', reason: 'login-required' }), REPORT], '40%'],
])('the button, with %s', (_name, reports, text) => {
  const badge = badgeOf(reports)
  expect(badge.text).toBe(text)
  if (text) expect(badge.title).toContain('标题')
})
