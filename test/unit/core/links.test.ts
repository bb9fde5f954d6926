import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanLink, createLinkCleaner } from '../../../core/links.ts'
import { REDIRECTORS } from '../../../core/links/redirectors.ts'
import { REDIRECTOR_EXAMPLES } from './links/redirector-examples.ts'

const PKU = 'https://bbs.pku.edu.cn/v2/'
const jump = (target: string) => `${PKU}jump-to.php?url=${encodeURIComponent(target)}`
const nested = (depth: number, target = 'https://example.org/') =>
  Array.from({ length: depth }).reduce<string>((address) => jump(address), target)
const untouched = (href: string) => ({ url: href, original: href, unwrapped: [], removed: [] })

describe('cleanLink', () => {
  it('says what was done, outermost first', () => {
    const inner = 'https://link.zhihu.com/?target=https%3A%2F%2Fexample.org%2F%3Futm_source%3Dzhihu%26a%3D1%23b'
    expect(cleanLink(jump(inner))).toEqual({
      url: 'https://example.org/?a=1#b',
      original: jump(inner),
      unwrapped: [jump(inner), inner],
      removed: ['utm_source'],
    })
  })

  it.each([
    'https://example.org',
    'HTTP://Example.ORG/%e4%b8%ad文/?B=1&a=%7E#Frag',
    'https://example.org/?url=https%3A%2F%2Fexample.net%2F',
    'https://example.org/redirector.php?url=https%3A%2F%2Fexample.net%2F',
    'https://example.org/outgoing?url=https%3A%2F%2Fexample.net%2F',
    'https://bbs.pku.edu.cn.evil.example/v2/jump-to.php?url=https%3A%2F%2Fexample.net%2F',
    'https://evilbbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fexample.net%2F',
    'https://bbs.pku.edu.cn/v2/other.php?url=https%3A%2F%2Fexample.net%2F',
    'https://bbs.pku.edu.cn:8443/v2/jump-to.php?url=https%3A%2F%2Fexample.net%2F',
    'https://www.google.evil.com/url?q=https%3A%2F%2Fexample.net%2F',
    'https://www.google.com.evil.com/url?q=https%3A%2F%2Fexample.net%2F',
    'https://iaaa.pku.edu.cn/iaaa/oauth.jsp?redirectUrl=https%3A%2F%2Fexample.net%2F',
    'mailto:a@example.org?subject=utm_source=1',
    'javascript:location="https://link.zhihu.com/?target=https://a.example"',
    'data:text/html,https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fexample.net',
    'blob:https://example.org/1?utm_source=2',
    'ftp://example.org/?utm_source=1',
    'jump-to.php?url=https%3A%2F%2Fexample.org',
    '//example.org/?utm_medium=1',
    '#22222309',
    '',
    ' ',
  ])('leaves alone what no rule names: %s', (href) => {
    expect(cleanLink(href)).toEqual(untouched(href))
  })

  it.each([
    'https://',
    'https:///',
    'http://[::1',
    'https://exa mple.org/?utm_source=1',
    'https://example.org:99999/?utm_source=1',
    'https://%zz/?utm_source=1',
    'https://1.2.3.4.5/?utm_source=1',
    'https://a\u0000b/?utm_source=1',
    '\ud800',
    '://?&=#',
  ])('hands a malformed address back: %j', (href) => expect(cleanLink(href)).toEqual(untouched(href)))

  it.each([undefined, null, 1, {}, [], Symbol('a'), Object.create(null)])('survives %o', (garbage) => {
    expect(cleanLink(garbage as string)).toEqual(untouched(''))
    expect(cleanLink('https://example.org/', garbage as string).url).toBe('https://example.org/')
  })

  it('can be handed to map, which passes an index after the address', () => {
    expect(['https://example.org/?gclid=1'].map(cleanLink as (href: string) => { url: string })[0]!.url).toBe(
      'https://example.org/',
    )
  })
})

