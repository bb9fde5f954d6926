import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPageAddress } from '../../../core/thread-page.ts'
import { parseFragment, parseHtml } from '../../../dom/parse-html.ts'
import { scopeOf } from '../../../dom/query.ts'
import { sanitizeHtml } from '../../../dom/sanitize-html.ts'
import { writeHtml } from '../../../dom/write-html.ts'
import { sanitizeTree } from '../../../dom/sanitize-html.ts'
import { parseBbcode } from '../../../sites/nga/bbcode.ts'
import { canonicalHost } from '../../../sites/reading/address.ts'
import { readThreadPage, sites } from '../../../sites/registry.ts'
import { findSamples } from './samples.ts'

const samples = findSamples()
const readAt = new Date('2024-05-15T12:30:00Z')

function htmlOf(site: string, name: string): string {
  return samples.find((sample) => sample.site === site && sample.case === name)!.html
}

describe('identity', () => {
  it.each([
    [
      'discuz',
      'desktop-second-page',
      'discuz/bbs.example.org/3003',
      [
        'https://bbs.example.org/thread-3003-1-1.html',
        'https://www.bbs.example.org/thread-3003-7-2.html',
        'http://bbs.example.org/forum.php?mod=viewthread&tid=3003&page=2#pid9021',
        'https://bbs.example.org/forum.php?mod=redirect&goto=findpost&ptid=3003&pid=9021',
        'https://bbs.example.org/carpentry/3003.html',
      ],
    ],
    [
      'nga',
      'live-second-page',
      'nga/bbs.nga.cn/123',
      [
        'https://nga.178.com/read.php?tid=123&page=2',
        'https://bbs.nga.cn/read.php?tid=123&authorid=42',
        'https://ngabbs.com/read.php?pid=7000020&opt=128',
      ],
    ],
    [
      'phpbb3',
      'middle-page-german',
      'phpbb3/garten.example.org/42',
      [
        'https://www.garten.example.org/forum/viewtopic.php?t=42&start=10',
        'https://garten.example.org/forum/viewtopic.php?f=7&t=42',
        'https://garten.example.org/forum/viewtopic.php?p=111#p111',
        'https://garten.example.org/forum/tomaten-t42.html',
      ],
    ],
    [
      'vbulletin3',
      'second-page',
      'vbulletin3/boats.example.org/77',
      [
        'https://boats.example.org/vb/showthread.php?t=77',
        'https://boats.example.org/vb/showthread.php?p=301#post301',
        'https://boats.example.org/vb/repairs/77-leaking-deck-2.html',
      ],
    ],
    [
      'vbulletin4',
      'rewritten-address',
      'vbulletin4/boats.example.org/55',
      [
        'https://boats.example.org/forum/showthread.php?55-Leaking-deck/page2',
        'https://boats.example.org/forum/showthread.php/55-Leaking-deck?p=501',
        'https://boats.example.org/forum/showthread.php?t=55&page=2',
      ],
    ],
    [
      'xenforo2',
      'middle-page',
      'xenforo2/tea.example.org/91',
      [
        'https://tea.example.org/community/threads/brewing.91/',
        'https://tea.example.org/community/threads/91/page-2',
        'https://tea.example.org/community/index.php?threads/brewing.91/',
        'https://tea.example.org/community/topics/brewing.91/post-801',
      ],
    ],
    [
      'newsmth',
      'second-page',
      'newsmth/newsmth.net/Tea/77',
      [
        'https://www.newsmth.net/nForum/#!article/Tea/77?p=2',
        'https://www.mysmth.net/nForum/article/Tea/77?ajax&p=2',
        'http://newsmth.net/nForum/#!article/Tea/77?au=ada&p=2',
      ],
    ],
    [
      'v2ex',
      'second-page',
      'v2ex/v2ex.com/99001',
      ['https://global.v2ex.com/t/99001?p=2', 'https://v2ex.com/t/99001#reply5'],
    ],
    [
      'discourse',
      'robots-second-page',
      'discourse/tea.example.org/91',
      [
        'https://www.tea.example.org/t/brewing/91',
        'https://tea.example.org/t/91/22',
        'https://tea.example.org/t/-/91/print',
        'https://tea.example.org/t/2024-brewing/91?page=2',
      ],
    ],
    [
      'hackernews',
      'branch-old-form',
      'hackernews/news.ycombinator.com/9000',
      ['https://news.ycombinator.com/item?id=9002', 'https://news.ycombinator.com/item?id=9002#9003'],
    ],
    [
      'oldreddit',
      'nested',
      'oldreddit/reddit.com/1abcde',
      [
        'https://www.reddit.com/r/tea/comments/1abcde/brewing/aa03/',
        'https://np.reddit.com/comments/1abcde',
        'https://old.reddit.com/r/tea/comments/1abcde/anything/?sort=new',
      ],
    ],
    [
      'smf2',
      'second-page',
      'smf2/tea.example.org/91',
      [
        'https://tea.example.org/smf/index.php?topic=91.msg801#msg801',
        'https://tea.example.org/smf/index.php?PHPSESSID=0123456789abcdef0123456789&topic=91.20',
        'https://www.tea.example.org/smf/index.php/topic,91.new.html',
        'https://tea.example.org/smf/index.php?topic=91',
      ],
    ],
    [
      'mybb',
      'second-page',
      'mybb/tea.example.org/91',
      ['https://tea.example.org/showthread.php?tid=91&page=2', 'https://tea.example.org/Thread-91-lastpost.html'],
    ],
    [
      'stackexchange',
      'comments',
      'stackexchange/tea.stackexchange.com/91',
      ['https://tea.stackexchange.com/q/91/4', 'https://tea.stackexchange.com/questions/91?tab=votes'],
    ],
    [
      'lobsters',
      'nested',
      'lobsters/lobste.rs/abc123',
      ['https://lobste.rs/s/abc123', 'https://lobste.rs/s/abc123/x#c_aaa111'],
    ],
    [
      'flarum',
      'server-second-page',
      'flarum/tea.example.org/91',
      [
        'https://tea.example.org/d/91',
        'https://www.tea.example.org/d/91-brewing/22',
        'https://tea.example.org/d/91-x?page=2',
      ],
    ],
    [
      'nodebb',
      'second-page',
      'nodebb/tea.example.org/91',
      ['https://tea.example.org/topic/91', 'https://tea.example.org/topic/91/brewing/22'],
    ],
    [
      'fluxbb',
      'of-a-post',
      'fluxbb/tea.example.org/91',
      [
        'https://www.tea.example.org/board/viewtopic.php?id=91&p=2',
        'https://tea.example.org/board/viewtopic.php?pid=801',
      ],
    ],
    [
      'invision4',
      'version-4-second-page',
      'invision4/tea.example.org/91',
      [
        'https://tea.example.org/topic/91-brewing/',
        'https://tea.example.org/index.php?/topic/91-x/page/2/&tab=comments',
      ],
    ],
    [
      'vanilla',
      'second-page',
      'vanilla/tea.example.org/91',
      ['https://tea.example.org/discussion/91', 'https://tea.example.org/discussion/91/x/p2#Comment_801'],
    ],
    ['lemmy', 'nested', 'lemmy/lemmy.example.org/91', ['https://lemmy.example.org/post/91/802']],
  ])('of a thread of %s (%s) is %s at every address', (site, name, key, addresses) => {
    for (const address of addresses) {
      expect(readThreadPage(htmlOf(site, name), address, { readAt })?.thread.key, address).toBe(key)
    }
  })
})

