import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { browser } from 'wxt/browser'
import { filesOf, frameOf, injectContentScript } from '../../../background/inject-content-script.ts'
import { contentScriptOn, ownPage } from '../messages/deliver.ts'

const PAGE = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=1'
const TARGET = { tabId: 7, frameIds: [3] }
const entrypoints = resolve(import.meta.dirname, '../../../entrypoints')
let done: unknown[] = []
let refused = ''

for (const name of ['executeScript', 'insertCSS'] as const)
  Object.defineProperty(browser.scripting, name, {
    value: (injection: object) => {
      done.push({ name, ...injection })
      return name === refused ? Promise.reject(new Error('Cannot access contents of the page')) : Promise.resolve([])
    },
    configurable: true,
  })

beforeEach(() => {
  done = []
  refused = ''
})

test.each(['thread', 'late-aids', 'forum'] as const)(
  '%s comes with its style, and does not wait for the page',
  async (name) => {
    await injectContentScript(TARGET, name)
    expect(done).toEqual([
      { name: 'insertCSS', target: TARGET, files: [`/content-scripts/${name}.css`] },
      { name: 'executeScript', target: TARGET, files: [`/content-scripts/${name}.js`], injectImmediately: true },
    ])
    expect(filesOf(name)).toEqual({ js: [`/content-scripts/${name}.js`], css: [`/content-scripts/${name}.css`] })
    expect(existsSync(join(entrypoints, `${name}.content`))).toBe(true)
  },
)

test.each(['executeScript', 'insertCSS'])('whoever asked is told that %s was refused', async (name) => {
  refused = name
  await expect(injectContentScript(TARGET, 'thread')).rejects.toThrow('Cannot access')
})

test('the frame of a message is that of the tab that sent it, the top one where none is named', () => {
  const sender = contentScriptOn(PAGE, { id: 7 })
  expect(frameOf({ ...sender, frameId: 3 })).toEqual(TARGET)
  expect(frameOf({ ...sender, frameId: undefined })).toEqual({ tabId: 7, frameIds: [0] })
  expect(frameOf(ownPage('options.html'))).toBeUndefined()
})
