// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import type { LoadPart } from '../../../aids/aid-parts.ts'
import { isOffered, runCommand } from '../../../aids/commands.ts'
import { importPart } from '../../../aids/import-part.ts'
import { keyBindings } from '../../../aids/key-bindings.ts'
import { findKeyHolder } from '../../../core/keys.ts'
import { runAid } from './run-aid.ts'
import { sampleSite, writePage } from './sample-page.ts'

const POSTS = ['1', '2', '3'].map((id) => ({ id, author: `author ${id}`, body: 'words' }))
const post = (id: string) => document.querySelector<HTMLElement>(`[data-id="${id}"]`)!
const dialog = () => document.querySelector<HTMLDialogElement>('.loulan-keyboard-list')
const terms = () => [...(dialog()?.querySelectorAll('dt') ?? [])].map(({ textContent }) => textContent)

beforeEach(() => {
  document.documentElement.innerHTML = '<head></head><body></body>'
  writePage(document, POSTS)
  delete sampleSite.keys
})

test('no two commands begin with one key', () => {
  const keys = Object.fromEntries(Object.entries(keyBindings).map(([name, setting]) => [name, setting.default]))
  expect(Object.entries(keys).filter(([name, key]) => findKeyHolder(keys, key, name))).toEqual([])
})

test('a post that has the focus is marked, the one before no more, and all goes when it stops', () => {
  post('3').setAttribute('tabindex', '0')
  const { before, stop } = runAid('keyboard')
  for (const id of ['1', '2', '3']) {
    if (id !== '3') post(id).tabIndex = -1
    post(id).focus()
  }
  expect([...document.querySelectorAll('[data-loulan-keyboard]')]).toEqual([post('3')])
  for (const id of ['1', '2']) post(id).removeAttribute('tabindex')
  stop()
  expect(document.documentElement.outerHTML).toBe(before)
})

test('the list names the keys that do something, and those left to the site', async () => {
  sampleSite.keys = 'jxyz'
  const { runner, before, stop } = runAid('keyboard')
  runCommand(runner.page, 'list', undefined)
  await expect.poll(terms).toEqual(['k', '?'])
  expect(document.activeElement).toBe(dialog()!.querySelector('button'))
  expect(dialog()!.textContent).toContain('这个网站自己用了这些键，楼览就不抢了：下一楼。')
  dialog()!.querySelector('button')!.click()
  expect(dialog()).toBeNull()
  runCommand(runner.page, 'list', undefined)
  stop()
  expect(document.documentElement.outerHTML).toBe(before)
})

test('its dialog stands before what it lists has come, and closes by its key; what comes then is not shown', async () => {
  const way = Promise.withResolvers<undefined>()
  const slowly: LoadPart = async (name) => {
    await way.promise
    return importPart(name)
  }
  const { runner, before, stop } = runAid('keyboard', {}, slowly)
  runCommand(runner.page, 'list', undefined)
  expect(dialog()!.open).toBe(true)
  expect(dialog()!.childElementCount).toBe(0)
  dialog()!.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))
  expect(dialog()).toBeNull()
  way.resolve(undefined)
  await importPart('key-list')
  expect(dialog()).toBeNull()
  runCommand(runner.page, 'list', undefined)
  await expect.poll(terms).toEqual(['j', 'k', '?'])
  runCommand(runner.page, 'list', undefined)
  stop()
  await importPart('key-list')
  expect(document.documentElement.outerHTML).toBe(before)
})

test('a list that does not come is said, and comes when it is asked for again', async () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue(undefined)
  let tries = 0
  const { runner } = runAid('keyboard', {}, (name) =>
    tries++ === 0 ? Promise.reject(new Error('No response')) : importPart(name),
  )
  runCommand(runner.page, 'list', undefined)
  await expect
    .poll(() => document.querySelector('.loulan-keyboard-status')!.textContent)
    .toBe('快捷键一览没有加载成功，再按一次试试')
  expect(dialog()).toBeNull()
  expect(warned).toHaveBeenCalledOnce()
  expect(runner.states).toEqual([{ id: 'keyboard', state: 'on' }])
  runCommand(runner.page, 'list', undefined)
  await expect.poll(terms).toEqual(['j', 'k', '?'])
})

test('what no aid on the page offers is not offered', () => {
  const { runner, stop } = runAid('keyboard')
  const offered = Object.keys(keyBindings).filter((name) => isOffered(runner.page, name as keyof typeof keyBindings))
  expect(offered).toEqual(['nextPost', 'previousPost', 'list'])
  stop()
  expect(isOffered(runner.page, 'nextPost')).toBe(false)
})
