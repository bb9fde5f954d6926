// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest'
import { earlyAids } from '../../../aids/early-aids.ts'
import { AidRunner, type AidWishes } from '../../../aids/runner.ts'
import { parseAidSettings } from '../../../settings/aid-settings.ts'
import { sampleSite, writePage } from './sample-page.ts'

const aid = earlyAids.find(({ id }) => id === 'unwrap-links')!

function run(body: string, options: { url?: string; links?: AidWishes['links'] } = {}) {
  const controller = new AbortController()
  writePage(document, [{ id: '1', body }])
  const before = document.documentElement.outerHTML
  new AidRunner({
    root: document,
    document,
    site: sampleSite,
    url: new URL(options.url ?? 'https://forum.example/t/1'),
    aids: [aid],
    wishes: {
      aids: { [aid.id]: { ...parseAidSettings(aid, {}), enabled: true } },
      speeds: { charactersPerMinute: 400, wordsPerMinute: 238 },
      ...(options.links && { links: options.links }),
    },
    memory: () => ({ has: () => false, add: () => {}, delete: () => {} }),
    signal: controller.signal,
  })
  return { before, stop: () => controller.abort() }
}

const link = () => document.querySelector('.body a')!
const marks = () => [...document.querySelectorAll('[data-loulan="unwrap-links"]')].map(({ textContent }) => textContent)
const jump = (target: string) => `https://bbs.pku.edu.cn/v2/jump-to.php?url=${encodeURIComponent(target)}`

beforeEach(() => {
  document.documentElement.innerHTML = '<head></head><body></body>'
})

describe('links in a post', () => {
  test.each([
    [
      'a wrapped link, its host hidden',
      jump('https://news.example/a'),
      '这里',
      'https://news.example/a',
      ['news.example'],
    ],
    [
      'a wrapped link that shows its host',
      jump('https://news.example/a'),
      'News.Example/a',
      'https://news.example/a',
      [],
    ],
    ['shown without www.', jump('https://www.news.example/a'), 'news.example', 'https://www.news.example/a', []],
    [
      'a host that is only part of another name',
      jump('https://ample.com/'),
      'example.company',
      'https://ample.com/',
      ['ample.com'],
    ],
    [
      'another host in the text',
      jump('https://evil.example/'),
      'https://bank.com/',
      'https://evil.example/',
      ['实为 evil.example'],
    ],
    ['tracking', 'https://example.org/?id=1&utm_source=x', '文', 'https://example.org/?id=1', []],
    ['a short link', 'https://t.cn/Abc', '文', 'https://t.cn/Abc', ['目标不明']],
    ['credentials', 'https://bank.com@evil.example/', '文', 'https://bank.com@evil.example/', ['实为 evil.example']],
    ['punycode', 'https://xn--80ak6aa92e.com/', '文', 'https://xn--80ak6aa92e.com/', ['编码域名']],
    [
      'a script',
      'javascript://evil.example/%0aalert(1)',
      'https://bank.com',
      'javascript://evil.example/%0aalert(1)',
      [],
    ],
    ['mail', 'mailto:a@evil.example', 'https://bank.com', 'mailto:a@evil.example', []],
    ['the forum itself under another name', '/t/2', 'https://elsewhere.example/', '/t/2', []],
    ['a redirector to a script', jump('javascript:alert(1)'), '文', jump('javascript:alert(1)'), ['目标不明']],
    ['nothing at all', '', '文', '', []],
    ['no address', 'http://[', '文', 'http://[', []],
  ])('%s', (_name, href, text, expected, shown) => {
    const { before, stop } = run(
      `<p><a href="${href.replaceAll('&', '&amp;')}" title="former" rel="nofollow">${text}</a></p>`,
    )
    expect(link().getAttribute('href')).toBe(expected)
    expect(marks()).toEqual(shown)
    stop()
    expect(document.documentElement.outerHTML).toBe(before)
  })

  test('the tooltip says from what, to what and why, after what stood there', () => {
    run(`<a href="${jump('https://news.example/?utm_source=1&id=2')}" title="former">这里</a>`)
    expect(link().getAttribute('title')!.split('\n')).toEqual([
      'former',
      `原链接：${jump('https://news.example/?utm_source=1&id=2')}`,
      '现在指向：https://news.example/?id=2',
      '去掉了跳转页：bbs.pku.edu.cn',
      '去掉了跟踪参数：utm_source',
    ])
    expect(link().getAttribute('rel')).toBe('noopener noreferrer')
  })

  test('a tooltip stays readable however long the address is', () => {
    run(`<a href="${jump(`https://news.example/?q=${'字'.repeat(3000)}`)}">这里</a>`)
    expect(link().getAttribute('title')!.length).toBeLessThan(1000)
  })

  test('outside of bodies only jump pages are taken out', () => {
    const control = '<a href="/reply?utm_source=1">回</a>'
    const out = `<a id="out" href="${jump('https://news.example/')}">外</a>`
    const { before, stop } = run(`</div>${control}${out}<div>`)
    expect(document.querySelector('.body')!.textContent).toBe('')
    expect(document.body.innerHTML).toContain(control)
    expect(document.querySelector('#out')!.getAttribute('href')).toBe('https://news.example/')
    stop()
    expect(document.documentElement.outerHTML).toBe(before)
  })

  test('on a page behind a proxy that enciphers addresses, links to the proxy bear no marks', () => {
    const proxied = (path: string) => `https://wpn.pku.edu.cn/https/77726476706e69737468656265737421f2f552/v2/${path}`
    run(`<a href="${proxied('thread.php?bid=1')}">https://bbs.pku.edu.cn/</a>`, {
      url: proxied('post-read.php?bid=1&threadid=2'),
    })
    expect(marks()).toEqual([])
    run(`<a href="${proxied('thread.php?bid=1')}">代理</a>`)
    expect(marks()).toEqual(['目标不明'])
  })

  test('the reader’s own rules and choices count', () => {
    const partner = 'https://redirect.viglink.com/?u=https%3A%2F%2Fshop.example%2F'
    run(`<a href="${partner}">店</a>`)
    expect(marks()).toEqual(['推广链接'])
    run(`<a href="${partner}">店</a>`, { links: { affiliate: true } })
    expect(link().getAttribute('href')).toBe('https://shop.example/')
    run('<a href="https://go.example/?to=https%3A%2F%2Fa.example%2F">去</a>', {
      links: { rules: [{ kind: 'redirector', host: 'go.example', path: '/', parameter: 'to' }] },
    })
    expect(link().getAttribute('href')).toBe('https://a.example/')
  })
})
