import { beforeEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { handleSites } from '../../../background/site-scripts.ts'
import { HOME_PAGES } from '../../../core/site-access.ts'
import { noteSite, readSiteRecords } from '../../../settings/site-records.ts'
import { contentScriptOn, deliver, ownPage } from '../messages/deliver.ts'

/** A browser that keeps permissions and scripts as both real ones do. */
const SITE = '*://bbs.example.org/*'
const OTHER = '*://forum.example.com/*'
let origins: string[]
let registered: { id: string; matches: string[] }[]
let injected: unknown[]
const listeners: Record<'onAdded' | 'onRemoved', ((change: { origins?: string[] }) => void)[]> = {
  onAdded: [],
  onRemoved: [],
}
const started: (() => void)[] = []

function stub(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true })
}

const { permissions, scripting, tabs, runtime, contextMenus } = browser
stub(permissions, 'getAll', () =>
  Promise.resolve({ origins: [...HOME_PAGES, 'file:///*', '*://bbs.pku.edu.cn/v2/*', ...origins] }),
)
stub(permissions, 'contains', (asked: { origins: string[] }) =>
  Promise.resolve(asked.origins.every((each) => origins.includes(each))),
)
for (const name of ['onAdded', 'onRemoved'] as const)
  stub(permissions, name, { addListener: (listener: () => void) => listeners[name].push(listener) })
stub(runtime.onStartup, 'addListener', (listener: () => void) => started.push(listener))
stub(scripting, 'getRegisteredContentScripts', () => Promise.resolve(registered))
stub(scripting, 'registerContentScripts', (scripts: typeof registered) => {
  if (registered.length > 0) return Promise.reject(new Error('Duplicate script ID'))
  registered = structuredClone(scripts)
  return Promise.resolve()
})
stub(scripting, 'updateContentScripts', (scripts: typeof registered) => {
  if (registered.length === 0) return Promise.reject(new Error('Nonexistent script ID'))
  registered = structuredClone(scripts)
  return Promise.resolve()
})
stub(scripting, 'unregisterContentScripts', () => {
  registered = []
  return Promise.resolve()
})
stub(scripting, 'executeScript', (injection: unknown) => (injected.push(injection), Promise.resolve([])))
stub(scripting, 'insertCSS', () => Promise.resolve())
stub(tabs, 'query', ({ url }: { url?: string[] }) => Promise.resolve(url?.includes(SITE) ? [{ id: 5 }] : []))
stub(
  contextMenus,
  'update',
  vi.fn(() => Promise.resolve()),
)

handleSites()

beforeEach(async () => {
  origins = []
  registered = []
  injected = []
  await browser.storage.local.clear()
})

async function settled(pattern = SITE): Promise<void> {
  await deliver('settleSite', { pattern }, ownPage('popup.html'))
}

test('a site that was granted gets the script, in its open pages too, and is remembered', async () => {
  origins = [SITE]
  listeners.onAdded.forEach((tell) => tell({ origins: [SITE] }))
  await settled()
  expect(registered).toMatchObject([
    { id: 'forum', matches: [SITE], excludeMatches: [...HOME_PAGES], persistAcrossSessions: true },
  ])
  expect(injected[0]).toMatchObject({ target: { tabId: 5 } })
  const { grantedAt } = (await readSiteRecords([SITE])).get(SITE)!
  expect(Date.now() - Date.parse(grantedAt!)).toBeLessThan(60_000)
  expect(contextMenus.update).toHaveBeenCalledWith('copy-post', {
    documentUrlPatterns: expect.arrayContaining([SITE]) as unknown,
  })
})

test('a second site joins the first, and the date of the first stays', async () => {
  origins = [SITE]
  await noteSite(SITE, { grantedAt: '2026-01-02T03:04:05.000Z', engine: 'discuz' })
  await settled()
  origins = [SITE, OTHER]
  await settled(OTHER)
  expect(registered).toMatchObject([{ matches: [SITE, OTHER] }])
  expect((await readSiteRecords([SITE])).get(SITE)).toEqual({ grantedAt: '2026-01-02T03:04:05.000Z', engine: 'discuz' })
})

test('a site that is no longer granted loses the script and is forgotten', async () => {
  origins = [SITE]
  await settled()
  origins = []
  listeners.onRemoved.forEach((tell) => tell({ origins: [SITE] }))
  await settled(OTHER)
  expect(registered).toEqual([])
  expect(await browser.storage.local.get(null)).toEqual({})
})

test('what was lost at an update or a start is registered again', async () => {
  origins = [SITE]
  started.forEach((tell) => tell())
  await vi.waitFor(() => expect(registered).toMatchObject([{ matches: [SITE] }]))
})

test('a pattern that the browser did not grant is neither registered nor remembered', async () => {
  await settled('*://evil.example/*')
  expect(registered).toEqual([])
  expect(await browser.storage.local.get(null)).toEqual({})
})

test('a site that refuses once does not keep the next from being put in order', async () => {
  origins = [SITE]
  vi.spyOn(console, 'error').mockReturnValueOnce(undefined)
  const { getRegisteredContentScripts } = scripting
  stub(scripting, 'getRegisteredContentScripts', () => Promise.reject(new Error('no')))
  await expect(settled()).rejects.toThrow('no')
  stub(scripting, 'getRegisteredContentScripts', getRegisteredContentScripts)
  await settled()
  expect(registered).toHaveLength(1)
})

test('pages of a site that is no longer granted are told, also where a step failed', async () => {
  vi.spyOn(console, 'error').mockReturnValueOnce(undefined)
  const told = vi.fn(() => Promise.resolve())
  const { getRegisteredContentScripts } = scripting
  const { query, sendMessage } = tabs
  stub(scripting, 'getRegisteredContentScripts', () => Promise.reject(new Error('no')))
  stub(tabs, 'query', () => Promise.resolve([{ id: 5 }]))
  stub(tabs, 'sendMessage', told)
  listeners.onRemoved.forEach((tell) => tell({ origins: [SITE] }))
  await vi.waitFor(() => expect(told).toHaveBeenCalled())
  stub(scripting, 'getRegisteredContentScripts', getRegisteredContentScripts)
  stub(tabs, 'query', query)
  stub(tabs, 'sendMessage', sendMessage)
})

test('pages may ask whether they are granted, and put nothing in order', async () => {
  origins = [SITE]
  expect(await deliver('isSiteGranted', undefined, contentScriptOn('https://bbs.example.org/x'))).toBe(true)
  expect(await deliver('isSiteGranted', undefined, contentScriptOn('https://forum.example.com/x'))).toBe(false)
  await expect(deliver('settleSite', { pattern: SITE }, contentScriptOn('https://bbs.example.org/x'))).rejects.toThrow()
  expect(registered).toEqual([])
})