describe('the post that an address points to', () => {
  it.each([
    ['discuz', 'https://bbs.example.org/thread-1-1-1.html#pid5', '5'],
    ['nga', 'https://bbs.nga.cn/read.php?tid=1#pid5Anchor', '5'],
    ['phpbb3', 'https://forum.example.org/viewtopic.php?p=5#p6', '6'],
    ['phpbb3', 'https://forum.example.org/viewtopic.php?p=5', '5'],
    ['vbulletin3', 'https://forum.example.org/showthread.php?p=5#post5', '5'],
    ['vbulletin4', 'https://forum.example.org/showthread.php?9-x&p=5#post5', '5'],
    ['vbulletin5', 'https://forum.example.org/forum/a/9-x?p=5#post5', '5'],
    ['xenforo1', 'https://forum.example.org/threads/x.9/#post-5', '5'],
    ['xenforo2', 'https://forum.example.org/threads/x.9/post-5', '5'],
    ['v2ex', 'https://www.v2ex.com/t/9#r_5', '5'],
    ['tieba', 'https://tieba.baidu.com/p/9?pid=555#555', '555'],
    ['phpwind', 'https://bbs.example.org/read.php?tid=9#5', '5'],
    ['discourse', 'https://forum.example.org/t/x/9/5', '5'],
    ['hackernews', 'https://news.ycombinator.com/item?id=9#5', '5'],
    ['oldreddit', 'https://old.reddit.com/r/tea/comments/1abcde/x/aa05/?context=3', 't1_aa05'],
    ['smf2', 'https://forum.example.org/index.php?topic=9.msg5#msg5', '5'],
    ['mybb', 'https://forum.example.org/thread-9-post-5.html#pid5', '5'],
    ['mybb', 'https://forum.example.org/showthread.php?tid=9&pid=5', '5'],
    ['stackexchange', 'https://tea.stackexchange.com/questions/9/x/5#5', 'answer-5'],
    ['stackexchange', 'https://tea.stackexchange.com/questions/9/x#comment5_9', 'comment-5'],
    ['lobsters', 'https://lobste.rs/s/abc123/x#c_aaa111', 'aaa111'],
    ['fluxbb', 'https://forum.example.org/viewtopic.php?pid=5#p5', '5'],
    ['invision4', 'https://forum.example.org/topic/9-x/page/2/#comment-5', '5'],
    ['invision4', 'https://forum.example.org/topic/9-x/?do=findComment&comment=5', '5'],
    ['vanilla', 'https://forum.example.org/discussion/9/x/p2#Comment_5', 'Comment_5'],
    ['lemmy', 'https://lemmy.example.org/post/9/5', '5'],
    ['phpbb3', 'https://forum.example.org/viewtopic.php?t=9#wrap', undefined],
    ['v2ex', 'https://www.v2ex.com/t/9#reply5', undefined],
  ])('%s: %s', (id, address, expected) => {
    expect(sites.find(({ site }) => site.id === id)!.site.linkedPostId!(new URL(address))).toBe(expected)
  })
})

