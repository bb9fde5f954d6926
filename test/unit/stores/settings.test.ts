import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { numberSetting } from '../../../core/setting.ts'
import { useAidSettingsStore } from '../../../stores/aid-settings.ts'
import { useSettingsStore } from '../../../stores/settings.ts'

beforeEach(() => {
  fakeBrowser.reset()
  setActivePinia(createPinia())
})

const aid = {
  id: 'sample-aid',
  enabledByDefault: true,
  options: { characters: numberSetting(1200, { minimum: 200, maximum: 5000 }) },
}

test('a changed setting is stored, and shown as stored', async () => {
  const store = useSettingsStore()
  await store.load(new AbortController().signal)
  await store.change('charactersPerMinute', 10)
  expect(store.values.charactersPerMinute).toBe(50)
  await expect(store.change('cacheMegabytes', Number.NaN)).rejects.toThrow(RangeError)
})

test('follows what other pages store, until its signal aborts', async () => {
  const controller = new AbortController()
  const store = useSettingsStore()
  await store.load(controller.signal)
  await fakeBrowser.storage.local.set({ 'setting:caching': false })
  await expect.poll(() => store.values.caching).toBe(false)
  controller.abort()
  await fakeBrowser.storage.local.set({ 'setting:caching': true })
  expect(store.values.caching).toBe(false)
})

test('an aid has what it declares until the reader says otherwise', async () => {
  const store = useAidSettingsStore()
  expect(store.current(aid)).toEqual({ enabled: true, options: { characters: 1200 } })
  await store.load([aid], new AbortController().signal)
  await store.setOption(aid, 'characters', 99_999)
  await store.setEnabled(aid, false)
  expect(store.current(aid)).toEqual({ enabled: false, options: { characters: 5000 } })
})
