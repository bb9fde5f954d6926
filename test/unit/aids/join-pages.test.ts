// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import type { LoadPart } from '../../../aids/aid-parts.ts'
import type { PageJoining } from '../../../aids/define-aid.ts'
import { importPart } from '../../../aids/import-part.ts'
import { noteShown } from '../../../aids/shown-addresses.ts'
import { runAid } from './run-aid.ts'
import { writePage } from './sample-page.ts'

/** Whether joining begins; how pages are joined is seen in a browser (test/e2e/join-pages.spec.ts). */

const NEXT = 'https://forum.example/t/1?page=2'
const foot = () => document.querySelector('.loulan-join-pages-foot')

let asked: string[] = []
const loadPart: LoadPart = (name) => {
  asked.push(name)
  return importPart(name)
}

function run(own: Partial<Awaited<ReturnType<PageJoining['readOwn']>>>, load: LoadPart = loadPart) {
  const joining: PageJoining = {
    readOwn: () => Promise.resolve({ key: undefined, page: undefined, next: undefined, ...own }),
    fetchPage: () => Promise.reject(new Error('No page is asked for')),
  }
  return runAid('join-pages', {}, load, { joining })
}

/** Time for what does not happen. */
const passed = () => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => {
  asked = []
  document.documentElement.innerHTML = '<head></head><body></body>'
  writePage(
    document,
    ['1', '2'].map((id) => ({ id, body: 'words' })),
  )
})

test('where there is a next page, what joins comes, and goes with the aid', async () => {
  const { before, stop } = run({ key: 'k', page: 1, next: NEXT })
  await expect.poll(foot).not.toBeNull()
  expect(foot()!.previousElementSibling).toBe(document.querySelector('[data-id="2"]'))
  expect(asked).toEqual(['page-joiner'])
  stop()
  expect(document.documentElement.outerHTML).toBe(before)
})

test.each([
  ['the last page', { key: 'k', page: 2 }],
  ['no thread', {}],
  ['no page of one', { key: 'k', next: NEXT }],
])('on %s nothing comes', async (_which, own) => {
  const { runner, before } = run(own)
  await passed()
  expect(asked).toEqual([])
  expect(document.documentElement.outerHTML).toBe(before)
  expect(runner.states).toEqual([{ id: 'join-pages', state: 'on' }])
})

test('off by the time it comes, the page is what it was; where it does not come, the aid says so', async () => {
  const way = Promise.withResolvers<undefined>()
  const slowly: LoadPart = async (name) => {
    asked.push(name)
    await way.promise
    return importPart(name)
  }
  const { before, stop } = run({ key: 'k', page: 1, next: NEXT }, slowly)
  await expect.poll(() => asked).toEqual(['page-joiner'])
  stop()
  way.resolve(undefined)
  await importPart('page-joiner')
  await passed()
  expect(document.documentElement.outerHTML).toBe(before)
  vi.spyOn(console, 'error').mockReturnValue(undefined)
  const { runner } = run({ key: 'k', page: 1, next: NEXT }, () => Promise.reject(new Error('No response')))
  await expect.poll(() => runner.states).toEqual([{ id: 'join-pages', state: 'failed', message: 'No response' }])
})

test('a page that stands under the address of a joined one is loaded anew, without what joins', async () => {
  const reload = vi.spyOn(document.location, 'reload').mockReturnValue(undefined)
  noteShown(`${location.href}#post`, 2)
  run({ key: 'k', page: 1, next: NEXT })
  await expect.poll(() => reload.mock.calls.length).toBe(1)
  run({ key: 'k', page: 2 })
  await passed()
  expect(reload).toHaveBeenCalledOnce()
  expect(asked).toEqual([])
})
