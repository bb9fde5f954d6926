import { defineExtensionMessaging as defineLibrary } from '@webext-core/messaging'
import { beforeEach, expect, test, vi } from 'vitest'
import { defineExtensionMessaging } from '../../../scripts/content-script-messaging.ts'

/** The stand-in at one end and the library at the other: they must understand each other. */

type Reply = (answer: unknown) => void
type Listener = (message: unknown, sender: unknown, reply: Reply) => unknown

let listeners: Listener[] = []

/** As the browser delivers: copied on the way; undefined where nobody answers. */
function deliver(message: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    const copy: unknown = structuredClone(message)
    const reply = (answer: unknown) => resolve(structuredClone(answer))
    if (!listeners.some((listener) => listener(copy, { id: 'us' }, reply) === true)) resolve(undefined)
  })
}

beforeEach(() => {
  listeners = []
  vi.stubGlobal('chrome', {
    runtime: {
      onMessage: { addListener: (listener: Listener) => listeners.push(listener) },
      sendMessage: (message: unknown, callback?: Reply) => {
        const answered = deliver(message)
        if (callback) void answered.then(callback)
        return answered
      },
    },
  })
})

interface Protocol {
  double(data: number): number
  fail(): void
}

test('the library answers what the stand-in asks', async () => {
  const library = defineLibrary<Protocol>()
  library.onMessage('double', ({ data }) => data * 2)
  library.onMessage('fail', () => {
    throw new TypeError('not today')
  })
  const ours = defineExtensionMessaging()
  expect(await ours.sendMessage('double', 21)).toBe(42)
  await expect(ours.sendMessage('fail', undefined)).rejects.toThrow('not today')
  await expect(ours.sendMessage('unknown', 1)).rejects.toThrow('No response')
})

test('the stand-in answers what the library asks', async () => {
  const ours = defineExtensionMessaging()
  const senders: unknown[] = []
  ours.onMessage('double', (message) => {
    const { data, sender } = message as { data: number; sender: unknown }
    senders.push(sender)
    return data * 2
  })
  ours.onMessage('fail', async () => {
    throw new TypeError('not today')
  })
  const library = defineLibrary<Protocol>()
  expect(await library.sendMessage('double', 21)).toBe(42)
  expect(senders).toEqual([{ id: 'us' }])
  await expect(library.sendMessage('fail', undefined)).rejects.toMatchObject({
    name: 'TypeError',
    message: 'not today',
  })
})

test('messages of others are left to others', async () => {
  const ours = defineExtensionMessaging()
  ours.onMessage('double', () => 1)
  for (const message of [undefined, null, 'double', { type: 'other' }, {}])
    expect(await deliver(message)).toBeUndefined()
})

test('a handler that was taken back is no longer called', async () => {
  const ours = defineExtensionMessaging()
  const stop = ours.onMessage('double', () => 1)
  stop()
  expect(await deliver({ type: 'double' })).toBeUndefined()
})
