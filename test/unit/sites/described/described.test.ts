// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SiteDescription } from '../../../../core/site-description.ts'
import { findPageAddress } from '../../../../core/thread-page.ts'
import { matchAddress, parseAddressTemplate } from '../../../../sites/described/address-template.ts'
import { parseSiteDescription } from '../../../../sites/described/description.ts'
import { describedSite } from '../../../../sites/described/site.ts'
import { readThreadPage } from '../../../../sites/registry.ts'

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/own-sites.md'), 'utf8')
const block = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(guide)![1]!
const PAGE = `<!DOCTYPE html><body>${block('html')}`
const URL_OF_PAGE = /`(https:\/\/tea[^`]+)`/.exec(guide)![1]!
const parsed = parseSiteDescription(block('json'))
const tea = (parsed as { description: SiteDescription }).description

describe('the example of the guide', () => {
  it('is a description that reads its page', () => {
    expect(parsed).not.toHaveProperty('problem')
    const page = readThreadPage(PAGE, URL_OF_PAGE, { own: [tea] })!
    expect(page).toMatchObject({
      page: 2,
      pageCount: 3,
      thread: {
        key: 'own-tea-example-org/tea.example.org/42',
        title: 'Green tea',
        url: 'https://tea.example.org/topic/42-green',
        posts: [
          {
            id: '101',
            floor: 21,
            author: { username: 'Ann' },
            postedAt: '2024-05-01T09:02:03+08:00',
            text: '80 degrees.',
            quotes: [{ username: 'Bo', excerpt: 'How hot?' }],
          },
          { id: '102', floor: 22, text: 'Thanks.', quotes: [] },
        ],
      },
    })
    expect(findPageAddress(page, 1)).toBe('https://tea.example.org/topic/42-green')
    expect(findPageAddress(page, 3)).toBe('https://tea.example.org/topic/42-green?page=3')
  })

  it('is found on the live page, and on no other host or address', () => {
    const document = new DOMParser().parseFromString(PAGE, 'text/html')
    const site = describedSite(tea)
    expect(site.isThread(new URL(URL_OF_PAGE), document)).toBe(true)
    for (const other of [
      'https://evil.example/topic/42-green',
      'https://x.tea.example.org/topic/42-green',
      'https://tea.example.org/board/4',
    ])
      expect(site.isThread(new URL(other), document)).toBe(false)
    const { post, postId, body } = site.selectors
    const first = document.querySelector(post)!
    expect(postId.pattern!.exec(first.getAttribute(postId.attribute)!)![1]).toBe('101')
    expect(first.querySelector(body)).not.toBeNull()
  })

  it('comes after the built-in sites, and before them where it says so', () => {
    const html = `<div id="phpbb"><h2 class="topic-title">Mine</h2><div class="post" id="p7"><p class="author"><a class="username">Ann</a></p><div class="content">words</div></div></div>`
    const url = 'https://tea.example.org/viewtopic.php?t=5'
    const own = {
      ...tea,
      addresses: ['/viewtopic.php?t={id}'],
      post: '.post',
      postIdPrefix: 'p',
      author: '.username',
      body: '.content',
    }
    expect(readThreadPage(html, url, { own: [own] })?.thread.site).toBe('phpbb3')
    expect(readThreadPage(html, url, { own: [{ ...own, first: true }] })?.thread.site).toBe('own-tea-example-org')
  })

  it('never reads the sites that the extension is at home on', () => {
    const html = '<div class="reply" id="r-1"><b class="who">Ann</b><div class="words">words</div></div>'
    const url = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528'
    const own = { ...tea, hosts: ['bbs.pku.edu.cn'], addresses: ['/v2/post-read.php?threadid={id}'], first: true }
    expect(readThreadPage(html, url, { own: [own] })?.thread.site).toBe('pku-bbs')
  })
})

describe('addresses', () => {
  it.each([
    ['/thread-{id}-{page}-1.html', '/thread-12-3-1.html', { id: '12', page: 3, rest: [] }],
    ['/t/{*}.{id}/page-{page}', '/t/a.b.91/page-2', { id: '91', page: 2, rest: ['a.b'] }],
    ['/t/{*}/{id}', '/t/any-thing/7', { id: '7', page: 1, rest: ['any-thing'] }],
    ['/show?tid={id}&p={page}', '/show?x=1&p=4&tid=9', { id: '9', page: 4, rest: [] }],
    ['/show?tid={id}&p={page}', '/show?tid=9', undefined],
    ['/t/{id}', '/t/7/8', undefined],
    ['/t/{id}', '/t/', undefined],
    ['/t/{id}', `/t/${'9'.repeat(65)}`, undefined],
    ['/t/{id}/{*}', '/t/7/', { id: '7', page: 1, rest: [''] }],
  ])('%s at %s', (text, path, parts) => {
    expect(matchAddress(parseAddressTemplate(text)!, new URL(path, 'https://e.org'))).toEqual(parts)
  })

  it.each([
    '',
    't/{id}',
    '/t',
    '/t/{id}{page}',
    '/t/{id}/{id}',
    '/t/{ID}',
    '/t/{id',
    '/t/{id}?a={*}',
    '/{page}/{page}/{id}',
    `/${'a'.repeat(300)}{id}`,
    '/t/{id}#x',
  ])('refuses %j', (text) => expect(parseAddressTemplate(text)).toBeUndefined())

  it('reads long addresses in one pass', () => {
    const template = parseAddressTemplate('/{*}a-{*}a-{*}a-{*}a-{id}')!
    const url = new URL(`/${'a-'.repeat(200_000)}!`, 'https://e.org')
    expect(matchAddress(template, url)).toBeUndefined()
  })
})

describe('descriptions', () => {
  it.each([
    ['{', '', 'not-json'],
    [[], '', 'not-an-object'],
    [null, '', 'not-an-object'],
    [{}, 'name', 'missing'],
    [{ ...tea, hosts: ['https://tea.example.org'] }, 'hosts', 'bad-host'],
    [{ ...tea, hosts: ['*'] }, 'hosts', 'bad-host'],
    [{ ...tea, hosts: [] }, 'hosts', 'bad-host'],
    [{ ...tea, addresses: ['/topic'] }, 'addresses', 'bad-address'],
    [{ ...tea, post: 'div:has(x)' }, 'post', 'bad-selector'],
    [{ ...tea, post: '' }, 'post', 'bad-selector'],
    [{ ...tea, body: 'a '.repeat(200) }, 'body', 'bad-selector'],
    [{ ...tea, author: 7 }, 'author', 'bad-selector'],
    [{ ...tea, zone: 'Tea/Time' }, 'zone', 'bad-value'],
    [{ ...tea, postIdPrefix: '(a+)+' }, 'postIdPrefix', 'bad-value'],
    [{ ...tea, onclick: 'x' }, 'onclick', 'unknown-field'],
    [JSON.parse('{"__proto__": {"name": 1}, "name": "x"}'), 'hosts', 'missing'],
  ])('refuses %j', (input, field, reason) => {
    expect(parseSiteDescription(input)).toEqual({ problem: { field, reason } })
  })

  it('never throws on hostile pages', () => {
    for (const html of ['', '<div class=reply id=r-1>', `${'<div class=reply id=r-1><b class=who>'.repeat(3000)}`]) {
      expect(() => readThreadPage(html, URL_OF_PAGE, { own: [tea] })).not.toThrow()
    }
  })
})
