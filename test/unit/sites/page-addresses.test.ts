import { describe, expect, it } from 'vitest'
import { findPageAddress } from '../../../core/thread-page.ts'
import { parseHtml } from '../../../dom/parse-html.ts'
import { scopeOf } from '../../../dom/query.ts'
import { canonicalHost } from '../../../sites/reading/address.ts'
import { readThreadPage, sites } from '../../../sites/registry.ts'
import { findSamples } from './samples.ts'

const samples = findSamples()
const readAt = new Date('2024-05-15T12:30:00Z')

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
