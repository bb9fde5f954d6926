import { describe, expect, it } from 'vitest'
import { cleanLink, createLinkCleaner } from '../../../../core/links.ts'
import { pkuPostPermalink } from '../../../../core/links/forum-addresses.ts'
import { TRACKING_BY_HOST, TRACKING_EVERYWHERE } from '../../../../core/links/tracking-parameters.ts'

const spelt = (name: string) => name.replace('*', 'x9')

describe('tracking parameters', () => {
  it.each(TRACKING_EVERYWHERE.split(' ').map(spelt))('%s goes everywhere', (name) => {
    expect(cleanLink(`https://example.org/a?b=1&${name}=x%2Fy&c=#d`)).toMatchObject({
      url: 'https://example.org/a?b=1&c=#d',
      removed: [name],
    })
  })

  const byHost = TRACKING_BY_HOST.flatMap(({ hosts, names }) =>
    hosts.split(' ').flatMap((host) => names.split(' ').map((name) => ({ host, name: spelt(name) }))),
  )

  it.each(byHost)('$name goes on $host only', ({ host, name }) => {
    const name9 = host.startsWith('.') ? `www${host}` : host
    expect(cleanLink(`https://${name9}/a?b=1&${name}=x`)).toMatchObject({
      url: `https://${name9}/a?b=1`,
      removed: [name],
    })
    const isGlobal = cleanLink(`https://example.org/a?${name}=x`).removed.length > 0
    const lookalike = cleanLink(`https://not${name9}.example/a?b=1&${name}=x`)
    expect(lookalike.removed).toEqual(isGlobal ? [name] : [])
  })

  it.each([
    'ref',
    'from',
    'source',
    'type',
    't',
    'p',
    'mid',
    'id',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
  ])('%s stays: it carries meaning somewhere', (name) => {
    const address = `https://example.org/a?${name}=1&b`
    expect(cleanLink(address).url).toBe(address)
  })

  it('keeps order, spelling and repetition of what stays', () => {
    expect(
      cleanLink('https://例え.jp/%e4%b8%ad?b=2&&a=%7e&UTM_Source=q&a=+&utm%5Fterm=1&=x&z#?utm_id=1'),
    ).toMatchObject({
      url: 'https://例え.jp/%e4%b8%ad?b=2&&a=%7e&a=+&=x&z#?utm_id=1',
      removed: ['UTM_Source', 'utm_term'],
    })
  })

  it('drops the question mark with the last parameter, and no other', () => {
    expect(cleanLink('https://example.org/?utm_source=a#top').url).toBe('https://example.org/#top')
    expect(cleanLink('https://example.org?utm_source=a').url).toBe('https://example.org')
    expect(cleanLink('https://example.org/?').url).toBe('https://example.org/?')
  })

  it('reads through an ampersand that was escaped for HTML', () => {
    expect(cleanLink('https://example.org/?a=1&amp;utm_source=x').url).toBe('https://example.org/?a=1')
  })

  it.each([
    'https://bucket.s3.amazonaws.com/a?utm_source=x&X-Amz-Signature=00ff',
    'https://example.org/file?utm_source=x&sign=abc',
    'https://accounts.example.org/o/oauth2?utm_source=x',
    'https://www.example.org/login.php?utm_source=x',
    'https://iaaa.pku.edu.cn/iaaa/oauth.jsp?appID=portal&redirectUrl=https%3A%2F%2Fportal.pku.edu.cn%2F&utm_source=x',
    'https://pay.example.org/order?utm_source=x',
    'https://example.org/checkout/?gclid=1',
    'https://example.org/x?client_id=1&redirect_uri=https%3A%2F%2Fa.example&utm_source=x',
  ])('never touches a sign-in, payment or signed address: %s', (address) => {
    expect(cleanLink(address)).toEqual({ url: address, original: address, unwrapped: [], removed: [] })
  })
})

