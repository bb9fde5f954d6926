import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { loadAidMemory } from '../../../settings/aid-memory.ts'
import { readAidWishes } from '../../../settings/aid-wishes.ts'
import { isAnythingMuted } from '../../../settings/muted.ts'
import { readPageTexts } from '../../../settings/page-texts.ts'
import { readStored } from '../../../settings/stored.ts'

beforeEach(() => fakeBrowser.reset())
afterEach(() => vi.restoreAllMocks())

test('what is asked for in one turn is asked of the browser at once', async () => {
  await browser.storage.local.set({ one: 1, two: 2 })
  const get = vi.spyOn(browser.storage.local, 'get')
  const [one, both] = await Promise.all([readStored(['one']), readStored(['one', 'two'])])
  expect([one.one, both.two]).toEqual([1, 2])
  expect(get.mock.calls).toEqual([[['one', 'two']]])
})

test('what is asked for later is asked anew', async () => {
  await browser.storage.local.set({ one: 1 })
  await readStored(['one'])
  await browser.storage.local.set({ one: 2 })
  expect((await readStored(['one'])).one).toBe(2)
})

test('a refusal reaches all who asked, and none who ask later', async () => {
  const get = vi.spyOn(browser.storage.local, 'get').mockRejectedValueOnce(new Error('refused'))
  const asked = await Promise.allSettled([readStored(['one']), readStored(['two'])])
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(readStored(['one'])).resolves.toEqual(expect.anything())
  expect(get).toHaveBeenCalledTimes(2)
})

test('a thread’s page asks for all that it needs once', async () => {
  const get = vi.spyOn(browser.storage.local, 'get')
  await Promise.all([readAidWishes([]), loadAidMemory(['length']), isAnythingMuted(), readPageTexts()])
  expect(get).toHaveBeenCalledTimes(1)
})
