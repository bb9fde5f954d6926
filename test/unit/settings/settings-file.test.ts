import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { aids } from '../../../aids/registry.ts'
import { MOST_MUTED } from '../../../core/muted.ts'
import { readBackupSettings } from '../../../settings/backup-settings.ts'
import { forgetAid, forgetSettings, putBack, readAllWishes, writeAllWishes } from '../../../settings/all-wishes.ts'
import { formatSettingsFile, judgeSettingsFile, type JudgedSettings } from '../../../settings/settings-file.ts'
import { WISH_KEYS } from '../../../settings/wish-keys.ts'
import { parseSiteDescription } from '../../../sites/described/description.ts'

const JUDGES = { aids, isSite: (value: unknown) => 'description' in parseSiteDescription(value) }
const SITE = {
  name: '例子',
  hosts: ['forum.example'],
  addresses: ['/t/{id}'],
  ...{ post: '.post', author: '.author', body: '.body' },
}
const MUTED = { authors: [{ host: 'bbs.pku.edu.cn', name: '甲' }], words: ['剧透', 'spoiler'] }
const RULE = { kind: 'parameter', name: 'from_forum' }

beforeEach(() => fakeBrowser.reset())

const readNow = () => readAllWishes(aids)
const stored = () => browser.storage.local.get(null)

async function judge(fields: Record<string, unknown>): Promise<JudgedSettings> {
  const text = JSON.stringify({ format: 'loulan-settings', version: 1, ...fields })
  const judged = judgeSettingsFile(text, await readNow(), JUDGES)
  if ('problem' in judged) throw new Error(judged.problem)
  return judged
}

test('what is exported here and imported elsewhere is the same there', async () => {
  await browser.storage.local.set({
    'setting:charactersPerMinute': 700,
    'aid:outline': { enabled: false, options: { characters: 5000 } },
    'reader-looks': { theme: 'black', textSize: 20 },
    'thread-looks': [['site/host/1', { theme: 'paper' }]],
    'link-rules': [RULE],
    muted: MUTED,
    'own-sites': [SITE],
  })
  const wishes = await readNow()
  const text = formatSettingsFile(wishes, '2026-01-01T00:00:00.000Z')
  fakeBrowser.reset()
  const judged = judgeSettingsFile(text, await readNow(), JUDGES) as JudgedSettings
  expect(judged.refused).toEqual([])
  expect(judged.changed).toEqual([
    'settings.charactersPerMinute',
    'aids.outline.enabled',
    'aids.outline.options.characters',
    'looks.theme',
    'looks.textSize',
    'threadLooks.site/host/1.theme',
    'linkRules',
    'muted.authors',
    'muted.words',
    'ownSites',
  ])
  expect(await stored()).toEqual({})
  await writeAllWishes(judged.wishes)
  expect(await readNow()).toEqual(wishes)
})

test('what is no value or not known is named, what is good is taken, what is missing stays', async () => {
  await browser.storage.local.set({ 'setting:wordsPerMinute': 300 })
  const { wishes, changed, refused } = await judge({
    settings: { charactersPerMinute: 9e9, caching: 'yes', cacheMegabytes: 1000, brandNew: 1, __proto__: 1 },
    aids: {
      length: { enabled: 1, colour: 'red' },
      outline: { enabled: false, options: { characters: null, depth: 3 } },
      'of-tomorrow': { enabled: true },
      resume: [],
    },
    looks: { theme: 'pink', font: 'sans' },
    threadLooks: { 'a/b/1': { theme: 'grey', glow: true }, 'a/b/2': 'grey' },
    linkRules: [RULE, { kind: 'parameter', name: 'id' }, RULE],
    muted: {
      authors: [
        { host: 'a.example', name: 'Jia' },
        { host: 'a.example', name: 'jia' },
        { host: '<b>', name: 'x' },
        '乙',
      ],
      words: ['剧透', ' ', 7],
      hosts: [],
    },
    ownSites: [{ ...SITE, script: 'alert(1)' }, SITE],
    granted: ['*://*/*'],
  })
  expect(changed).toEqual([
    'settings.cacheMegabytes',
    'aids.outline.enabled',
    'looks.font',
    'threadLooks.a/b/1.theme',
    'linkRules',
    'muted.authors',
    'muted.words',
    'ownSites',
  ])
  expect(refused.filter(({ reason }) => reason === 'bad-value').map(({ path }) => path)).toEqual([
    'settings.charactersPerMinute',
    'settings.caching',
    'aids.length.enabled',
    'aids.outline.options.characters',
    'aids.resume',
    'looks.theme',
    'threadLooks.a/b/2',
    'linkRules[2]',
    'linkRules[3]',
    'muted.authors[2]',
    'muted.authors[3]',
    'muted.authors[4]',
    'muted.words[2]',
    'muted.words[3]',
    'ownSites[1]',
  ])
  expect(refused.filter(({ reason }) => reason === 'unknown').map(({ path }) => path)).toEqual([
    'settings.brandNew',
    'aids.length.colour',
    'aids.outline.options.depth',
    'aids.of-tomorrow',
    'threadLooks.a/b/1.glow',
    'muted.hosts',
    'granted',
  ])
  expect(wishes.settings).toMatchObject({ wordsPerMinute: 300, cacheMegabytes: 1000, charactersPerMinute: 400 })
  expect(wishes.linkRules).toEqual([RULE])
  expect(wishes.ownSites).toEqual([SITE])
  expect(wishes.muted).toEqual({ authors: [{ host: 'a.example', name: 'Jia' }], words: ['剧透'] })
})