describe('addresses of other pages', () => {
  it.each([
    ['phpbb3', 'middle-page-german', 3, 'https://www.garten.example.org/forum/viewtopic.php?t=42&start=20'],
    ['phpbb3', 'middle-page-german', 1, 'https://www.garten.example.org/forum/viewtopic.php?t=42'],
    ['xenforo2', 'middle-page', 14, 'https://tea.example.org/community/threads/brewing.91/page-14'],
    ['vbulletin4', 'rewritten-address', 2, 'https://boats.example.org/forum/showthread.php?t=55&page=2'],
    ['newsmth', 'second-page', 3, 'https://www.newsmth.net/nForum/article/Tea/77?ajax&p=3'],
    ['discuz', 'desktop-second-page', 12, 'https://www.bbs.example.org/thread-3003-12-1.html'],
    ['discuz', 'desktop-second-page', 1, 'https://www.bbs.example.org/thread-3003-1-1.html'],
    ['discuz', 'touch', 2, 'https://bbs.example.org/forum.php?mod=viewthread&tid=3003&page=2'],
    ['discuz', 'desktop-second-page', 13, undefined],
    ['discuz', 'desktop-second-page', 0, undefined],
    ['discuz', 'desktop-second-page', 1.5, undefined],
  ])('%s (%s), page %s', (site, name, number, expected) => {
    const { html, url } = samples.find((sample) => sample.site === site && sample.case === name)!
    expect(findPageAddress(readThreadPage(html, url, { readAt })!, number)).toBe(expected)
  })

  it('are thread addresses of their own site', () => {
    for (const { html, url } of samples) {
      const page = readThreadPage(html, url, { readAt })
      const address = page && findPageAddress(page, page.pageCount)
      if (!page || address === undefined || !page.thread.posts.length) continue
      const { site, isUndrawn } = sites.find((each) => each.site.id === page.thread.site)!
      const [there, tree] = [new URL(address), scopeOf(parseHtml(html))]
      expect(site.isThread(there, tree) || isUndrawn?.(there, tree), address).toBe(true)
      expect(canonicalHost(there), address).toBe(canonicalHost(new URL(url)))
      expect(readThreadPage(html, address, { readAt })?.thread.key).toBe(page.thread.key)
    }
  })
})

