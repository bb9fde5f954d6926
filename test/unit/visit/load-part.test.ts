import { beforeEach, expect, test, vi } from 'vitest'
import type { AidParts } from '../../../aids/aid-parts.ts'
import { sendToBackground } from '../../../messages/messenger.ts'
import { leavePart } from '../../../visit/left-parts.ts'

vi.mock('../../../messages/messenger.ts', () => ({ sendToBackground: vi.fn() }))

const part = {} as unknown as AidParts['search-panel']
const send = vi.mocked(sendToBackground)

/** As on a page that has just been opened. */
async function freshLoader() {
  vi.resetModules()
  Reflect.deleteProperty(globalThis, 'loulanParts')
  return (await import('../../../visit/load-part.ts')).loadPart
}

beforeEach(() => {
  send.mockReset()
  // The background answers when the script has run.
  send.mockImplementation(async () => leavePart('search-panel', part))
})

test('a part is asked for by its name, once, and is what its script left', async () => {
  const loadPart = await freshLoader()
  expect(send).not.toHaveBeenCalled()
  const loaded = await Promise.all([loadPart('search-panel'), loadPart('search-panel')])
  expect(loaded).toEqual([part, part])
  expect(await loadPart('search-panel')).toBe(part)
  expect(send.mock.calls).toEqual([['aidPartWanted', { name: 'search-panel' }]])
})

test('where it could not be put in, whoever waits is told, and the next one asks again', async () => {
  const loadPart = await freshLoader()
  send.mockRejectedValueOnce(new Error('Extension context invalidated.'))
  const waiting = [loadPart('search-panel'), loadPart('search-panel')]
  expect(await Promise.allSettled(waiting)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
  expect(await loadPart('search-panel')).toBe(part)
  expect(send).toHaveBeenCalledTimes(2)
})

test('a script that left nothing is a failure', async () => {
  const loadPart = await freshLoader()
  send.mockResolvedValueOnce(undefined)
  await expect(loadPart('search-panel')).rejects.toThrow('search-panel')
  expect(await loadPart('search-panel')).toBe(part)
})
