import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JSDOM } from 'jsdom'
import { parseHTML } from 'linkedom'
import type { SiteSelectors } from '../../sites/define-site.ts'
import { lightSites } from '../../sites/light-sites.ts'
import { readThreadPage } from '../../sites/registry.ts'
import { findCapturedPages } from '../unit/sites/captured-pages.ts'
import { medianMilliseconds, type BenchRow } from './bench.ts'

const ADDRESS = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528'
const SAMPLE = join(import.meta.dirname, '../../seeds/pku-bbs/votes/page.html')
const POSTS_A_PAGE = 20
const BUDGET = 2

/** Page parsing in the background against two ways of having a DOM there, which read the same fields of each post. */
export default async function pageBench(): Promise<BenchRow[]> {
  const page = pageOf(POSTS_A_PAGE)
  const long = pageOf(1000)
  // The background reads many pages in a row while it saves a thread: what counts is the compiled code.
  for (let run = 0; run < 200; run++) readThreadPage(page, ADDRESS)
  const ours = await medianMilliseconds(60, () =>
    check(readThreadPage(page, ADDRESS)?.thread.posts.length, POSTS_A_PAGE),
  )
  const linkedom = await medianMilliseconds(30, () => check(readWithDom(parseHTML(page).document), POSTS_A_PAGE))
  const jsdom = await medianMilliseconds(8, () => check(readWithDom(new JSDOM(page).window.document), POSTS_A_PAGE))
  const oursLong = await medianMilliseconds(5, () => check(readThreadPage(long, ADDRESS)?.thread.posts.length, 1000))
  const linkedomLong = await medianMilliseconds(3, () => check(readWithDom(parseHTML(long).document), 1000))
  const size = `${Math.round(page.length / 1024)} K characters`
  return [
    row(
      `thread page, 20 posts, ${size}, read and cleaned`,
      ours,
      ['linkedom', linkedom],
      `≤ ${BUDGET} ms`,
      ours <= BUDGET,
    ),
    row('the same', ours, ['jsdom', jsdom], `≤ ${BUDGET} ms`, ours <= BUDGET),
    row('thread page, 1,000 posts', oursLong, ['linkedom', linkedomLong], '≤ linkedom', oursLong <= linkedomLong),
    ...(await otherEngines()),
  ]
}

/** Real pages of other engines, where they are at hand, against a DOM that is asked by the same sites' selectors. */
async function otherEngines(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const { engine, file, html, url } of findCapturedPages()) {
    const site = lightSites.find(({ id }) => id === engine)
    // Where the page's own script draws the posts, the peer's selectors find none: that would be no comparison.
    if (!site || !parseHTML(html).document.querySelector(site.selectors.post)) continue
    for (let run = 0; run < 5; run++) readThreadPage(html, url)
    const ours = await medianMilliseconds(15, () => void readThreadPage(html, url))
    const linkedom = await medianMilliseconds(7, () => readWithSelectors(parseHTML(html).document, site.selectors))
    const size = `${Math.round(html.length / 1024)} K characters`
    rows.push(row(`${file}, ${size}, read and cleaned`, ours, ['linkedom', linkedom], '≤ linkedom', ours <= linkedom))
  }
  return rows
}

function readWithSelectors(document: Document, selectors: SiteSelectors): void {
  const title = document.querySelector(selectors.title)?.textContent
  const posts = [...document.querySelectorAll(selectors.post)].map((post) => {
    const holder = selectors.postId.in === undefined ? post : post.querySelector(selectors.postId.in)
    const body = post.querySelector(selectors.body)
    return {
      id: holder?.getAttribute(selectors.postId.attribute),
      author: post.querySelector(selectors.author)?.textContent,
      floor: selectors.floor && post.querySelector(selectors.floor)?.textContent,
      notOwn: [...(body?.querySelectorAll(selectors.notOwn) ?? [])].map((part) => part.textContent),
      html: body?.innerHTML,
      text: body?.textContent,
    }
  })
  if (title === undefined || !posts.length) throw new Error('A reader that finds nothing would be fast')
}

function row(what: string, ours: number, [peer, theirs]: [string, number], budget: string, held: boolean): BenchRow {
  const baseline = `${peer} ${theirs.toFixed(2)} ms (not cleaned)`
  return { what, ours: `${ours.toFixed(2)} ms`, baseline, ratio: theirs / ours, budget, held }
}

/** A page made of the sample's first card, with bodies of some length, as forum pages have them. */
function pageOf(posts: number): string {
  const sample = readFileSync(SAMPLE, 'utf8')
  const start = sample.indexOf('<div class="post-card"')
  const next = sample.indexOf('<div class="post-card"', start + 1)
  const words =
    '<p>一段话，有<b>粗</b>有<font color="#ff0000">红</font>，也有<a href="jump-to.php?url=x">链接</a>。</p>'
  const quote = '<p class="quotehead" data-username="bob" data-nickname="b">bob (b) 在 ta 的帖子中提到：</p>'
  const body = `${words.repeat(6)}${quote}<p class="blockquote">引文</p>`
  const card = sample.slice(start, next).replace('image-click-view">', `image-click-view">${body}`)
  const cards = Array.from({ length: posts }, (_, index) => card.replaceAll('30000001', String(30000001 + index)))
  return sample.slice(0, start) + cards.join('') + sample.slice(sample.indexOf('</div>\n\n</div>\n</div>\n</body>'))
}

/** What a reader on a DOM would do for the same fields, without cleaning the HTML. */
function readWithDom(document: Document): number {
  const text = (root: ParentNode, selector: string) => root.querySelector(selector)?.textContent
  const posts = [...document.querySelectorAll('.post-card[data-postid]')].map((card) => {
    const body = card.querySelector('.post-main .content .body')
    return {
      id: card.getAttribute('data-postid'),
      floor: text(card, '.post-main .post-id'),
      author: text(card, '.post-owner .username a'),
      uid: card.querySelector('.post-owner .username a')?.getAttribute('href'),
      nickname: text(card, '.post-owner .nickname'),
      starter: card.querySelector('.post-owner .lz-tag') !== null,
      posted: text(card, '.operations .sl-triangle-container .title span'),
      edits: [...card.querySelectorAll('.operations .down-list li span')].map((line) => line.textContent),
      up: text(card, '.upvote-count'),
      down: text(card, '.downvote-count'),
      attachments: [...card.querySelectorAll('.attachment li')].map((item) => text(item, 'a')),
      quotes: [...card.querySelectorAll('.quotehead')].map((head) => head.getAttribute('data-username')),
      excerpts: [...card.querySelectorAll('.blockquote')].map((line) => line.textContent),
      html: body?.innerHTML,
      text: body?.textContent,
    }
  })
  const heading = [text(document, '#post-read > header h3'), text(document, '.paging-top .active')]
  return posts.length && heading.length ? posts.length : 0
}

/** A reader that finds nothing would be fast. */
function check(found: number | undefined, expected: number): void {
  if (found !== expected) throw new Error(`Read ${found} posts of ${expected}`)
}