describe('times that a page tells from the moment of reading', () => {
  it('become absolute', () => {
    const html = htmlOf('tieba', 'second-page').replace('2024-01-02 12:33', '昨天 22:40')
    const page = readThreadPage(html, 'https://tieba.baidu.com/p/5005?pn=2', { readAt })!
    expect(page.thread.posts[0]!.postedAt).toBe('2024-05-14T22:40:00+08:00')
  })

  it('stay unknown to a reader that is not told the moment', () => {
    const html = htmlOf('tieba', 'second-page').replace('2024-01-02 12:33', '昨天 22:40')
    const { read } = sites.find(({ site }) => site.id === 'tieba')!
    const page = read(scopeOf(parseHtml(html)), new URL('https://tieba.baidu.com/p/5005?pn=2'))!
    expect(page.thread.posts[0]!.postedAt).toBeUndefined()
  })
})

describe('parseBbcode', () => {
  const toHtml = (source: string) =>
    writeHtml(sanitizeTree({ type: 'root', children: parseBbcode(source) }, { base: 'https://bbs.nga.cn/' }))

  it.each([
    ['词', '词'],
    ['[b]粗[/b]', '<b>粗</b>'],
    ['[b]粗[i]斜[/b]后', '<b>粗<i>斜</i></b>后'],
    ['[/b]词', '[/b]词'],
    ['[未知]词[/未知]', '[未知]词[/未知]'],
    ['a[0]=b[1]', 'a[0]=b[1]'],
    ['[url]https://a.example/[/url]', '<a href="https://a.example/">https://a.example/</a>'],
    ['[url=javascript:alert(1)]x[/url]', 'x'],
    ['[img]./mon_1/a.jpg[/img]', '<img src="https://img.nga.178.com/attachments/mon_1/a.jpg">'],
    ['[img]data:text/html,x[/img]', ''],
    ['[color=red;position:fixed]x[/color]', '<span style="color:red">x</span>'],
    ['[list][*]一[*]二[/list]后', '<ul><li>一</li><li>二</li></ul>后'],
    ['[table][tr][td40]一[/td][/tr][/table]', '<table><tbody><tr><td>一</td></tr></tbody></table>'],
    ['[collapse]x[/collapse]', '<details><summary>点击展开</summary>x</details>'],
    ['[s:ac:哭笑]', '[哭笑]'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['一\n二', '一<br>二'],
    ['[constructor]x[__proto__]', '[constructor]x[__proto__]'],
  ])('%j becomes %s', (source, expected) => {
    expect(toHtml(source)).toBe(expected)
  })

  it('takes a megabyte of open and closing marks', () => {
    expect(toHtml('[b]'.repeat(200_000)).length).toBeGreaterThan(500_000)
    expect(toHtml('[/b]'.repeat(200_000))).toBe('[/b]'.repeat(200_000))
    expect(toHtml('['.repeat(500_000))).toHaveLength(500_000)
  })

  it('never throws and keeps every word that is in no mark', () => {
    const piece = fc.constantFrom(
      '[b]',
      '[/b]',
      '[quote]',
      '[/quote]',
      '[url=x]',
      '[/url]',
      '[*]',
      '[list]',
      '\n',
      '词',
      '[',
      ']',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const html = toHtml(pieces.join(''))
        expect(sanitizeHtml(html)).toBe(html)
        expect(html.split('词').length).toBe(pieces.filter((each) => each === '词').length + 1)
      }),
    )
  })
})