describe('pages of known forums keep what carries meaning', () => {
  it.each([
    [
      'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&from=x&threadid=17625528&page=a&postid=22222309&_pjax=1#22222309',
      'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528&page=a&postid=22222309#22222309',
    ],
    [
      'http://www.bdwm.net/v2/mobile/post-read.php?sign=1&threadid=1&bid=2',
      'http://www.bdwm.net/v2/mobile/post-read.php?threadid=1&bid=2',
    ],
    [
      'https://bbs.pku.edu.cn/v2/post-read-single.php?bid=22&postid=1&type=0&x=1',
      'https://bbs.pku.edu.cn/v2/post-read-single.php?bid=22&postid=1&type=0',
    ],
    [
      'https://bbs.example.com/2b/forum.php?mod=viewthread&tid=1&extra=page%3D1%26filter%3D1&page=2&authorid=3&highlight=a#pid4',
      'https://bbs.example.com/2b/forum.php?mod=viewthread&tid=1&page=2&authorid=3#pid4',
    ],
    [
      'https://old.example.com/viewthread.php?tid=1&extra=&page=2',
      'https://old.example.com/viewthread.php?tid=1&page=2',
    ],
    [
      'https://tieba.baidu.com/p/7989575070?share=9105&fr=sharewise&see_lz=1&share_from=post&sfc=copy&client_type=2&client_version=12&st=1&is_video=false&unique=E&pn=3',
      'https://tieba.baidu.com/p/7989575070?see_lz=1&pn=3',
    ],
    [
      'https://mp.weixin.qq.com/s?__biz=MzA%3D%3D&mid=265&idx=1&sn=f00&chksm=8&scene=21#wechat_redirect',
      'https://mp.weixin.qq.com/s?__biz=MzA%3D%3D&mid=265&idx=1&sn=f00#wechat_redirect',
    ],
    ['https://mp.weixin.qq.com/s/AbC-123?scene=1', 'https://mp.weixin.qq.com/s/AbC-123'],
  ])('%s', (href, url) => {
    expect(cleanLink(href).url).toBe(url)
    expect(cleanLink(url).removed).toEqual([])
  })

  it.each([
    'https://bbs.pku.edu.cn/v2/thread.php?bid=22&mode=topic&page=3',
    'https://bbs.pku.edu.cn/v2/search.php?mode=post&key=a&owner=b',
    'https://bbs.example.com/forum.php?mod=redirect&goto=findpost&pid=4&ptid=1',
    'https://bbs.example.com/forum.php?mod=forumdisplay&fid=1&filter=typeid&typeid=2',
    'https://evil-bbs.pku.edu.cn.example/v2/post-read.php?x=1',
    'https://bbs.pku.edu.cn:8443/v2/post-read.php?x=1',
  ])('other pages keep all: %s', (address) => {
    expect(cleanLink(address).url).toBe(address)
  })

  it('links one post of PKU BBS so that page shifts do not matter', () => {
    const permalink = pkuPostPermalink('22', '17625528', '22222309')
    expect(permalink).toBe(
      'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528&page=a&postid=22222309#22222309',
    )
    expect(cleanLink(permalink).url).toBe(permalink)
    expect(pkuPostPermalink('2&x', '#', ' ')).not.toMatch(/[ ]|2&x|=#/)
  })
})

describe("the reader's own rules", () => {
  const clean = createLinkCleaner({
    rules: [
      { kind: 'redirector', host: 'go.example.net', path: '/out', parameter: 'dest' },
      { kind: 'redirector', host: '.b64.example', path: '/', parameter: 'u', encoding: 'base64' },
      { kind: 'parameter', name: 'campaign_*' },
      { kind: 'parameter', name: 'from', host: '.example.net' },
    ],
  })

  it.each([
    ['https://go.example.net/out/?dest=https%3A%2F%2Fexample.org%2F%3Fcampaign_id%3D1', 'https://example.org/'],
    ['https://a.b64.example/?u=aHR0cHM6Ly9leGFtcGxlLm9yZy8', 'https://example.org/'],
    ['https://www.example.net/a?from=x&to=y', 'https://www.example.net/a?to=y'],
    ['https://example.org/a?from=x&campaign=y', 'https://example.org/a?from=x&campaign=y'],
    [
      'https://go.example.net/login?dest=https%3A%2F%2Fexample.org',
      'https://go.example.net/login?dest=https%3A%2F%2Fexample.org',
    ],
    ['https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fexample.org', 'https://example.org'],
  ])('%s', (href, url) => expect(clean(href).url).toBe(url))

  it('do not reach the default cleaner', () => {
    expect(cleanLink('https://example.org/?campaign_id=1').removed).toEqual([])
  })
})
