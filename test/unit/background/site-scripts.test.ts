import { beforeEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { handleForumSentinel } from '../../../background/forum-scripts.ts'
import { handleSites } from '../../../background/site-scripts.ts'
import { HOME_PAGES } from '../../../core/site-access.ts'
import { writeStoredSites } from '../../../settings/own-sites.ts'
import { noteSite, readSiteRecords } from '../../../settings/site-records.ts'
import { contentScriptOn, deliver, ownPage } from '../messages/deliver.ts'

/** A browser that keeps permissions and scripts as both real ones do. */
const SITE = '*://bbs.example.org/*'
const OTHER = '*://forum.example.com/*'
let origins: string[]
let registered: { id: string; matches: string[]; excludeMatches: string[] }[]
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
stub(scripting, 'getRegisteredContentScripts', ({ ids }: { ids: string[] }) =>
  Promise.resolve(structuredClone(registered.filter(({ id }) => ids.includes(id)))),
)
const isRegistered = ({ id }: { id: string }) => registered.some((each) => each.id === id)
stub(scripting, 'registerContentScripts', (scripts: typeof registered) => {
  if (scripts.some(isRegistered)) return Promise.reject(new Error('Duplicate script ID'))
  registered.push(...structuredClone(scripts))
  return Promise.resolve()
})
stub(scripting, 'updateContentScripts', (scripts: typeof registered) => {
  if (!scripts.every(isRegistered)) return Promise.reject(new Error('Nonexistent script ID'))
  registered = registered.map((each) => structuredClone(scripts.find(({ id }) => id === each.id) ?? each))
  return Promise.resolve()
})
stub(scripting, 'unregisterContentScripts', ({ ids }: { ids: string[] }) => {
  registered = registered.filter(({ id }) => !ids.includes(id))
  return Promise.resolve()
})
stub(scripting, 'executeScript', (injection: unknown) => (injected.push(injection), Promise.resolve([])))
stub(scripting, 'insertCSS', () => Promise.resolve())
stub(tabs, 'query', ({ url }: { url?: string[] }) =>
  Promise.resolve(url?.some((each) => each.startsWith('*://bbs.example.org/')) ? [{ id: 5 }] : []),
)
stub(
  contextMenus,
  'update',
  vi.fn(() => Promise.resolve()),
)

handleSites()
handleForumSentinel()

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
    { id: 'forum-sentinel', matches: [SITE], excludeMatches: [...HOME_PAGES], persistAcrossSessions: true },
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
  expect(registered.find(({ id }) => id === 'forum-sentinel')).toMatchObject({ matches: [SITE, OTHER] })
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

const engines = () => registered.find(({ id }) => id === 'forum')
const described = {
  name: 'Tea',
  hosts: ['bbs.example.org'],
  addresses: ['/tie/{id}', '/show?msg={id}&p={page}'],
  post: '.reply',
  author: '.who',
  body: '.words',
}

test('once a thread was read, the engines stand on the pages of its kind, and the sentinel on all others', async () => {
  origins = [SITE, OTHER]
  await settled()
  expect(engines()).toBeUndefined()
  await noteSite(SITE, { engine: 'stackexchange' })
  await vi.waitFor(() => expect(engines()).toBeDefined())
  const [questions, short] = ['*://bbs.example.org/questions/*', '*://bbs.example.org/q/*']
  expect(engines()).toMatchObject({ matches: [questions, short] })
  expect(engines()!.excludeMatches).toContain('*://bbs.example.org/questions/tagged/*')
  expect(registered.find(({ id }) => id === 'forum-sentinel')).toMatchObject({
    matches: [SITE, OTHER],
    excludeMatches: [...HOME_PAGES, questions, short],
  })
  await noteSite(SITE, { engine: 'tieba' })
  await vi.waitFor(() => expect(engines()).toMatchObject({ matches: ['*://bbs.example.org/p/*'] }))
})

test('a granted site that the reader describes is met without a reload', async () => {
  origins = [SITE]
  await settled()
  injected = []
  await writeStoredSites([described, { ...described, hosts: ['elsewhere.example'] }, 'no description'])
  const matches = ['*://bbs.example.org/tie/*', '*://bbs.example.org/show?*msg=*']
  await vi.waitFor(() => expect(engines()).toMatchObject({ matches }))
  await vi.waitFor(() => expect(injected).toMatchObject([{ target: { tabId: 5 } }]))
})

test('the sentinel of a granted site gets the engines for its own page, and nobody else does', async () => {
  origins = [SITE]
  await writeStoredSites([described])
  await settled()
  await vi.waitFor(() => expect(injected).not.toEqual([]))
  const page = 'https://bbs.example.org/latest'
  const ask = async (url: unknown, isThread: unknown, from = page) => {
    injected = []
    const answer = await deliver('forumScriptWanted', { url, isThread }, contentScriptOn(from, { id: 5 }))
    return { answer, injections: injected.length }
  }
  expect(await ask(page, true)).toEqual({ answer: false, injections: 1 })
  expect(injected[0]).toMatchObject({ target: { tabId: 5, frameIds: [0] } })
  expect(await ask('https://bbs.example.org/tie/5', false)).toEqual({ answer: false, injections: 1 })
  expect(await ask('https://bbs.example.org/about', false)).toEqual({ answer: true, injections: 0 })
  const nothing = { answer: false, injections: 0 }
  expect(await ask('https://evil.example/tie/5', true)).toEqual(nothing)
  expect(await ask('no address', true)).toEqual(nothing)
  expect(await ask(5, true)).toEqual(nothing)
  expect(await ask('https://evil.example/', true, 'https://evil.example/')).toEqual(nothing)
})
