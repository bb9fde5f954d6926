// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { renderHtml } from '../../../dom/render-html.ts'
import { sanitizeHtml } from '../../../dom/sanitize-html.ts'
import { HOSTILE_HTML, dangersOf } from './hostile-html.ts'

const base = 'https://forum.example/t/1'

/** What the renderer itself adds to links and pictures. */
const ADDED = new Set(['rel', 'target', 'referrerpolicy', 'loading', 'decoding'])

function dangersIn(fragment: DocumentFragment): string[] {
  return [...fragment.querySelectorAll('*')].flatMap((element) =>
    dangersOf(
      element.localName,
      [...element.attributes].filter(({ name }) => !ADDED.has(name)).map(({ name, value }) => [name, value] as const),
    ),
  )
}

describe('renderHtml', () => {
  it.each(HOSTILE_HTML)('leaves nothing dangerous of %j', (html) => {
    expect(dangersIn(renderHtml(html, document, { base }))).toEqual([])
  })

  it.each(HOSTILE_HTML)('agrees with the sanitiser of trees on %j', (html) => {
    const cleaned = sanitizeHtml(html, { base })
    const holder = document.createElement('div')
    holder.append(renderHtml(cleaned, document))
    for (const element of holder.querySelectorAll('*')) for (const name of ADDED) element.removeAttribute(name)
    const expected = new DOMParser().parseFromString(cleaned, 'text/html').body
    expect(holder.innerHTML).toBe(expected.innerHTML)
  })

  it('opens links apart and loads pictures late, without a referrer', () => {
    const fragment = renderHtml('<a href="https://a.example/">a</a><img src="https://a.example/i.png">', document)
    const link = fragment.querySelector('a')
    expect(link?.getAttribute('rel')).toBe('noopener noreferrer')
    expect(link?.getAttribute('target')).toBe('_blank')
    const picture = fragment.querySelector('img')
    expect(picture?.getAttribute('loading')).toBe('lazy')
    expect(picture?.getAttribute('referrerpolicy')).toBe('no-referrer')
  })

  it('walks through what it unwraps, in order, and no further than the body', () => {
    const fragment = renderHtml('a<form>b<label>c</label>d</form><blink></blink>e<p>f</p>g', document)
    expect(fragment.textContent).toBe('abcdefg')
  })

  it('renders deep nesting', () => {
    expect(renderHtml('<label>'.repeat(3000) + 'x', document).textContent).toBe('x')
  })
})
