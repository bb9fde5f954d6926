import type { Element, Nodes } from 'hast'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributeOf, setAttribute } from '../../../dom/attributes.ts'
import { MAX_DEPTH, parseFragment, parseHtml } from '../../../dom/parse-html.ts'
import { scopeOf } from '../../../dom/query.ts'
import { textOf } from '../../../dom/text-of.ts'

function depthOf(tree: Nodes): number {
  let deepest = 0
  const waiting: { node: Nodes; depth: number }[] = [{ node: tree, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    deepest = Math.max(deepest, next.depth)
    if ('children' in next.node) for (const node of next.node.children) waiting.push({ node, depth: next.depth + 1 })
  }
  return deepest
}

describe('parseHtml', () => {
  it('keeps attributes in the form hast has for them', () => {
    const element = scopeOf(
      parseFragment('<p class="a  b" data-post-id=3 hidden colspan=2 checked title="">x</p>'),
    ).first('p')
    expect(element?.properties).toEqual({
      className: ['a', 'b'],
      dataPostId: '3',
      hidden: true,
      colSpan: 2,
      checked: true,
      title: '',
    })
    expect(attributeOf(element!, 'class')).toBe('a b')
    expect(attributeOf(element!, 'data-post-id')).toBe('3')
    expect(attributeOf(element!, 'hidden')).toBe('')
    expect(attributeOf(element!, 'colspan')).toBe('2')
    expect(attributeOf(element!, 'title')).toBe('')
    expect(attributeOf(element!, 'href')).toBeUndefined()
    expect(attributeOf(element!, 'constructor')).toBeUndefined()
  })

  it('is not fooled by attributes named like parts of an object', () => {
    const properties = {}
    setAttribute(properties, '__proto__', 'x')
    setAttribute(properties, 'constructor', 'y')
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype)
    expect(Object.entries(properties)).toEqual([['constructor', 'y']])
  })

  it('reads noscript as markup, comments, templates and the doctype', () => {
    const tree = parseHtml('<!doctype html><!-- c --><body><noscript><p>n</p></noscript><template><i>t</i></template>')
    expect(tree.children.map((node) => node.type)).toEqual(['doctype', 'comment', 'element'])
    const page = scopeOf(tree)
    expect(page.first('noscript p')).toBeDefined()
    expect(page.first('i')).toBeUndefined()
    expect(JSON.stringify((page.first('template') as Element).content)).toContain('"t"')
  })

  it.each([
    ['div', '<div>'],
    ['b', '<b>'],
    ['list', '<ul><li>'],
    ['table', '<table><tr><td>'],
    ['svg', '<svg><g>'],
    ['template', '<template>'],
    ['link', '<a href=x><div>'],
  ])('keeps a page of endless nested %s shallow, and its words', (_, piece) => {
    const tree = parseHtml(piece.repeat(50_000) + 'words')
    expect(depthOf(tree)).toBeLessThanOrEqual(MAX_DEPTH + 4)
    if (piece !== '<template>' && piece !== '<svg><g>') expect(textOf(tree)).toBe('words')
  })

  it('goes on as before after a part that is nested too deep', () => {
    const html = `<main>${'<div>'.repeat(2000)}${'</div>'.repeat(2000)}<p id=after>after</p></main>`
    const page = scopeOf(parseHtml(html))
    expect(page.first('main > #after')).toBeDefined()
  })

  it('does not reopen formatting without end', () => {
    const html = Array.from({ length: 2000 }, (_, index) => `<p><font color="#${index}">x</p>`).join('')
    expect(scopeOf(parseHtml(html)).all('font').length).toBeLessThan(40_000)
  })

  it('stops at a number of elements that no page has', () => {
    const page = scopeOf(parseHtml('<p id=first>' + '<br>'.repeat(600_000)))
    expect(page.first('#first')).toBeDefined()
    expect(page.all('br').length).toBeLessThan(600_000)
  })

  it('never throws', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '<p',
      ' a=',
      '"',
      '</',
      '<!--',
      '-->',
      '<table>',
      '<tr>',
      '<svg>',
      '<b>',
      'x',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => parseHtml(parts.join('')).type === 'root'),
    )
  })
})
