import { beforeEach, describe, expect, test } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import {
  LinkRulesError,
  readLinkCleaner,
  readLinkRules,
  watchLinkRules,
  writeLinkRules,
} from '../../../settings/link-rules.ts'
import { writeSetting } from '../../../settings/settings.ts'

const rule = { kind: 'redirector', host: 'go.example', path: '/out', parameter: 'to' } as const
const wrapped = 'https://go.example/out?to=https%3A%2F%2Fa.example%2F'

beforeEach(() => fakeBrowser.reset())

describe('the reader’s own link rules', () => {
  test('none at first; written ones are read again and used', async () => {
    expect(await readLinkRules()).toEqual([])
    await writeLinkRules([rule])
    expect(await readLinkRules()).toEqual([rule])
    expect((await readLinkCleaner())(wrapped).url).toBe('https://a.example/')
  })

  test('a bad one is refused with its place and the reason, and nothing is changed', async () => {
    await writeLinkRules([rule])
    const refused = writeLinkRules([rule, { kind: 'parameter', name: 'id' }])
    await expect(refused).rejects.toBeInstanceOf(LinkRulesError)
    await expect(refused).rejects.toMatchObject({ index: 1, reason: 'too-generic' })
    await expect(writeLinkRules('not json')).rejects.toMatchObject({ index: -1, reason: 'not-json' })
    expect(await readLinkRules()).toEqual([rule])
  })

  test.each([
    ['no list', { rule }],
    ['text', 'x'],
    ['null', null],
    [
      'strangers',
      [null, 1, {}, { kind: 'redirector', host: 1, path: '/', parameter: 'u' }, { kind: 'parameter', name: [] }],
    ],
  ])('what is stored and no rule is passed over: %s', async (_name, stored) => {
    await browser.storage.local.set({ 'link-rules': stored })
    expect(await readLinkRules()).toEqual([])
    expect((await readLinkCleaner())(wrapped).url).toBe(wrapped)
  })

  test('a stranger does not take the good ones with it', async () => {
    await browser.storage.local.set({ 'link-rules': [{ kind: 'regex', pattern: '.*' }, rule] })
    expect(await readLinkRules()).toEqual([rule])
  })

  test('a change is told until the signal aborts; partner links by choice', async () => {
    let told = 0
    const controller = new AbortController()
    watchLinkRules(() => told++, controller.signal)
    await writeLinkRules([rule])
    controller.abort()
    await writeLinkRules([])
    expect(told).toBe(1)
    const partner = 'https://redirect.viglink.com/?u=https%3A%2F%2Fshop.example%2F'
    expect((await readLinkCleaner())(partner).url).toBe(partner)
    await writeSetting('unwrapAffiliates', true)
    expect((await readLinkCleaner())(partner).url).toBe('https://shop.example/')
  })
})
