// @vitest-environment jsdom
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ThreadPage } from '../../../core/thread-page.ts'
import { findPageAddress } from '../../../core/thread-page.ts'
import { parseHtml } from '../../../dom/parse-html.ts'
import { scopeOf } from '../../../dom/query.ts'
import { sanitizeHtml } from '../../../dom/sanitize-html.ts'
import { lightSites } from '../../../sites/light-sites.ts'
import { readThreadPage, sites } from '../../../sites/registry.ts'
import { PAGES, findCapturedPages } from './captured-pages.ts'
import { findSamples } from './samples.ts'

/**
 * `UPDATE_CAPTURED=1` writes the digests anew; what changed is then compared with the pages by eye, as all of it was on
 * 2026-11-28. Never in CI.
 */
const isUpdating = process.env['UPDATE_CAPTURED'] === '1' && !process.env['CI']

/** The moment from which the one page with spans (`2 小时前`) is counted: minutes after its last reply. */
const readAt = new Date('2023-01-05T07:46:00Z')

/** First times in normal form, and what else a page plainly tells that its manifest, read by a script, does not. */
interface Reviewed {
  time: string
  title?: string
  posts?: number
  /** Opening posts that the manifest leaves out. */
  opening?: number
  id?: string
  pageCount?: number
  /** True where the page's own script draws the posts: a page as its server sends it has none for aids. */
  isUndrawn?: boolean
  why?: string
}

const REVIEWED: Readonly<Record<string, Reviewed>> = {
  'phpbb3/1.html': { time: '2023-12-17T11:23:00+00:00' },
  'phpbb3/3.html': { time: '2012-05-14T22:25:25+00:00' },
  'phpbb3/5.html': { time: '2010-04-07T19:39:46+00:00' },
  'vbulletin3/1.html': {
    time: '2025-03-30T16:26:00+01:00',
    posts: 2,
    title: 'Amd RX7800XT Wrong refresh rate ...',
    why: 'each post was counted by its frame and by its table; the window’s title ends in the forum’s name',
  },
  'vbulletin3/3.html': {
    time: '2026-02-14T21:05:00-06:00',
    posts: 13,
    title: 'Scenic Turkish and French sights with lowjhg',
    why: 'as above',
  },
  'vbulletin4/1.html': {
    time: '2024-11-29T09:03:00-04:00',
    title: 'What do you pay attention to if you are going to buy a web hosting service?',
    why: '“Thread:” is the forum’s own label',
  },
  'vbulletin4/3.html': { time: '2011-03-03T14:17:00', why: 'the manifest’s script found no time in this skin' },
  'vbulletin5/1.html': { time: '2014-03-17T00:25:01+00:00' },
  'xenforo1/1.html': { time: '2024-05-11T09:22:00', why: 'the time’s title tells the hour; nothing tells the zone' },
  'xenforo1/3.html': {
    time: '2015-11-15T17:09:00',
    title: 'Marsh [CM13]',
    why: 'the heading holds the page bar, a prefix, votes and a date as well',
  },
  'xenforo2/1.html': { time: '2024-01-02T12:32:14+00:00' },
  'xenforo2/3.html': { time: '2024-10-08T05:58:20-05:00' },
  'xenforo2/5.html': { time: '2024-09-21T07:25:09+01:00' },
  'xenforo2/7.html': {
    time: '2024-01-10T12:47:16-05:00',
    title: 'Digital Cameras: A 2024 "status symbol"? 🤔',
    why: '“News” is a label in the heading',
  },
  'v2ex/1.html': {
    time: '2023-01-05T13:55:16+08:00',
    posts: 89,
    opening: 1,
    why: 'the page’s annotator copied reply 12539813 over another one',
  },
  'tieba/1.html': { time: '2021-11-27T10:38:00+08:00' },
  'discourse/1.html': { time: '2024-11-08T19:33:12+00:00' },
  'discourse/3.html': { time: '2023-08-31T15:32:00+00:00' },
  'hackernews/1.html': { time: '2024-02-03T16:43:55+00:00', opening: 1 },
  'oldreddit/1.html': { time: '2026-03-04T18:58:33+00:00', opening: 1 },
  'smf2/1.html': { time: '2024-06-04T11:23:55' },
  'mybb/1.html': { time: '2019-02-23T21:14:00' },
  'stackexchange/1.html': { time: '2024-01-04T11:30:23+00:00', posts: 6, why: 'three comments are posts as well' },
  'stackexchange/3.html': {
    time: '2024-07-18T04:39:31+00:00',
    why: 'the first signature, and its time, is that of the last edit',
  },
  'lobsters/1.html': {
    time: '2024-08-12T16:00:23+00:00',
    opening: 1,
    why: 'what the manifest has is without a zone; the machine’s form beside it is not',
  },
  'flarum/1.html': {
    time: '2016-02-13T00:32:19+00:00',
    id: '17593',
    pageCount: 2,
    isUndrawn: true,
    why: 'ids, times and the number of posts stand in the data alone',
  },
  'nodebb/1.html': { time: '2024-11-27T15:50:23+00:00' },
  'nodebb/3.html': { time: '2024-04-17T10:58:44+00:00' },
  'fluxbb/1.html': {
    time: '2024-08-03T10:59:47',
    title: 'Open source forum software for old school forum like these archforums?',
    pageCount: 2,
    why: 'the window’s title ends in board and forum; the bar of pages has two',
  },
  'invision4/1.html': { time: '2024-06-14T13:22:54+00:00' },
  'invision4/3.html': { time: '2025-10-29T12:07:52+00:00' },
  'invision4/5.html': { time: '2024-05-22T19:19:46+00:00' },
  'vanilla/1.html': { time: '2025-03-01T16:35:52+00:00' },
  'lemmy/1.html': { time: '2024-10-04T15:51:58+03:00', opening: 1 },
  'newsmth/1.html': {
    time: '2016-03-25T11:52:04+08:00',
    title: '如果面对国民党酷刑，你会变节吗',
    why: '文章主题 is the site’s own label',
  },
}

