// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { attributeOf } from '../../../dom/attributes.ts'
import { parseHtml } from '../../../dom/parse-html.ts'
import { scopeOf } from '../../../dom/query.ts'

const HTML = `<body id=top class="page wide">
<div class="card one" data-id="1" id=c1><div class=owner><p class=name><a href="user.php?uid=7">  Ada \n L </a></p></div>
  <div class=text><p title='it, is [odd] > "x"'>a</p><div class="card two" data-id=2><p class=name>inner</p></div></div></div>
<div class="card three" data-id=3><section><p class=name>third</p></section></div></body>`

const page = scopeOf(parseHtml(HTML))

describe('scopeOf', () => {
  const document = new DOMParser().parseFromString(HTML, 'text/html')
  it.each([
    'p',
    '*',
    '.card',
    '.card.two',
    '#c1',
    'div#c1.one',
    '[data-id]',
    '[data-id="2"]',
    '[data-id=x]',
    ' .card  >  .text ',
    '.one,.three',
    'a[href^="user.php"]',
    'a[href$="7"]',
    'a[href*="uid"]',
    '[class~="two"]',
    '[class~=car]',
    '.card .name',
    '.card > p',
    'body > .card > section > .name',
    '.page .card .owner a',
    '.card > .text .card > .name',
    '.owner .text .name',
    'body .wide p',
    '.one, .three',
    'a, p.name',
    `[title='it, is [odd] > "x"'], a`,
    'DIV.owner',
    '.card:not(.two)',
    'p:not([title]) , .card > :not(p)',
    '.card:not(.two):not(#c3) .name',
  ])('finds by %s what a browser finds', (selector) => {
    const expected = [...document.querySelectorAll(selector)].map((element) => element.outerHTML.slice(0, 40))
    const found = page.all(selector)
    expect(found.length).toBe(expected.length)
    expect(found.map((element) => attributeOf(element, 'class') ?? null)).toEqual(
      [...document.querySelectorAll(selector)].map((element) => element.getAttribute('class')),
    )
    expect(page.first(selector)).toBe(found[0])
    expect(page.querySelector(selector)?.getAttribute('class')).toBe(
      document.querySelector(selector)?.getAttribute('class'),
    )
  })

  it.each([
    '',
    '>',
    'a >',
    'a,',
    'a:hover',
    'p::before',
    'a + b',
    '[x',
    'a[b="c]',
    ', a',
    'a >> b',
    '.1a',
    '[a=1]',
    '.a*',
    'a:not()',
    'a:not(b c)',
    'a:not(b, c)',
    'a:not(b:not(c))',
  ])('refuses %j', (selector) => {
    expect(() => page.first(selector)).toThrow(SyntaxError)
  })

  it('looks within a part, less what it is told to leave out', () => {
    const cards = page.all('.card')
    const first = page.within(cards[0]!, '.card')
    expect(first.element).toBe(cards[0])
    expect(first.text('.name')).toBe('Ada L')
    expect(first.attribute('a', 'href')).toBe('user.php?uid=7')
    expect(first.all('.name').length).toBe(1)
    expect(first.first('.card')).toBeUndefined()
    expect(first.within(first.first('.text')!).first('.name')).toBeUndefined()
    expect(page.within(cards[0]!).all('.name').length).toBe(2)
    expect(first.text('.nothing')).toBe('')
    expect(first.attribute('.nothing', 'href')).toBeUndefined()
    expect(first.first('body .name')).toBeDefined()
  })

  it('finds the nearest element around one', () => {
    const inner = page.first('.two .name')!
    expect(page.closest(inner, '.card')).toBe(page.first('.two'))
    expect(page.closest(inner, '.three')).toBeUndefined()
  })

  it('is not slowed by hostile nesting under a selector of many steps', () => {
    const deep = `<div class="b c d">`.repeat(500) + '<p>x</p>'.repeat(2000)
    expect(scopeOf(parseHtml(deep)).all('.a .b .c .d p')).toEqual([])
  })
})
