// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import { runAid } from './run-aid.ts'
import { writePage } from './sample-page.ts'

const FILL = '这里是正文，说了许多话。'.repeat(20)
const LONG = ['一、缘起', '二、经过', '三、结局'].map((title) => `<p>${title}。${FILL}</p>`).join('')

const box = () => document.querySelector<HTMLDetailsElement>('.loulan-outline')
const titles = () => [...document.querySelectorAll('.loulan-outline li')].map(({ textContent }) => textContent)

beforeEach(() => {
  document.documentElement.innerHTML = '<head></head><body></body>'
})

test('lists the sections of a long post, and of no other', () => {
  writePage(document, [
    { id: '1', body: LONG },
    { id: '2', body: '<p>一、短</p><p>二、短</p>' },
    { id: '3', body: `<p>${FILL.repeat(4)}</p>` },
  ])
  const { runner, before, stop } = runAid('outline', { characters: 500 })
  expect(runner.states[0]).toEqual({ id: 'outline', state: 'on' })
  expect(document.querySelectorAll('.loulan-outline')).toHaveLength(1)
  expect(titles()).toEqual(['一、缘起', '二、经过', '三、结局'])
  stop()
  expect(document.documentElement.outerHTML).toBe(before)
})

test('quotes and signatures are not the post’s own sections', () => {
  writePage(document, [
    { id: '1', body: `<div class="quote">${LONG}</div>${LONG}<div class="signature"><p>四、签名</p></div>` },
  ])
  runAid('outline', { characters: 500 })
  expect(titles()).toEqual(['一、缘起', '二、经过', '三、结局'])
})

test('lines parted by <br> and headings of the page count; markup in them is text', () => {
  writePage(document, [
    { id: '1', body: `<h2>A &lt;b&gt;</h2>${FILL}<br>${FILL}<h3>B</h3>${FILL}<br><b>小标题</b><br>${FILL}` },
  ])
  runAid('outline', { characters: 500 })
  expect(titles()).toEqual(['A <b>', 'B', '小标题'])
  expect(box()!.querySelector('b')).toBeNull()
})
