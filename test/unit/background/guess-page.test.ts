import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { describeGuess, guessPage, handleGuesses } from '../../../background/guess-page.ts'
import { readStoredSites } from '../../../settings/own-sites.ts'
import { contentScriptOn, deliver, ownPage } from '../messages/deliver.ts'

const seed = (name: string) => {
  const html = readFileSync(join(import.meta.dirname, `../../../seeds/generic/${name}/page.html`), 'utf8')
  return { html, url: /^<!-- (\S+) -->/.exec(html)![1]! }
}
const thread = seed('div-cards')

let shown: { url: string; html: string } | undefined
let isPrivate = false
const stub = (target: object, name: string, value: unknown) =>
  Object.defineProperty(target, name, { value, configurable: true })
stub(browser.scripting, 'executeScript', () => Promise.resolve([{ result: shown }]))
stub(browser.tabs, 'get', () => Promise.resolve({ incognito: isPrivate }))

handleGuesses()

beforeEach(async () => {
  shown = thread
  isPrivate = false
  await browser.storage.local.clear()
})

const adopt = () => deliver('adoptGuess', { tabId: 7 }, ownPage('popup.html'))
const keep = () => deliver('keepGuess', { tabId: 7 }, ownPage('popup.html'))

test('a page is guessed at, and told in few words', () => {
  const guess = describeGuess(guessPage(thread)!)
  expect(guess).toMatchObject({ host: 'crumb.example.org', title: 'Sourdough that does not rise', certainty: 'sure' })
  expect(guess.evidence.posts).toBe(8)
  expect(guess.first.author).not.toBe('')
  expect(guess.first.words.length).toBeLessThanOrEqual(120)
  expect(guess.first.words).not.toMatch(/\n/)
})

test.each([
  ['a list of threads', seed('not-thread-list')],
  ['no page of the web', { ...thread, url: 'file:///home/page.html' }],
  ['no address', { ...thread, url: 'https://' }],
  ['too much', { ...thread, html: thread.html + ' '.repeat(8_000_000) }],
  ['nothing', { html: '', url: thread.url }],
])('nothing is guessed of %s', (_what, capture) => {
  expect(guessPage(capture)).toBeUndefined()
})

test('what was guessed becomes a site of the reader’s, but not from a private window, nor from a page that changed', async () => {
  expect(await adopt()).toEqual({ added: 1 })
  expect(await readStoredSites()).toMatchObject([{ hosts: ['crumb.example.org'] }])
  await browser.storage.local.clear()
  isPrivate = true
  expect(await adopt()).toEqual({ added: 0 })
  isPrivate = false
  shown = seed('not-thread-list')
  expect(await adopt()).toEqual({ added: 0 })
  shown = undefined
  expect(await adopt()).toEqual({ added: 0 })
  expect(await readStoredSites()).toEqual([])
})

test('the page is kept when asked for, and nothing of a private window or of no thread', async () => {
  expect(await keep()).toMatchObject({ cached: 'cached', key: expect.stringContaining('crumb.example.org') as unknown })
  isPrivate = true
  expect(await keep()).toMatchObject({ cached: 'private-window' })
  shown = seed('not-thread-list')
  expect(await keep()).toEqual({ cached: 'not-a-thread' })
  expect(await readStoredSites()).toEqual([])
})

test('pages may neither keep nor adopt', async () => {
  const page = contentScriptOn(thread.url)
  vi.spyOn(console, 'error').mockReturnValue(undefined)
  await expect(deliver('adoptGuess', { tabId: 7 }, page)).rejects.toThrow()
  await expect(deliver('keepGuess', { tabId: 7 }, page)).rejects.toThrow()
})
