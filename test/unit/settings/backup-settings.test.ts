import { beforeEach, expect, test } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { parseLooks } from '../../../core/reader-looks.ts'
import { readBackupSettings, restoreBackupSettings } from '../../../settings/backup-settings.ts'

beforeEach(() => fakeBrowser.reset())

const rule = { kind: 'redirector', host: 'go.example', path: '/out', parameter: 'to' }
const other = { ...rule, host: 'to.example' }
const stored = {
  'setting:charactersPerMinute': 500,
  'aid:collapse-long-posts': { enabled: false, options: { characters: 2000 } },
  'memory:collapse-long-posts': ['pku-bbs/1'],
  'link-rules': [rule],
  'own-sites': [{ id: 'garden', title: '.old' }],
  muted: { authors: [{ host: 'bbs.pku.edu.cn', name: 'ann' }], words: ['road'] },
  'reader-looks': parseLooks({ theme: 'black' }),
  'thread-looks': [['pku-bbs/1', parseLooks({ theme: 'paper' })]],
}

test('what is the reader’s own comes back into an empty profile, what is the machine’s stays out', async () => {
  await browser.storage.local.set({ ...stored, 'site-grants': ['x'], 'setting:unknown': 1, 'last-backup': 'y' })
  const values = await readBackupSettings()
  expect(values).toEqual(stored)
  fakeBrowser.reset()
  expect(await restoreBackupSettings(values)).toBe(8)
  expect(await browser.storage.local.get(null)).toEqual(stored)
  expect(await restoreBackupSettings(values)).toBe(0)
})

test('what is set here stays; rules and remembered posts of both are kept', async () => {
  const here = {
    'setting:charactersPerMinute': 300,
    'aid:collapse-long-posts': { enabled: true, options: {} },
    'memory:collapse-long-posts': ['pku-bbs/2'],
    'link-rules': [other],
    'own-sites': [
      { id: 'garden', title: '.new' },
      { id: 'pond', title: 'h1' },
    ],
    muted: { authors: [], words: ['bridge'] },
    'reader-looks': parseLooks({ font: 'sans' }),
    'thread-looks': [
      ['pku-bbs/1', parseLooks({ theme: 'white' })],
      ['pku-bbs/2', parseLooks({ theme: 'grey' })],
    ],
  }
  await browser.storage.local.set(here)
  await restoreBackupSettings(stored)
  expect(await browser.storage.local.get(null)).toEqual({
    ...here,
    'memory:collapse-long-posts': ['pku-bbs/1', 'pku-bbs/2'],
    'link-rules': [other, rule],
    muted: { ...stored.muted, words: ['bridge', 'road'] },
  })
})

test('what is not what it must be is left out', async () => {
  await restoreBackupSettings({
    'setting:charactersPerMinute': 'fast',
    'setting:__proto__': 1,
    'aid:x': { enabled: 'yes', options: { deep: { a: 1 }, long: 'a'.repeat(2000), good: 1 } },
    'memory:x': [1, 'a', null, 'b'.repeat(5000)],
    'link-rules': [rule, rule, { kind: 'evil' }, null],
    'own-sites': [1, null, { id: 5 }, { id: 'long', title: 'a'.repeat(100_000) }],
    'reader-looks': 'black',
    'thread-looks': [1, ['a'.repeat(2000), {}], null],
    permissions: ['<all_urls>'],
  })
  expect(await browser.storage.local.get(null)).toEqual({
    'aid:x': { options: { good: 1 } },
    'memory:x': ['a'],
    'link-rules': [rule],
  })
})
