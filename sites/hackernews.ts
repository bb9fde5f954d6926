/**
 * Hacker News, and what else runs its software. Look at: https://news.ycombinator.com/item?id=39232976.
 * Gaps: votes of comments are not shown by the site; of a poll the options are not read; aids attach to comments alone,
 * for the story has no element of its own. A comment's own page is read as a part of its story's thread.
 */
import type { Element } from 'hast'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Author, Post } from '../core/thread.ts'
import { parseTime, timeFromEpoch } from '../core/dates.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { bodyOf, storyBody } from './hackernews/body.ts'
import { idIn, isWebAddress, pageNumber, parseId } from './reading/address.ts'
import { baseOf, buildThreadPage, compact } from './reading/thread.ts'
import { nameQuoted, parentsByDepth } from './reading/tree.ts'

const POST = '.comtr'

export const site = defineSite({
  id: 'hackernews',
  name: 'Hacker News',
  hosts: ['news.ycombinator.com'],
  selectors: {
    root: '#hnmain',
    title: '.fatitem',
    post: POST,
    body: '.comment',
    notOwn: '.reply',
    author: '.hnuser',
    postId: { attribute: 'id' },
  },
  isThread: (url, page) => itemAt(url) !== undefined && page.querySelector('html[op="item"] .fatitem .age') !== null,
  linkedPostId: ({ hash }) => parseId(hash.slice(1)),
  permalink: (postId, url) => new URL(`/item?id=${postId}`, url).href,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://news.ycombinator.com/item?id=39232976',
    'https://news.ycombinator.com/item?id=39232976&p=2#39242012',
  ],
  others: [
    'https://news.ycombinator.com/',
    'https://news.ycombinator.com/user?id=dang',
    'https://news.ycombinator.com/newcomments',
  ],
}

function itemAt(url: URL): string | undefined {
  return isWebAddress(url) && url.pathname.endsWith('/item') ? idIn(url, 'id') : undefined
}

/** Reads one page of a thread; the story stands on every page and is read on every page. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const item = itemAt(url)
  const head = page.first('.fatitem')
  if (item === undefined || !head) return undefined
  const options = { base: baseOf(page, url) }
  const top = page.within(head)
  // On a comment's own page that comment stands at the head, with a link to its story.
  const story = top.first('.onstory a[href]')
  const id = (story && idIn(attributeOf(story, 'href'), 'id')) ?? item
  const address = new URL(`/item?id=${id}`, url).href
  const opening = story ? undefined : readStory(top, id, address, readAt, options)
  const linked = story && readComment(top, item, id, readAt, options)
  const parentOf = parentsByDepth()
  const comments = page.all(POST).flatMap((found) => {
    const part = page.within(found, POST)
    const comment = readComment(part, parseId(attributeOf(found, 'id')), id, readAt, options)
    if (!comment) return []
    const parentId = parentOf(comment.id, depthOf(part)) ?? comment.parentId ?? linked?.id
    return [compact<Post>({ ...comment, parentId })]
  })
  const number = pageNumber(url.searchParams.get('p')) ?? 1
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address,
    title: titleOf(page, story),
    isPart: story !== undefined,
    author: opening?.author,
    createdAt: opening?.postedAt,
    posts: nameQuoted(
      [opening, linked, ...comments].filter((post) => post !== undefined),
      opening,
    ),
    page: number,
    pageCount: page.first('.morelink') ? number + 1 : number,
    addresses: { first: address, before: `${address}&p=`, after: '', start: 1, step: 1 },
  })
}

function titleOf(page: Scope, story: Element | undefined): string {
  if (story) return attributeOf(story, 'title')?.trim() || lineOf(story)
  const title = page.text('.fatitem .titleline a') || page.text('.fatitem .storylink')
  return title || page.text('title').replace(/ \| Hacker News$/, '')
}

function readStory(
  story: Scope,
  id: string,
  address: string,
  readAt: Date | undefined,
  options: AddressOptions,
): Post | undefined {
  const link = story.attribute('.titleline a', 'href') ?? story.attribute('.storylink', 'href')
  const up = /^\d{1,7}/.exec(story.text('.score'))?.[0]
  return compact<Post>({
    id,
    author: readAuthor(story),
    url: address,
    postedAt: readTime(story, readAt),
    // A question's heading leads to itself.
    ...storyBody(story, idIn(link, 'id') === id ? undefined : link, story.first('.toptext'), options),
    quotes: [],
    attachments: [],
    votes: up === undefined ? undefined : { up: Number(up) },
  })
}

function readComment(
  comment: Scope,
  id: string | undefined,
  storyId: string,
  readAt: Date | undefined,
  options: AddressOptions,
): Post | undefined {
  // Of what moderators or flags have hidden the frame alone is left, with a word about it.
  const body = comment.first('.commtext') ?? comment.first('.comment')
  if (id === undefined || !body) return undefined
  const up = comment.all('.navs a').find((link) => lineOf(link) === 'parent')
  const href = (up && attributeOf(up, 'href')) ?? ''
  const parentId = parseId(href.startsWith('#') ? href.slice(1) : idIn(href, 'id'))
  return compact<Post>({
    id,
    author: readAuthor(comment),
    url: new URL(`/item?id=${id}`, options.base).href,
    parentId: parentId === storyId ? undefined : parentId,
    postedAt: readTime(comment, readAt),
    ...bodyOf(comment, body, options),
    attachments: [],
  })
}

/** How deep a comment stands; older pages tell it by the width of a transparent picture. */
function depthOf(comment: Scope): number {
  const told = comment.attribute('.ind', 'indent')
  const depth = told === undefined ? Number(comment.attribute('.ind img', 'width') ?? 0) / 40 : Number(told)
  return Number.isInteger(depth) && depth > 0 && depth < 1000 ? depth : 0
}

/** Deleted comments have none. */
function readAuthor(item: Scope): Author {
  return { username: item.text('.hnuser') }
}

/** `2024-02-03T16:43:55 1706978635`, the first in UTC; older pages have a span in words alone. */
function readTime(item: Scope, readAt: Date | undefined): string | undefined {
  const [iso = '', seconds] = (item.attribute('.age', 'title') ?? '').split(' ')
  return timeFromEpoch(seconds) ?? parseTime(iso, { zone: '+00:00' }) ?? parseTime(item.text('.age'), { readAt })
}
