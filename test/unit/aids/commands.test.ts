import { expect, test, vi } from 'vitest'
import { isOffered, offerCommand, runCommand } from '../../../aids/commands.ts'
import type { LivePage, LivePost } from '../../../aids/live-page.ts'

function offering() {
  const page = {} as LivePage
  const fail = vi.fn()
  return { page, fail, controller: new AbortController() }
}

test('a command is there as long as the aid that offers it', () => {
  const { page, fail, controller } = offering()
  const post = { id: '1' } as LivePost
  const run = vi.fn(() => post)
  offerCommand({ page, fail }, 'fold', { run }, controller.signal)
  expect(isOffered(page, 'fold')).toBe(true)
  expect(isOffered(page, 'quote')).toBe(false)
  expect(isOffered({} as LivePage, 'fold')).toBe(false)
  expect(runCommand(page, 'fold', post)).toBe(post)
  expect(run).toHaveBeenCalledWith(post)
  controller.abort()
  expect(isOffered(page, 'fold')).toBe(false)
  expect(runCommand(page, 'fold', post)).toBe(false)
})

test('of two offers the later counts, and goes without the former', () => {
  const { page, fail, controller } = offering()
  const restarted = new AbortController()
  offerCommand({ page, fail }, 'search', { run: () => 'old' }, controller.signal)
  offerCommand({ page, fail }, 'search', { run: () => 'new' }, restarted.signal)
  controller.abort()
  expect(runCommand(page, 'search', undefined)).toBe('new')
})

test('an aid can say that there is nothing to be done on a page, and its error is its own', () => {
  const { page, fail, controller } = offering()
  let isThere = false
  const run = () => {
    throw new Error('no such button')
  }
  offerCommand({ page, fail }, 'save', { run, isOffered: () => isThere }, controller.signal)
  expect(isOffered(page, 'save')).toBe(false)
  isThere = true
  expect(isOffered(page, 'save')).toBe(true)
  expect(runCommand(page, 'save', undefined)).toBe(false)
  expect(fail).toHaveBeenCalledOnce()
})
