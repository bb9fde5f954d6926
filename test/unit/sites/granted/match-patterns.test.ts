import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { SiteDescription } from '../../../../core/site-description.ts'
import { addressGlob, matchAddress, parseAddressTemplate } from '../../../../sites/described/address-template.ts'
import { threadPatterns } from '../../../../sites/granted/match-patterns.ts'
import { threadForms } from '../../../../sites/granted/thread-forms.ts'

const tea = { name: 'Tea', hosts: ['tea.example.org'], addresses: ['/t/{id}'], post: 'p', author: 'b', body: 'i' }
const own: SiteDescription[] = [tea, { ...tea, hosts: ['elsewhere.example'], addresses: ['/elsewhere/{id}'] }]
const SITE = '*://tea.example.org/*'

/** As browsers take it: another one would have the whole registration refused. */
const PATTERN = /^(?:\*|https?):\/\/(?:\*\.)?[\w.[\]:-]+\/[\w./~:@!$&'()+,;=%?*-]*$/

/** What a match pattern's path finds in an address. */
const fits = (glob: string, address: string) =>
  new RegExp(`^${glob.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')}$`, 's').test(address)

it('a site of which nothing is known has no pages of its own', () => {
  const nothing = { matches: [], excludeMatches: [] }
  expect(threadPatterns([{ pattern: SITE }, { pattern: '<all_urls>' }], [])).toEqual(nothing)
  expect(
    threadPatterns(
      [
        { pattern: SITE, engine: 'own-tea' },
        { pattern: SITE, engine: 'toString' },
      ],
      [],
    ),
  ).toEqual(nothing)
})

it('what the reader described stands on its own host alone, beside the engine that was met there', () => {
  const { matches } = threadPatterns([{ pattern: SITE, engine: 'tieba' }], own)
  expect(matches).toEqual(['*://tea.example.org/p/*', '*://tea.example.org/t/*'])
  expect(threadPatterns([{ pattern: 'https://tea.example.org/*' }], own).matches).toEqual([
    'https://tea.example.org/t/*',
  ])
})

it.each(Object.keys(threadForms))('%s: the browser takes all of its patterns', (engine) => {
  const { matches, excludeMatches } = threadPatterns([{ pattern: SITE, engine }], [])
  expect(matches.length).toBeGreaterThan(0)
  for (const pattern of [...matches, ...excludeMatches]) expect(pattern).toMatch(PATTERN)
})

it.each([
  ['/topic/{id}-{*}?page={page}', '/topic/*-*'],
  ['/show.php?f={*}&msg={id}&p={page}', undefined],
  ['/show.php?msg={id}&p={page}', '/show.php?*msg=*'],
  ['/茶/{id}', '/*/*'],
  ['/a*b/{id}', '/a*b/*'],
  ['/?x[t]={id}', '/?*x*t*=*'],
])('%s becomes %s', (text, glob) => {
  const template = parseAddressTemplate(text)
  expect(template && addressGlob(template)).toBe(glob)
})

it('an address that a template fits is on a page that the browser is told', () => {
  const piece = fc.constantFrom('/', 't', '-', '.html', '{id}', '{*}', '{page}', '茶', '%20', '(x)')
  const query = fc.constantFrom('', '?id={id}', '?page={page}', '?a=1&id={id}&page={page}', '?p[]={page}')
  const word = fc.stringMatching(/^[\w.~-]{1,8}$/)
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 7 }), query, word, fc.nat(999), (pieces, search, words, number) => {
      const text = `/${pieces.join('')}${search}`
      const template = parseAddressTemplate(text)
      if (!template) return
      const glob = addressGlob(template)
      expect(`*://a.example${glob}`).toMatch(PATTERN)
      const filled = text.replaceAll('{id}', String(number)).replaceAll('{page}', '3').replaceAll('{*}', words)
      const address = new URL(`https://a.example${filled}`)
      if (!matchAddress(template, address)) return
      expect(fits(glob, address.pathname + address.search)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