describe('hostile pages', () => {
  it('never throw, and never let anything unclean through, whatever is cut, doubled or moved', () => {
    const pieces = samples
      .filter(({ site }) => site !== 'pku-bbs')
      .map(({ site, html, url }) => ({ site, url, parts: html.split(/(?=<)/) }))
    const edit = fc.record({
      kind: fc.constantFrom('cut', 'double', 'move'),
      at: fc.nat(),
      length: fc.nat(30),
      to: fc.nat(),
    })
    const mutated = fc
      .tuple(fc.constantFrom(...pieces), fc.array(edit, { minLength: 1, maxLength: 8 }))
      .map(([{ site, url, parts }, edits]) => {
        const changed = [...parts]
        for (const { kind, at, length, to } of edits) {
          const start = at % (changed.length + 1)
          const taken = kind === 'double' ? changed.slice(start, start + length) : changed.splice(start, length)
          if (kind !== 'cut') changed.splice(to % (changed.length + 1), 0, ...taken)
        }
        return { site, url, html: changed.join('') }
      })
    fc.assert(
      fc.property(mutated, ({ site, url, html }) => {
        const { read } = sites.find((each) => each.site.id === site)!
        const page = read(scopeOf(parseHtml(html)), new URL(url), { readAt })
        if (!page) return
        expect(page.page).toBeGreaterThanOrEqual(1)
        expect(page.pageCount).toBeGreaterThanOrEqual(page.page)
        expect(page.thread.posts.length > 0).toBe(page.problem === undefined)
        expect(new Set(page.thread.posts.map((post) => post.id)).size).toBe(page.thread.posts.length)
        for (const post of page.thread.posts) {
          // Cleaning finds nothing; what parsing itself moves (a heading out of a heading) is no fault.
          expect(sanitizeHtml(post.html)).toBe(writeHtml(parseFragment(post.html)))
          expect(post.postedAt ?? '2000').toMatch(/^\d{4}/)
          for (const { url: address } of post.attachments) expect(address).toMatch(/^https?:\/\//)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('with a thousand quotes, frames and marks in each other still read', () => {
    const cases = [
      ['phpbb3', 'middle-page-german', 'Ochsenherz', '<blockquote><div><cite>x wrote:</cite>'],
      ['phpbb3', 'middle-page-german', 'Ochsenherz', '<div class="post" id="p9"><div class="content">'],
      ['xenforo2', 'middle-page', '80 degrees', '<div class="bbCodeSpoiler"><div class="bbCodeBlock-content">'],
      ['discuz', 'desktop-second-page', '凿子', '<div class="blockcode"><ol><li>'],
      ['newsmth', 'second-page', '八十度', '<br>--<br>: x<br>【 在 a 的大作中提到: 】'],
      ['nga', 'source-second-page', '[b]八十[/b]', '<b>Reply to Reply Post by '],
      ['discourse', 'robots-second-page', 'Ninety!', '<aside class="quote"><blockquote><div class="spoiler">'],
      ['hackernews', 'first-page', 'Ninety.', '<p>&gt;<div class="reply">'],
      ['oldreddit', 'nested', 'Ninety!', '<div class="thing comment"><div class="child"><div class="md">'],
      ['smf2', 'second-page', 'Tannins', '<div class="quoteheader"><blockquote class="bbc_standard_quote">'],
      ['mybb', 'second-page', 'Why?', '<blockquote><cite>x Wrote:</cite><div class="codeblock"><code>'],
      ['stackexchange', 'comments', 'Green tea?', '<div class="comment js-comment"><blockquote class="spoiler">'],
      ['lobsters', 'nested', 'Ninety.', '<ol class="comments"><li class="comments_subtree"><blockquote>'],
      ['flarum', 'live-page', 'Tannins', '<blockquote><div data-id="9" data-number="9"><div class="Post-body">'],
      ['nodebb', 'second-page', 'Indeed.', '<p>@x said in <a href="/post/1">y</a>:</p><blockquote>'],
      ['fluxbb', 'of-a-post', 'Why?', '<div class="quotebox"><cite>x wrote:</cite><blockquote>'],
      ['invision4', 'version-4-second-page', 'Tannins', '<div class="ipsSpoiler"><blockquote class="ipsQuote">'],
      [
        'vanilla',
        'second-page',
        'Tannins',
        '<div class="spoiler"><blockquote class="UserQuote"><div class="js-embed">',
      ],
      ['lemmy', 'nested', 'Tannins', '<ul class="comments"><li class="comment"><blockquote>'],
      ['vbulletin3', 'second-page', 'Any ', '<div style="margin:20px"><table><tr><td class="alt2">'],
    ] as const
    for (const [site, name, place, piece] of cases) {
      const { url } = samples.find((sample) => sample.site === site && sample.case === name)!
      const html = htmlOf(site, name).replace(place, piece.repeat(1000))
      expect(readThreadPage(html, url, { readAt })?.thread.posts.length, `${site}: ${piece}`).toBeGreaterThan(0)
    }
  })
})