describe('relative addresses', () => {
  it.each([
    ['jump-to.php?url=https%3A%2F%2Fexample.org', PKU, 'https://example.org'],
    ['../v2/jump-to.php?url=https%3A%2F%2Fexample.org', `${PKU}thread.php`, 'https://example.org'],
    ['//link.mcmod.cn/target/aHR0cHM6Ly9leGFtcGxlLm9yZw', undefined, 'https://example.org'],
    ['//example.org/a', 'http://example.net/', 'http://example.org/a'],
    ['post-read.php?bid=22&threadid=1', PKU, `${PKU}post-read.php?bid=22&threadid=1`],
    ['#5', `${PKU}post-read.php?bid=22`, `${PKU}post-read.php?bid=22#5`],
    ['thread.php?bid=22', 'chrome-extension://abc/reader.html', 'thread.php?bid=22'],
    ['thread.php?bid=22', 'not an address', 'thread.php?bid=22'],
  ])('%s on %s', (href, base, url) => expect(cleanLink(href, base)).toMatchObject({ url, original: href }))
})

describe('reading an href as a browser does', () => {
  it.each([
    '  https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fexample.org\n',
    'ht\ntps://bbs.pku.edu.cn/v2/jump-to\t.php?url=https%3A%2F%2Fexample.org',
    'https:\\\\bbs.pku.edu.cn\\v2\\jump-to.php?url=https%3A%2F%2Fexample.org',
    'HTTPS://BBS.PKU.EDU.CN/v2/jump-to.php?url=https%3A%2F%2Fexample.org',
    'https://bbs.pku.edu.cn./v2/jump-to.php?url=https%3A%2F%2Fexample.org',
    'https://bbs.pku.edu.cn:443/v2/jump-to.php?url=https%3A%2F%2Fexample.org',
    'https://bbs。pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fexample.org',
    'https://%62bs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fexample.org',
    'https://bbs.pku.edu.cn/v2/./x/../jump-to.php?url=https%3A%2F%2Fexample.org',
    'https:bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fexample.org',
    'https://user@bbs.pku.edu.cn/v2/jump-to.php?%75rl=https%3A%2F%2Fexample.org',
  ])('%j', (href) => expect(cleanLink(href).url).toBe('https://example.org'))
})

describe('targets', () => {
  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)//https://example.org',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'ftp://example.org/',
    'vbscript:x',
    'file:///etc/passwd',
    '//example.org/',
    '/relative',
    'https://',
    'https://exa mple.org/',
    'https://evil.example\n.org/',
    'https://evil.example/\u0000',
    '',
  ])('only http(s): %j', (target) => {
    const href = jump(target)
    expect(cleanLink(href)).toEqual({ ...untouched(href), warning: 'target-unknown' })
  })

  it.each([
    ['https%3A%2F%2Fexample.org%2F%3Fa%3D1%26b%3D2%23c', 'https://example.org/?a=1&b=2#c'],
    ['https%3A%2F%2Fexample.org%2F%3Fq%3D50%2525%2526', 'https://example.org/?q=50%25%26'],
    ['http://example.org/?a=1&b=2#c', 'http://example.org/?a=1&b=2#c'],
    ['http://example.org/?a=1%262&b=%23', 'http://example.org/?a=1%262&b=%23'],
    ['http://example.org/a&b=2', 'http://example.org/a'],
    ['https://example.org/%3Fa%3D1', 'https://example.org/?a=1'],
    ['https://example.org/100%25', 'https://example.org/100%25'],
    ['https%3A%2F%2Fexample.org%2F%E4%B8%AD', 'https://example.org/中'],
    ['http%3A%2F%2Fexample.org%2F%3Fq%3D%D6%D0', 'http://example.org/?q=%D6%D0'],
    ['http%3A%2F%2Fexample.org%2F100%', 'http://example.org/100%'],
    ['https%3A%2F%2Fexample.org%2Fa%20b%22%3C', 'https://example.org/a%20b%22%3C'],
    ['%20https%3A%2F%2Fexample.org%2F%0A', 'https://example.org/'],
    ['https%3A%2F%2Fevil.example%5C%40good.example%2F', 'https://evil.example/@good.example/'],
    ['https%3A%2F%2Fexample.org%2Fa+b', 'https://example.org/a+b'],
    ['https%3A%2F%2Fexample.org#c', 'https://example.org#c'],
    ['https%3A%2F%2Fexample.org%2F%23c#d', 'https://example.org/#c'],
    ['HTTPS%3A%2F%2FExample.org%2F', 'HTTPS://Example.org/'],
    ['javascript:1&url=https%3A%2F%2Fexample.org', `${PKU}jump-to.php?url=javascript:1&url=https%3A%2F%2Fexample.org`],
  ])('%s', (raw, url) => expect(cleanLink(`${PKU}jump-to.php?url=${raw}`).url).toBe(url))
})

