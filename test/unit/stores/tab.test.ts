import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { toFailure } from '../../../stores/failure.ts'
import { useTabStore } from '../../../stores/tab.ts'

beforeEach(() => setActivePinia(createPinia()))

test('without an answer from the background the tab has failed, and says so', async () => {
  const store = useTabStore()
  expect(store.state.kind).toBe('loading')
  await store.load(1)
  expect(store.state).toMatchObject({ kind: 'failed', failure: { code: 'failed' } })
})

test('an answer that comes too late is dropped', async () => {
  const store = useTabStore()
  const late = store.load(1)
  store.showNone()
  await late
  expect(store.state).toEqual({ kind: 'other' })
})

test('a post of a tab that does not answer is not shown', async () => {
  const store = useTabStore()
  expect(await store.showPost('1')).toBe(false)
  await store.load(1)
  expect(await store.showPost('1')).toBe(false)
})

test.each([
  [new Error('no'), { code: 'failed', detail: 'no' }],
  [Object.assign(new Error('full'), { code: 'quota-exceeded' }), { code: 'quota-exceeded', detail: 'full' }],
  [
    { code: 7, message: null },
    { code: 'failed', detail: '' },
  ],
  ['text', { code: 'failed', detail: 'text' }],
  [undefined, { code: 'failed', detail: '' }],
])('reads %j as a failure', (thrown, failure) => expect(toFailure(thrown)).toEqual(failure))

test('an answer that was asked for before is taken, and a refusal of it is told', async () => {
  const store = useTabStore()
  await store.load(1, Promise.resolve({ kind: 'silent' }))
  expect(store.state).toEqual({ kind: 'silent' })
  await store.load(1, Promise.reject(new Error('no')))
  expect(store.state).toMatchObject({ kind: 'failed', failure: { detail: 'no' } })
})