const pages = findCapturedPages()
const known = new Set(sites.map(({ site }) => site.id))

if (PAGES === undefined) {
  console.warn('\n*** CAPTURED PAGES NOT FOUND: set LOULAN_PAGES. Only the project’s own samples are read below. ***\n')
}

describe('with or without the captured pages', () => {
  it('at least the samples of every site still read', () => {
    const samples = findSamples()
    for (const { site } of sites) {
      const read = samples.filter((sample) => sample.site === site.id).map(({ html, url }) => readThreadPage(html, url))
      expect(
        read.some((page) => page && page.thread.posts.length > 0 && page.thread.site === site.id),
        site.id,
      ).toBe(true)
    }
  })
})

function normal(title: string): string {
  return title.replace(/\s+/g, ' ').trim()
}

describe.each(pages.filter(({ engine }) => known.has(engine)))('$file', (captured) => {
  const { file, engine, html, url } = captured
  const page = readThreadPage(html, url, { readAt })!
  const reviewed = REVIEWED[file]

  it('reads to what its manifest says', () => {
    expect(reviewed, `${file} is new: add it to the table`).toBeDefined()
    const { thread } = page
    const first = thread.posts[reviewed!.opening ?? 0]!
    expect({
      site: thread.site,
      posts: thread.posts.length - (reviewed!.opening ?? 0),
      title: thread.title,
      id: first.id,
      author: first.author.username,
      time: first.postedAt,
      page: page.page,
      pageCount: page.pageCount,
    }).toEqual({
      site: engine,
      posts: reviewed!.posts ?? captured.posts,
      title: reviewed!.title ?? normal(captured.title),
      id: reviewed!.id ?? captured.firstPostId,
      author: captured.firstAuthor,
      time: reviewed!.time,
      // Where the manifest is silent: forums that show a thread as one page, as all of these do.
      page: captured.page ?? 1,
      pageCount: reviewed!.pageCount ?? captured.pageCount ?? 1,
    })
  })

  it('holds clean HTML, an author and a time in every post', () => {
    for (const post of page.thread.posts) {
      expect(sanitizeHtml(post.html)).toBe(post.html)
      expect(post.author.username).not.toBe('')
      expect(post.postedAt).toMatch(/^\d{4}-\d\d-\d\d/)
      expect(post.url).toMatch(/^https?:\/\//)
    }
  })

  it('tells where the other pages stand', () => {
    for (let number = 1; number <= page.pageCount; number += Math.max(1, page.pageCount - 1)) {
      expect(URL.canParse(findPageAddress(page, number) ?? '')).toBe(true)
    }
    expect(findPageAddress(page, page.pageCount + 1)).toBeUndefined()
  })

  it('reads to its digest', () => {
    const path = join(import.meta.dirname, 'captured', `${engine}.json`)
    const digests = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : {}
    const digest = digestOf(page)
    if (isUpdating) {
      mkdirSync(join(path, '..'), { recursive: true })
      writeFileSync(path, `${JSON.stringify({ ...digests, [file]: digest }, undefined, 2)}\n`)
    } else {
      expect(digests[file], `${file} has no digest: run with UPDATE_CAPTURED=1 and look at the page`).toBeDefined()
      expect(digest).toEqual(digests[file])
    }
  })

  it('has posts where the light half says, on the live page', () => {
    const { selectors } = lightSites.find(({ id }) => id === engine)!
    const document = new DOMParser().parseFromString(html, 'text/html')
    if (reviewed!.isUndrawn) return expect(document.querySelector(selectors.post)).toBeNull()
    expect(document.querySelector(selectors.root)).not.toBeNull()
    // A piece of a page that a script loads has no heading of its own in every forum; these all have one.
    expect(document.querySelector(selectors.title)).not.toBeNull()
    const ids = [...document.querySelectorAll(selectors.post)].flatMap((post) => {
      const { attribute, in: within, pattern } = selectors.postId
      const holder = within === undefined ? post : post.querySelector(within)
      const value = holder?.getAttribute(attribute) ?? ''
      const id = pattern ? pattern.exec(value)?.[1] : value
      return id ? [id] : []
    })
    const read = page.thread.posts.map(({ id }) => id).slice(reviewed?.opening ?? 0)
    expect([...new Set(ids)]).toEqual(read)
    for (const post of document.querySelectorAll(selectors.post)) {
      expect(post.querySelector(selectors.body)).not.toBeNull()
      expect(post.querySelector(selectors.author)?.textContent?.trim()).toBeTruthy()
    }
  })
})

describe.each(pages)('the address and markup of $file', ({ engine, file, html, url }) => {
  const tree = scopeOf(parseHtml(html))
  const document = new DOMParser().parseFromString(html, 'text/html')
  const isUndrawn = REVIEWED[file]?.isUndrawn === true
  const expected = known.has(engine) && !isUndrawn ? [engine] : []

  it('are known for undrawn by its own engine alone', () => {
    const undrawn = sites.filter((each) => each.isUndrawn?.(new URL(url), tree)).map(({ site }) => site.id)
    expect(undrawn.filter((id) => id !== engine)).toEqual([])
    if (isUndrawn) expect(undrawn).toEqual([engine])
  })

  it('are claimed by its own engine alone, as a tree and live', () => {
    const claim = (page: Parameters<(typeof lightSites)[number]['isThread']>[1]) =>
      lightSites.filter((site) => site.isThread(new URL(url), page)).map(({ id }) => id)
    expect(claim(tree)).toEqual(expected)
    expect(claim(document)).toEqual(expected)
  })

  it('are claimed by no engine at another engine’s addresses', () => {
    for (const { site, examples } of sites.filter(({ site }) => site.id !== engine)) {
      const { threads, others } = examples ?? site.examples ?? { threads: [], others: [] }
      for (const address of [...threads, ...others]) {
        expect(site.isThread(new URL(address), tree), `${site.id} at ${address}`).toBe(false)
      }
    }
  })
})

function digestOf({ thread, page, pageCount }: ThreadPage): object {
  return {
    page,
    pageCount,
    thread: hash([thread.key, thread.title, thread.board?.name, thread.author?.username, thread.createdAt]),
    quotes: thread.posts.flatMap(({ quotes }) => quotes).length,
    attachments: thread.posts.flatMap(({ attachments }) => attachments).length,
    posts: thread.posts.map((post) =>
      [
        post.id,
        post.floor ?? '-',
        post.postedAt,
        `${post.text.length} characters`,
        hash([post.author.username, post.text]),
        hash([post.html, post.editedAt, post.isStarter, post.quotes, post.attachments, post.votes]),
      ].join(' '),
    ),
  }
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12)
}
