import { beforeEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { handlePicking } from '../../../background/pick-parts.ts'
import { readStoredSites } from '../../../settings/own-sites.ts'
import { contentScriptOn, deliver, ownPage } from '../messages/deliver.ts'

const PAGE = 'https://tea.example.org/t/42'
const TAB = 7
const tea = {
  name: 'Tea',
  hosts: ['tea.example.org'],
  addresses: ['/t/{id}'],
  post: '.post',
  author: '.author',
  body: '.body',
}
const NOTHING = { added: 0 }
let executed: unknown[] = []

Object.defineProperty(browser.scripting, 'executeScript', {
  value: (injection: { files?: string[] }) => {
    executed.push(injection)
    return isRefused ? Promise.reject(new Error('Cannot access contents of the page')) : Promise.resolve([])
  },
  configurable: true,
})
let isRefused = false

handlePicking()

beforeEach(async () => {
  executed = []
  isRefused = false
  await Promise.all([browser.storage.local.clear(), browser.storage.session.clear()])
})

const start = () => deliver('startPicking', { tabId: TAB }, ownPage('popup.html'))
const pick = (data: unknown, from = contentScriptOn(PAGE, { id: TAB })) => deliver('partsPicked', data, from)

test('the picker is put into the tab and called, and what is clicked there is kept once', async () => {
  expect(await start()).toBe(true)
  expect(executed).toMatchObject([{ target: { tabId: TAB }, files: ['/picker.js'] }, { target: { tabId: TAB } }])
  expect(await pick({ description: tea })).toEqual({ added: 1 })
  expect(await readStoredSites()).toEqual([tea])
  expect(await pick({ description: { ...tea, name: 'Once more' } })).toEqual(NOTHING)
  expect(await readStoredSites()).toEqual([tea])
})

test('where nothing can be put in, nothing is waited for', async () => {
  isRefused = true
  const warned = vi.spyOn(console, 'warn').mockReturnValue(undefined)
  expect(await start()).toBe(false)
  expect(warned).toHaveBeenCalledOnce()
  expect(await browser.storage.session.get(null)).toEqual({})
  expect(await pick({ description: tea })).toEqual(NOTHING)
})

test('only the extension’s pages may have the picker put in', async () => {
  await expect(deliver('startPicking', { tabId: TAB }, contentScriptOn(PAGE))).rejects.toThrow()
  expect(executed).toEqual([])
})

test.each([
  ['a tab where nobody picks', contentScriptOn(PAGE, { id: 8 })],
  ['a private window', contentScriptOn(PAGE, { id: TAB, incognito: true })],
  ['another host', contentScriptOn('https://evil.example/t/42', { id: TAB })],
  ['no tab', ownPage('options.html')],
])('nothing is taken from %s', async (_whence, sender) => {
  await start()
  expect(await pick({ description: tea }, sender)).toEqual(NOTHING)
  expect(await readStoredSites()).toEqual([])
})

test.each([
  [undefined],
  [null],
  ['text'],
  [{}],
  [{ description: null }],
  [{ description: { ...tea, hosts: [] } }],
  [{ description: { ...tea, hosts: ['tea.example.org', 'evil.example'] } }],
  [{ description: { ...tea, hosts: 'tea.example.org' } }],
])('%j is no description of the page’s own host', async (data) => {
  await start()
  expect(await pick(data)).toEqual(NOTHING)
  expect(await readStoredSites()).toEqual([])
})

test('a description that is judged to be none can be picked again', async () => {
  await start()
  expect(await pick({ description: { ...tea, post: 'div:has(p)' } })).toMatchObject({
    added: 0,
    problem: { field: 'post', reason: 'bad-selector' },
  })
  expect(await pick({ description: tea })).toEqual({ added: 1 })
})
