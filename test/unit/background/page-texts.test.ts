import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYAML } from 'confbox'
import { beforeEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { handlePageTexts } from '../../../background/page-texts.ts'
import { readPageTexts, readPageTextsEdition, writePageTexts } from '../../../settings/page-texts.ts'

const sections = Object.keys(
  parseYAML<object>(readFileSync(join(import.meta.dirname, '../../../locales/zh_CN.yml'), 'utf8')),
)
/** As the build lists them: the names of all texts. */
const built = Object.fromEntries(
  sections.flatMap((section) => [`${section}_one`, `${section}_two`]).map((n) => [n, {}]),
)

let language = 'zh-CN'
const asked = vi.fn()

beforeEach(() => {
  fakeBrowser.reset()
  language = 'zh-CN'
  asked.mockReset()
  vi.stubGlobal('fetch', (url: string) => {
    expect(url).toBe('/_locales/zh_CN/messages.json')
    asked()
    return Promise.resolve(new Response(JSON.stringify(built)))
  })
  vi.spyOn(browser.runtime, 'getManifest').mockReturnValue({ version: '1.2.3' } as never)
  vi.spyOn(browser.i18n, 'getUILanguage').mockImplementation(() => language)
  vi.spyOn(browser.i18n, 'getMessage').mockImplementation(
    ((name: string, places: string[]) => `${language} ${name} ${places.slice(0, 2).join(' ')}`) as never,
  )
})

test('the texts of pages are stored with their places open, and no others', async () => {
  handlePageTexts()
  await vi.waitFor(async () => expect(await readPageTextsEdition()).toBe('1.2.3 zh-CN'))
  const texts = await readPageTexts()
  expect(texts.length_one).toBe('zh-CN length_one $1 $2')
  expect(Object.keys(texts)).not.toContain('library_one')
})

test('they are stored anew in another language, and when the extension is updated', async () => {
  await writePageTexts('1.2.3 zh-CN', { length_one: 'old' })
  handlePageTexts()
  await new Promise((resolve) => setTimeout(resolve))
  expect((await readPageTexts()).length_one).toBe('old')
  await fakeBrowser.runtime.onInstalled.trigger({ reason: 'update' } as never)
  await vi.waitFor(async () => expect((await readPageTexts()).length_one).toBe('zh-CN length_one $1 $2'))
  language = 'en'
  handlePageTexts()
  await vi.waitFor(async () => expect((await readPageTexts()).length_one).toBe('en length_one $1 $2'))
})

test('an installation, which starts the worker too, stores them once', async () => {
  handlePageTexts()
  await fakeBrowser.runtime.onInstalled.trigger({ reason: 'install' } as never)
  await vi.waitFor(async () => expect(await readPageTextsEdition()).toBe('1.2.3 zh-CN'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(asked).toHaveBeenCalledTimes(1)
})
