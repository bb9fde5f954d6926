// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import type { LoadPart } from '../../../aids/aid-parts.ts'
import { importPart } from '../../../aids/import-part.ts'
import { runAid } from './run-aid.ts'
import { writePage } from './sample-page.ts'

const FILL = '这里是正文，说了许多话。'.repeat(20)
const LONG = ['一、缘起', '二、经过', '三、结局'].map((title) => `<p>${title}。${FILL}</p>`).join('')

const box = () => document.querySelector<HTMLDetailsElement>('.loulan-outline')
const titles = () => [...document.querySelectorAll('.loulan-outline li')].map(({ textContent }) => textContent)

beforeEach(() => {
  document.documentElement.innerHTML = '<head></head><body></body>'
})

test('lists the sections of a long post, and of no other', async () => {
  writePage(document, [
    { id: '1', body: LONG },
    { id: '2', body: '<p>一、短</p><p>二、短</p>' },
    { id: '3', body: `<p>${FILL.repeat(4)}</p>` },
  ])
  const { runner, before, stop } = runAid('outline', { characters: 500 })
  await expect.poll(titles).toEqual(['一、缘起', '二、经过', '三、结局'])
  expect(runner.states[0]).toEqual({ id: 'outline', state: 'on' })
  expect(document.querySelectorAll('.loulan-outline')).toHaveLength(1)
  stop()
  expect(document.documentElement.outerHTML).toBe(before)
})

test('quotes and signatures are not the post’s own sections', async () => {
  writePage(document, [
    { id: '1', body: `<div class="quote">${LONG}</div>${LONG}<div class="signature"><p>四、签名</p></div>` },
  ])
  runAid('outline', { characters: 500 })
  await expect.poll(titles).toEqual(['一、缘起', '二、经过', '三、结局'])
})

test('lines parted by <br> and headings of the page count; markup in them is text', async () => {
  writePage(document, [
    { id: '1', body: `<h2>A &lt;b&gt;</h2>${FILL}<br>${FILL}<h3>B</h3>${FILL}<br><b>小标题</b><br>${FILL}` },
  ])
  runAid('outline', { characters: 500 })
  await expect.poll(titles).toEqual(['A <b>', 'B', '小标题'])
  expect(box()!.querySelector('b')).toBeNull()
})

test('what lists them comes once, with the first long post, and posts after it get theirs', async () => {
  const asked: string[] = []
  const loadPart: LoadPart = (name) => {
    asked.push(name)
    return importPart(name)
  }
  writePage(document, [{ id: '1', body: '<p>一、短</p><p>二、短</p>' }])
  const { runner } = runAid('outline', { characters: 500 }, loadPart)
  expect(asked).toEqual([])
  for (const id of ['2', '3']) {
    const late = document.querySelector('.post')!.cloneNode(true) as HTMLElement
    late.dataset.id = id
    late.querySelector('.body')!.innerHTML = LONG
    document.querySelector('#content')!.append(late)
    runner.refresh()
    await expect.poll(() => document.querySelectorAll('.loulan-outline').length).toBe(Number(id) - 1)
  }
  expect(asked).toEqual(['post-outlines'])
})

test('off by the time it comes, the page is what it was; where it does not come, the aid says so', async () => {
  const way = Promise.withResolvers<undefined>()
  const slowly: LoadPart = async (name) => {
    await way.promise
    return importPart(name)
  }
  writePage(document, [{ id: '1', body: LONG }])
  const { before, stop } = runAid('outline', { characters: 500 }, slowly)
  stop()
  way.resolve(undefined)
  await importPart('post-outlines')
  expect(document.documentElement.outerHTML).toBe(before)
  vi.spyOn(console, 'error').mockReturnValue(undefined)
  const { runner } = runAid('outline', { characters: 500 }, () => Promise.reject(new Error('No response')))
  await expect.poll(() => runner.states).toEqual([{ id: 'outline', state: 'failed', message: 'No response' }])
  expect(document.documentElement.outerHTML).toBe(before)
})
