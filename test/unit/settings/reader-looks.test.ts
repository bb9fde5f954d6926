import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { looksParts, parseLooks } from '../../../core/reader-looks.ts'
import {
  forgetGoneLooks,
  MOST_OWN_LOOKS,
  noteLooksUsed,
  readLooks,
  watchLooks,
  writeCommonLooks,
  writeOwnLooks,
} from '../../../settings/reader-looks.ts'

beforeEach(() => fakeBrowser.reset())

const defaults = parseLooks(undefined)
const black = parseLooks({ theme: 'black', textSize: 20 })
const ownKeys = async () =>
  ((await browser.storage.local.get('thread-looks'))['thread-looks'] as [string][]).map(([key]) => key)

test('defaults at first; what is stored is read again, a thread’s own before that of all', async () => {
  expect(await readLooks('a')).toEqual({ common: defaults })
  await writeCommonLooks(black)
  await writeOwnLooks('a', { ...defaults, theme: 'paper' })
  expect(await readLooks('b')).toEqual({ common: black })
  expect(await readLooks('a')).toEqual({ common: black, own: { ...defaults, theme: 'paper' } })
  await writeOwnLooks('a', undefined)
  expect(await readLooks('a')).toEqual({ common: black })
})

test('numbers are brought into bounds, parts of another version fall back alone', () => {
  expect(parseLooks({ theme: 'mauve', font: 'sans', textSize: 900, lineHeight: 'tall', isJustified: 1 })).toEqual({
    ...defaults,
    font: 'sans',
    textSize: 36,
  })
})

test('whatever is stored, looks come out whole and within bounds', async () => {
  const odd = fc.oneof(
    fc.anything(),
    fc.record({ theme: fc.anything(), textSize: fc.double(), lineWidth: fc.anything() }),
  )
  await fc.assert(
    fc.asyncProperty(odd, odd, async (common, own) => {
      const values = { 'reader-looks': common, 'thread-looks': [['a', own], own] }
      await browser.storage.local.set(values)
      for (const looks of Object.values(await readLooks('a'))) {
        expect(parseLooks(looks)).toEqual(looks)
        expect(looks.textSize).toBeGreaterThanOrEqual(looksParts.textSize.minimum)
        expect(looks.textSize).toBeLessThanOrEqual(looksParts.textSize.maximum)
      }
    }),
    { numRuns: 200 },
  )
})

test('the thread that was used longest ago loses its looks when there are too many', async () => {
  for (let index = 0; index < MOST_OWN_LOOKS; index++) await writeOwnLooks(`t${index}`, black)
  await noteLooksUsed('t0')
  await noteLooksUsed('unknown')
  await writeOwnLooks('one more', black)
  const keys = await ownKeys()
  expect(keys).toHaveLength(MOST_OWN_LOOKS)
  expect(keys).toContain('t0')
  expect(keys).not.toContain('t1')
})

test('writers at once lose none of their threads', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, index) => writeOwnLooks(`t${index}`, black)))
  expect((await ownKeys()).toSorted()).toEqual(Array.from({ length: 20 }, (_, index) => `t${index}`).toSorted())
})

test('looks go with their thread', async () => {
  await writeOwnLooks('a', black)
  await writeOwnLooks('b', black)
  await forgetGoneLooks((keys) => Promise.resolve(keys.filter((key) => key === 'a')))
  expect(await ownKeys()).toEqual(['b'])
})

test('a change is told until the signal aborts', async () => {
  const controller = new AbortController()
  let told = 0
  watchLooks(() => told++, controller.signal)
  await writeCommonLooks(black)
  await browser.storage.local.set({ other: 1 })
  await writeOwnLooks('a', black)
  expect(told).toBe(2)
  controller.abort()
  await writeCommonLooks(defaults)
  expect(told).toBe(2)
})
