import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseHtml } from '../../../../dom/parse-html.ts'
import { parseSiteDescription } from '../../../../sites/described/description.ts'
import { findAddresses } from '../../../../sites/generic/addresses.ts'
import { commonPrefix } from '../../../../sites/generic/id-prefix.ts'
import { findPostsIn } from '../../../../sites/generic/find-posts.ts'
import { matchAddress, parseAddressTemplate } from '../../../../sites/described/address-template.ts'

const url = new URL('https://a.example.org/t/42')
const readAt = new Date('2024-05-20T09:30:00Z')
const post = (index: number, inside = '') =>
  `<div class="post" id="p${index}"><a class="author" href="/user/${index % 9}">name ${index % 9}</a>` +
  `<time datetime="2024-01-01T10:${String(index % 60).padStart(2, '0')}:00Z">t</time>` +
  `<div class="body">Words number ${index} of a thread that somebody wrote.${inside}</div></div>`

/** Milliseconds of the processor's work, the less of two goes: what else the machine does is not in it. */
function cost(work: () => void): number {
  const once = () => {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }
  return Math.min(once(), once())
}

const many = (length: number, piece: (index: number) => string) =>
  Array.from({ length }, (_, index) => piece(index)).join('')
const letters = (index: number) => [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
const pageLink = (index: number, more = '') => `<a href="/t/42?${more}page=${index}">${index}</a>`
const withoutEnd = (index: number, ends: number) => post(index).slice(0, -6 * ends)

/** Finding is bounded by what the page takes to be parsed, in the same run: about 2 to 5 times that, and never a power of it. */
it.each([
  ['50,000 blocks', many(50_000, (index) => post(index))],
  ['deep nesting', `${'<div class="post"><time datetime="2024-01-01T10:00:00Z">t</time>'.repeat(5000)}words`],
  ['nested comments', many(20_000, (index) => withoutEnd(index, 1))],
  [
    'a class for each',
    many(30_000, (i) => `<p class="c${'abcdefghij'[i % 10]}${'klmnop'[i % 6]}x">2024-01-01 10:00</p>`),
  ],
  ['many links', many(20_000, (index) => pageLink(index)) + post(1) + post(2)],
  ['a link to a page in each block', many(20_000, (index) => post(index, pageLink(index)))],
  ['addresses full of numbers', many(300, (index) => pageLink(index, 'a=1&b=22&'.repeat(3000))) + post(1) + post(2)],
  [
    'many columns',
    many(60, (row) =>
      post(
        row,
        many(1400, (at) => `<i class="c${letters(at)}">w${at} ${row}</i>`),
      ),
    ),
  ],
  [
    'many times in each block',
    many(100, (row) =>
      post(
        row,
        many(300, (at) => `<i title="2024-01-01 10:00">10:${at}</i>`),
      ),
    ),
  ],
  [
    'many headings',
    `<title>${'ab '.repeat(300_000)}</title>${many(50_000, () => '<h2>ab ab</h2>')}${post(1)}${post(2)}`,
  ],
  ['many names', many(3000, (row) => `<div class="${many(200, (at) => `n${letters(at + row)} `)}">${post(row)}</div>`)],
])('is done in time with %s', { timeout: 60_000 }, (_name, html) => {
  const parsing = cost(() => parseHtml(html))
  expect(cost(() => findPostsIn(html, url, readAt)) / parsing).toBeLessThan(8)
})

it('finds all of 1,000 posts', () => {
  const html = Array.from({ length: 1000 }, (_, index) => post(index)).join('')
  const finding = findPostsIn(html, url, readAt)
  expect(finding?.page.thread.posts.length).toBe(1000)
})

it('never throws, and what it describes is a description', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<div class="post">',
      '</div>',
      '<time datetime="2024-01-01T10:00">',
      '</time>',
      '<a href="/u/1">',
      '</a>',
      '<li>',
      '<p>',
      '昨天 22:40',
    ),
    fc.integer({ min: 0, max: 20 }).map((index) => post(index)),
    fc.string({ maxLength: 20 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.webUrl({ withQueryParameters: true }), (pieces, address) => {
      const finding = findPostsIn(pieces.join(''), new URL(address), readAt)
      if (!finding) return
      expect(parseSiteDescription(finding.description)).toEqual({ description: finding.description })
      expect(finding.evidence.posts).toBeGreaterThan(1)
    }),
  )
})

it('addresses made of an address fit it', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true }),
      fc.array(fc.nat(30), { maxLength: 5 }),
      (address, numbers) => {
        const own = new URL(address)
        const links = numbers.map((number) => ({ number, url: new URL(`?page=${number}`, own) }))
        const found = findAddresses(own, links)
        if (!found) return
        const fits = found.addresses.some((text) => matchAddress(parseAddressTemplate(text)!, own) !== undefined)
        expect(fits).toBe(true)
      },
    ),
  )
})

it.each([
  ['https://a.example.org/viewtopic.php?f=3&t=77', '/viewtopic.php?t={id}'],
  ['https://a.example.org/threads/green-tea.123/page-4', '/threads/{*}.{id}/'],
  ['https://a.example.org/thread-123-1-1.html', '/thread-{id}-1-1.html'],
  ['https://a.example.org/2022/08/why-i-bake/', '/{*}/{*}/{slug}/'],
  ['https://a.example.org/s/dwip3v/a_title', '/s/{id}/{*}'],
  ['https://a.example.org/pond/2024/317', '/pond/{*}/{id}'],
  ['https://a.example.org/pipermail/pond/2024-May/000123.html', '/pipermail/pond/{*}/{id}.html'],
  ['https://a.example.org/2024/5/317.html', '/{*}/{*}/{id}.html'],
])('%s is written %s', (address, template) => {
  const found = findAddresses(new URL(address), [])
  expect(found?.addresses ?? [template]).toEqual([template])
})

it('a site’s first page names no thread', () => {
  expect(findAddresses(new URL('https://a.example.org/'), [])).toBeUndefined()
})

it.each([
  [['p12', 'p13', 'p245'], 'p'],
  [['post-8', 'post-81'], 'post-'],
  [['4100', '4103'], ''],
  [['thing_t1_o8abc', 'thing_t1_o8xyz'], 'thing_t1_'],
  [['a', 'a'], undefined],
  [['a1', undefined], undefined],
  [['a b', 'a c'], undefined],
])('%j have the prefix %j', (values, prefix) => expect(commonPrefix(values)).toBe(prefix))
