import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { browser } from 'wxt/browser'
import { handleSentinels } from '../../../background/inject-thread-script.ts'
import { aidPartNames } from '../../../core/aid-parts.ts'
import { contentScriptOn, deliver, OWN_ID, ownPage } from '../messages/deliver.ts'

const PAGE = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=1'
const TAB = 7
const root = resolve(import.meta.dirname, '../../..')
let executed: unknown[] = []
let isRefused = false

Object.defineProperty(browser.scripting, 'executeScript', {
  value: (injection: unknown) => {
    executed.push(injection)
    return isRefused ? Promise.reject(new Error('Cannot access contents of the page')) : Promise.resolve([])
  },
  configurable: true,
})

handleSentinels()

beforeEach(() => {
  executed = []
  isRefused = false
})

const ask = (data: unknown, sender = contentScriptOn(PAGE, { id: TAB })) => deliver('aidPartWanted', data, sender)

test.each(aidPartNames)('the script of the part %s is put into the frame that asks', async (name) => {
  await ask({ name }, { ...contentScriptOn(PAGE, { id: TAB }), frameId: 3 })
  expect(executed).toEqual([
    { target: { tabId: TAB, frameIds: [3] }, files: [`/part-${name}.js`], injectImmediately: true },
  ])
  expect(existsSync(join(root, `entrypoints/part-${name}.ts`))).toBe(true)
})

test.each([
  [undefined],
  [null],
  ['search-panel'],
  [{}],
  [{ name: null }],
  [{ name: ['search-panel'] }],
  [{ name: 'background' }],
  [{ name: '../background' }],
  [{ name: 'search-panel.js' }],
  [{ name: 'toString' }],
])('%j names no part: nothing is put in', async (data) => {
  await expect(ask(data)).rejects.toThrow('No such part')
  expect(executed).toEqual([])
})

test.each([
  ['another extension', { ...contentScriptOn(PAGE, { id: TAB }), id: `${OWN_ID}-not` }],
  ['no tab', ownPage('options.html')],
])('nothing is put in for %s', async (_whence, sender) => {
  await expect(ask({ name: 'search-panel' }, sender)).rejects.toThrow()
  expect(executed).toEqual([])
})

test('a page that refuses it is told', async () => {
  isRefused = true
  await expect(ask({ name: 'search-panel' })).rejects.toThrow('Cannot access')
})