describe('redirectors in redirectors', () => {
  it.each([1, 2, 5])('%i deep', (depth) => {
    expect(cleanLink(nested(depth))).toMatchObject({ url: 'https://example.org/' })
    expect(cleanLink(nested(depth)).unwrapped).toHaveLength(depth)
  })

  it.each([6, 12])('%i deep: left whole, with a warning', (depth) => {
    expect(cleanLink(nested(depth))).toEqual({ ...untouched(nested(depth)), warning: 'too-many-wrappers' })
  })

  it('a hundred deep without encoding', () => {
    const href = `${'https://href.li/?'.repeat(100)}https://example.org/`
    expect(cleanLink(href)).toEqual({ ...untouched(href), warning: 'too-many-wrappers' })
  })

  it('stops before a partner link unless the reader chose', () => {
    const partner = 'https://redirect.viglink.com/?key=1&u=https%3A%2F%2Fexample.org'
    expect(cleanLink(jump(partner))).toMatchObject({ url: partner, warning: 'affiliate' })
    expect(createLinkCleaner({ affiliate: true })(jump(partner)).url).toBe('https://example.org')
  })

  it('unwraps to a sign-in page and goes no further', () => {
    const login = 'https://login.example.org/?continue=https%3A%2F%2Fexample.net&utm_source=x'
    expect(cleanLink(jump(login)).url).toBe(login)
  })
})

const strange = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constantFrom(...REDIRECTOR_EXAMPLES.map((example) => example.in)),
  fc
    .tuple(
      fc.constantFrom(...REDIRECTORS.flatMap((row) => row.hosts.split(' '))),
      fc.constantFrom(...REDIRECTORS.flatMap((row) => (row.paths ?? '/').split(' '))),
      fc.constantFrom('url=', 'u=', 'target=', 'q=', 'utm_source=', '', 'url=javascript:', 'sign=1&url='),
      fc.oneof(
        fc.webUrl(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom('%', '%E4', 'https%3A//a.org/%3F', 'a1aHR0'),
      ),
      fc.constantFrom('', '&utm_source=1', '#f', '&'),
    )
    .map(([host, path, name, value, tail]) => `https://a${host}${path}?${name}${value}${tail}`),
)

describe('whatever the address', () => {
  const cleaners = [cleanLink, createLinkCleaner({ affiliate: true, forumHosts: () => true })]

  it('never throws, never yields another scheme, and cleaning twice is cleaning once', () => {
    fc.assert(
      fc.property(strange, fc.constantFrom(...cleaners), (href, clean) => {
        const first = clean(href)
        expect(first.original).toBe(href)
        if (first.url !== href) expect(first.url).toMatch(/^https?:\/\//i)
        const second = clean(first.url)
        expect(second).toMatchObject({ url: first.url, unwrapped: [], removed: [] })
        expect(second.warning).toBe(first.warning)
      }),
      { numRuns: 3000 },
    )
  })

  it('a target survives its wrapping', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (target) => {
        const plain = cleanLink(target).url
        expect(cleanLink(jump(target)).url).toBe(plain)
        expect(cleanLink(`https://link.zhihu.com/?target=${encodeURIComponent(target)}`).url).toBe(plain)
      }),
    )
  })

  it('answers for huge and hostile text without getting slower than its length', () => {
    const long = 100_000
    const texts = [
      `https://example.org/?${'&'.repeat(long)}`,
      `https://example.org/?${'utm_a=1&'.repeat(long)}`,
      `https://${'a.'.repeat(long)}com/?utm_source=1`,
      `https://example.org/${'/.'.repeat(long)}`,
      ` ${' '.repeat(long)}x${' '.repeat(long)}y`,
      `${PKU}jump-to.php?url=${'%'.repeat(long)}`,
      `${PKU}jump-to.php?url=${'%25'.repeat(long)}`,
      `https://urldefense.com/v3/__https://a.org/${'*'.repeat(long)}__;${'A'.repeat(long)}!!`,
      `https://protect.checkpoint.com/v2/___${'_'.repeat(long)}`,
      `https://${'login'.repeat(long)}/?utm_source=1`,
      `https://disq.us/url?url=https://a.org/${':'.repeat(long)}`,
      `https://c.pc.qq.com/index.html?pfurl=${'a.'.repeat(long)}`,
    ]
    for (const text of texts) expect(cleanLink(text).original).toBe(text)
  })
})