test('a file with one of the lists of what is muted leaves the other', async () => {
  await browser.storage.local.set({ muted: MUTED })
  expect((await judge({ muted: { words: [] } })).wishes.muted).toEqual({ authors: MUTED.authors, words: [] })
  expect((await judge({ muted: [] })).refused).toEqual([{ path: 'muted', reason: 'bad-value' }])
})

test('more muted than there is room for is refused by name', async () => {
  const words = Array.from({ length: MOST_MUTED + 1 }, (_, index) => `词${index}`)
  const { wishes, refused } = await judge({ muted: { words } })
  expect(wishes.muted.words).toHaveLength(MOST_MUTED)
  expect(refused).toEqual([{ path: `muted.words[${MOST_MUTED + 1}]`, reason: 'bad-value' }])
})

test('all that is wished is in a backup too', async () => {
  await writeAllWishes(await readNow())
  expect(Object.keys(await readBackupSettings()).toSorted()).toEqual(Object.keys(await stored()).toSorted())
  expect(Object.keys(await stored())).toEqual(expect.arrayContaining([...WISH_KEYS]))
})

test.each([
  ['', 'not-json'],
  ['{', 'not-json'],
  ['null', 'not-settings'],
  ['[]', 'not-settings'],
  ['{"format":"loulan-backup","version":1}', 'not-settings'],
  ['{"format":"loulan-settings"}', 'not-settings'],
  ['{"format":"loulan-settings","version":2}', 'newer-version'],
])('%j is no file of settings: %s', async (text, problem) => {
  expect(judgeSettingsFile(text, await readNow(), JUDGES)).toEqual({ problem })
})

test('an import, and a reset, can be taken back to the last byte', async () => {
  await browser.storage.local.set({
    'setting:caching': false,
    'aid:length': { enabled: false, options: {}, later: 1 },
    'site:*://a.example/*': { engine: 'discuz' },
    'link-rules': [RULE],
  })
  const before = await stored()
  const { wishes } = await judge({ settings: { caching: true }, linkRules: [], aids: { length: { enabled: true } } })
  for (const change of [() => writeAllWishes(wishes), () => forgetAid('length'), () => forgetSettings()]) {
    const former = await change()
    expect(await stored()).not.toEqual(before)
    await putBack(former)
    expect(await stored()).toEqual(before)
  }
})

test('a reset leaves rules, sites and what was granted', async () => {
  const kept = {
    muted: MUTED,
    'link-rules': [RULE],
    'own-sites': [SITE],
    'site:*://a.example/*': {},
    'memory:length': ['1'],
  }
  await browser.storage.local.set({ ...kept, 'setting:caching': false, 'aid:length': {}, 'reader-looks': {} })
  await forgetSettings()
  expect(await stored()).toEqual(kept)
})

test('whatever a file holds, judging it throws nothing, writes nothing and gives wishes that read back alike', async () => {
  const now = await readNow()
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...Object.keys(now), 'x'), fc.jsonValue()), async (fields) => {
      fakeBrowser.reset()
      const { wishes } = await judge(fields)
      expect(await stored()).toEqual({})
      await writeAllWishes(wishes)
      expect(await readNow()).toEqual(wishes)
    }),
  )
})
