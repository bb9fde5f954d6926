import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDice } from '../forum/prose.ts'
import { expect, openThread, test } from './fixtures.ts'
import { askedPages, SAVED_KEY, SAVED_THREAD, SaveDesk } from './saves.ts'

/** Saves of a thread of 30 pages through faults; each must leave what an undisturbed save leaves, byte for byte. */

test.use({ threads: [SAVED_THREAD] })
test.describe.configure({ mode: 'serial' })

let undisturbed = ''

test('an undisturbed save asks for each page once, in order, one at a time', async ({ launch, forum }) => {
  const desk = await SaveDesk.open(await launch())
  await desk.save()
  const report = await desk.waitFor('finished')
  expect(report).toMatchObject({ pagesDone: 30, pageCount: 30, posts: 600, newPosts: 600, gonePosts: 0 })
  expect(report.gaps).toEqual([
    { from: 4, to: 4 },
    { from: 21, to: 22 },
    { from: 100, to: 100 },
    { from: 343, to: 343 },
  ])
  // Where floors do not meet, the page before is looked at again.
  expect(askedPages(forum).filter((page, index, all) => all.indexOf(page) === index)).toEqual(
    Array.from({ length: 30 }, (_, index) => index + 1),
  )
  expect(askedPages(forum).length).toBeLessThanOrEqual(32)
  const asked = forum.requests.filter(({ path }) => path.includes('post-read.php'))
  asked.slice(1).forEach((request, index) => {
    expect(request.at).toBeGreaterThanOrEqual(asked[index]!.doneAt!)
    expect(request.at - asked[index]!.at).toBeGreaterThan(150)
  })
  undisturbed = await desk.dump()
})

test('the service worker stopped at 50 random moments', async ({ launch }) => {
  test.setTimeout(150_000)
  const extension = await launch()
  const desk = await SaveDesk.open(extension, 1)
  const dice = makeDice(7)
  await desk.save()
  for (let kill = 0; kill < 50; kill++) {
    await desk.page.waitForTimeout(dice.between(0, 400))
    await extension.stopServiceWorker()
    // Any message wakes the worker, and that is all it takes; a save that was done meanwhile is begun anew.
    const report = await desk.ask('controlSave', { key: 'wake', wish: 'resume' }).then(() => desk.report())
    if (report?.state === 'finished') await desk.save({ checkAll: true })
  }
  await desk.setPace(0.2)
  const report = await desk.waitFor('finished')
  expect(report).toMatchObject({ pagesDone: 30, posts: 600, editedPosts: 0, gonePosts: 0 })
  expect(await desk.dump()).toBe(undisturbed)
})

test('answers of 429 and 500, cut off, slow and without a byte', async ({ launch, forum }) => {
  const dice = makeDice(3)
  const pages = Array.from({ length: 30 }, (_, index) => index + 1)
  const on = () => new RegExp(`page=${dice.pick(pages.slice(1))}$`)
  for (let fault = 0; fault < 3; fault++) {
    forum.faults.add({ on: on(), status: 429, retryAfter: 1, times: 1 })
    forum.faults.add({ on: on(), status: 500, times: 2 })
    forum.faults.add({ on: on(), cutAfter: dice.roll(), times: 1 })
    forum.faults.add({ on: on(), cutAfter: 0, times: 1 })
    forum.faults.add({ on: on(), slow: 700, times: 1 })
  }
  const desk = await SaveDesk.open(await launch())
  await desk.save()
  expect(await desk.waitFor('finished')).toMatchObject({ pagesDone: 30, posts: 600, gonePosts: 0 })
  const statuses = forum.requests.map(({ status }) => status)
  expect(statuses.filter((status) => status === 429)).toHaveLength(3)
  expect(statuses.filter((status) => status === 500).length).toBeGreaterThanOrEqual(5)
  expect(await desk.dump()).toBe(undisturbed)
})

test('the login ends in the middle: it says so, and goes on when the reader reads there again', async ({
  launch,
  forum,
}) => {
  const extension = await launch()
  const desk = await SaveDesk.open(extension)
  await desk.save()
  await desk.waitForPages(8)
  forum.control.loginWall = () => true
  const waiting = await desk.waitFor('waiting')
  expect(waiting).toMatchObject({ reason: 'login-required', pageCount: 30 })
  expect(waiting.retryAt).toBeUndefined()
  expect(waiting.posts).toBe(waiting.pagesDone * 20)
  forum.control.username = 'reader'
  await openThread(await extension.context.newPage(), SAVED_THREAD, 2)
  expect(await desk.waitFor('finished')).toMatchObject({ pagesDone: 30, posts: 600 })
  expect(await desk.dump()).toBe(undisturbed)
})

test('the browser is closed in the middle and goes on by itself when it is opened', async ({ launch }) => {
  const userDataDir = mkdtempSync(join(tmpdir(), 'loulan-restart-'))
  try {
    const first = await launch({ userDataDir })
    const before = await SaveDesk.open(first)
    await before.save()
    await before.waitForPages(7)
    await first.context.close()
    const desk = await SaveDesk.open(await launch({ userDataDir }))
    expect(await desk.waitFor('finished')).toMatchObject({ pagesDone: 30, posts: 600 })
    expect(await desk.dump()).toBe(undisturbed)
  } finally {
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 10 })
  }
})

test('two pages ask for the same thread, and it is saved once', async ({ launch, forum }) => {
  const extension = await launch()
  const [one, other] = [await SaveDesk.open(extension), await SaveDesk.open(extension)]
  await Promise.all([one.save(), other.save(), one.save()])
  expect(await one.waitFor('finished')).toMatchObject({ key: SAVED_KEY, pagesDone: 30 })
  expect(askedPages(forum).length).toBeLessThanOrEqual(32)
  expect(await other.dump()).toBe(undisturbed)
})

test('the network is gone for a while', async ({ launch, forum }) => {
  const desk = await SaveDesk.open(await launch())
  await desk.save()
  await desk.waitForPages(5)
  await forum.stop()
  const waiting = await desk.waitFor('waiting')
  expect(waiting).toMatchObject({ reason: 'network', pageCount: 30 })
  expect(waiting.retryAt).toBeDefined()
  await forum.restart()
  expect(await desk.waitFor('finished')).toMatchObject({ pagesDone: 30, posts: 600 })
  expect(await desk.dump()).toBe(undisturbed)
})
