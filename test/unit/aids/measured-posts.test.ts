import { expect, test, vi } from 'vitest'
import type { AidContext } from '../../../aids/define-aid.ts'
import { whenMeasured } from '../../../aids/measured-posts.ts'
import { LONG_PAGE } from '../../../core/post-lengths.ts'

function pageOf(posts: number, own?: Promise<object>) {
  const fail = vi.fn()
  const context = { page: { posts: Array.from({ length: posts }) }, own, fail } as unknown as AidContext
  return { context, fail }
}

test('a short page is measured at once, and so is one that nobody reads', () => {
  const act = vi.fn()
  const { signal } = new AbortController()
  whenMeasured(pageOf(LONG_PAGE, new Promise(() => {})).context, act, signal)
  whenMeasured(pageOf(LONG_PAGE + 1).context, act, signal)
  expect(act).toHaveBeenCalledTimes(2)
})

test('a long page waits until the background has read it, or could not', async () => {
  const act = vi.fn()
  const own = Promise.withResolvers<object>()
  whenMeasured(pageOf(LONG_PAGE + 1, own.promise).context, act, new AbortController().signal)
  await Promise.resolve()
  expect(act).not.toHaveBeenCalled()
  own.resolve({})
  await vi.waitFor(() => expect(act).toHaveBeenCalledTimes(1))
})

test('an aid that has ended meanwhile does nothing', async () => {
  const act = vi.fn()
  const controller = new AbortController()
  whenMeasured(pageOf(LONG_PAGE + 1, Promise.resolve({})).context, act, controller.signal)
  controller.abort()
  await new Promise((resolve) => setTimeout(resolve))
  expect(act).not.toHaveBeenCalled()
})

test('an error stops the aid', async () => {
  const { context, fail } = pageOf(LONG_PAGE + 1, Promise.resolve({}))
  const broken = () => {
    throw new Error('broken')
  }
  whenMeasured(context, broken, new AbortController().signal)
  await vi.waitFor(() => expect(fail).toHaveBeenCalledWith(new Error('broken')))
})
