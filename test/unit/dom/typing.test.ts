// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isKeyTaken } from '../../../dom/typing.ts'

/** Presses a key where the selector finds an element; tells whether the key was taken. */
function press(selector: string, init: KeyboardEventInit & { keyCode?: number } = {}): boolean {
  let isTaken: boolean | undefined
  const listen = (event: Event) => (isTaken = isKeyTaken(event as KeyboardEvent))
  addEventListener('keydown', listen, { once: true })
  const event = new KeyboardEvent('keydown', { key: 'j', bubbles: true, composed: true, cancelable: true, ...init })
  if (init.keyCode) Object.defineProperty(event, 'keyCode', { value: init.keyCode })
  document.querySelector(selector)!.dispatchEvent(event)
  return isTaken!
}

beforeEach(() => {
  vi.stubGlobal('chrome', undefined)
  document.body.innerHTML =
    '<input><textarea></textarea><select></select><a href="#">x</a><button>x</button><own-host></own-host>' +
    '<div contenteditable><b id="in">x</b></div><div role="textbox"><i>x</i></div><p>x</p><div id="host"></div>'
})
afterEach(() => vi.unstubAllGlobals())

test.each(['input', 'textarea', 'select', '#in', 'i', 'own-host'])('a key in %s is not for the page', (selector) => {
  expect(press(selector)).toBe(true)
})

test.each(['body', 'p', 'a', 'button', '#host'])('a key at %s is for the page', (selector) => {
  expect(press(selector)).toBe(false)
})

test.each([
  { ctrlKey: true },
  { altKey: true },
  { metaKey: true },
  { isComposing: true },
  { keyCode: 229 },
] satisfies (KeyboardEventInit & { keyCode?: number })[])('nor is one with %j', (init) => {
  expect(press('p', init)).toBe(true)
})

test('nor one that the page has handled', () => {
  document.querySelector('p')!.addEventListener('keydown', (event) => event.preventDefault())
  expect(press('p')).toBe(true)
})

test('nor one while a dialog of the page is open', () => {
  document.body.insertAdjacentHTML('beforeend', '<div aria-modal="true"></div>')
  const dialog = document.body.lastElementChild!
  dialog.checkVisibility = () => true
  expect(press('p')).toBe(true)
  dialog.checkVisibility = () => false
  expect(press('p')).toBe(false)
})

test('a closed shadow tree is looked into by what the browser gives extensions', () => {
  const host = document.querySelector('#host')!
  const root = host.attachShadow({ mode: 'closed' })
  root.innerHTML = '<input>'
  vi.stubGlobal('chrome', {
    dom: { openOrClosedShadowRoot: (element: Element) => (element === host ? root : null) },
  })
  expect(press('#host')).toBe(false)
  root.querySelector('input')!.focus()
  expect(press('#host')).toBe(true)
})
