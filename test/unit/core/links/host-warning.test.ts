import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanLink } from '../../../../core/links.ts'
import { findHostMismatch } from '../../../../core/links/host-warning.ts'

describe('warnings about the host', () => {
  it.each([
    ['https://bank.example@evil.example/', 'credentials'],
    ['https://user:secret@example.org/', 'credentials'],
    ['https://p\u0430ypal.com/', 'mixed-scripts'],
    ['https://\u0430\u0440\u0440\u04cf\u0435.com/', 'mixed-scripts'],
    ['https://\u03b1\u0441.example/', 'mixed-scripts'],
    ['https://xn--pple-43d.com/', 'punycode'],
    ['https://www.XN--pple-43d.com/', 'punycode'],
    ['https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fxn--pple-43d.com%2F', 'punycode'],
    ['https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fbank.example%40evil.example', 'credentials'],
    ['https://北京大学.com/', undefined],
    ['https://münchen.de/', undefined],
    ['https://пример.рф/', undefined],
    ['https://bbs.pku.edu.cn/v2/', undefined],
    ['https://example.org/@user/a@b', undefined],
    ['https://notxn--a.example/', undefined],
  ])('%s: %s', (href, warning) => expect(cleanLink(href).warning).toBe(warning))
})

describe('findHostMismatch', () => {
  it.each([
    ['https://www.pku.edu.cn/', 'https://evil.example/', 'www.pku.edu.cn'],
    ['见 www.taobao.com', 'https://taoba0.example/', 'www.taobao.com'],
    ['taobao.com', 'https://taobao.com.evil.example/', 'taobao.com'],
    ['登录paypal.com网站', 'https://evil.example/', 'paypal.com'],
    ['https://p\u0430ypal.com', 'https://paypal.com/', 'xn--pypal-4ve.com'],
    ['http://weibo.cn/a', 'https://weibo.com/a', 'weibo.cn'],
    ['https://good.example@evil.example/x', 'https://good.example/', 'evil.example'],
  ])('%s → %s', (text, url, shown) => {
    expect(findHostMismatch(text, url)).toMatchObject({ shown })
  })

  it.each([
    ['这里', 'https://evil.example/'],
    ['README.md', 'https://github.com/a/b'],
    ['version 1.2.3', 'https://example.org/'],
    ['user@example.com', 'https://example.org/'],
    ['http://www.xinhuanet.com/politics/zywj/2020-04/14/c.htm', 'http://xinhuanet.com/politics/'],
    ['pku.edu.cn', 'https://bbs.pku.edu.cn/v2/'],
    ['https://m.douban.com/a', 'https://www.douban.com/a'],
    ['https://www.bdwm.net/v2/', 'https://bbs.pku.edu.cn/v2/'],
    ['https://example.co…', 'https://example.com/long'],
    ['https://example.co...', 'https://example.com/long'],
    ['HTTPS://EXAMPLE.ORG:8080/', 'https://example.org/'],
    ['https://例え.jp/', 'https://xn--r8jz45g.jp/'],
    ['https://example.org，好', 'https://example.org/'],
    ['https://example.org/', 'not an address'],
    ['', ''],
  ])('%s says nothing against %s', (text, url) => {
    expect(findHostMismatch(text, url)).toBeUndefined()
  })

  it('never throws, and an address agrees with itself', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, url) => void findHostMismatch(text, url)))
    fc.assert(fc.property(fc.webUrl(), (url) => findHostMismatch(url, url) === undefined))
  })
})
