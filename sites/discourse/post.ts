import type { Element } from 'hast'
import { parseTime, timeFromEpoch } from '../../core/dates.ts'
import type { Attachment, Author, Post } from '../../core/thread.ts'
import type { AddressOptions } from '../../dom/allow-list.ts'
import { attributeOf } from '../../dom/attributes.ts'
import { parseFragment } from '../../dom/parse-html.ts'
import type { Scope } from '../../dom/query.ts'
import { hasClass, lineOf, scopeOf } from '../../dom/query.ts'
import { pageNumber, parseId } from '../reading/address.ts'
import { element, readBody, readQuotes } from '../reading/body.ts'
import type { BodyRules, QuoteRules } from '../reading/body.ts'
import { compact, readAttachment } from '../reading/thread.ts'
import type { PostData } from './topic-data.ts'

/** What a post's address and quotes are read against. */
export interface Topic {
  id: string
  address: string
  options: AddressOptions
}

const BODY: BodyRules = {
  notOwn: 'aside.quote, .cooked-selection-barrier, .codeblock-button-wrapper, .lightbox .meta, .d-lazyload-hidden',
  emoji: 'img.emoji',
  spoiler: { box: 'div.spoiler, div.spoiled' },
  replace: (found) => {
    const isSpoiler = found.tagName === 'span' && (hasClass(found, 'spoiler') || hasClass(found, 'spoiled'))
    return isSpoiler ? [{ ...found, properties: { className: ['spoiler'] } }] : undefined
  },
}

/** Quotes of other topics name no post of this one. */
function quoteRules(topicId: string): QuoteRules {
  return {
    box: 'aside.quote',
    head: '.title',
    content: 'blockquote',
    username: (quote) => attributeOf(quote.element!, 'data-username')?.trim(),
    postId: (quote) => {
      const isHere = (attributeOf(quote.element!, 'data-topic') ?? topicId) === topicId
      return isHere ? parseId(attributeOf(quote.element!, 'data-post')) : undefined
    },
  }
}

/** A post that the page's script has drawn. */
export function readLivePost(post: Scope, topic: Topic): Post | undefined {
  const number = numberOf(post.element!)
  const body = post.first('.cooked')
  const topicId = attributeOf(post.element!, 'data-topic-id')
  if (number === undefined || !body || (topicId !== undefined && topicId !== topic.id)) return undefined
  const milliseconds = post.attribute('.post-date .relative-date', 'data-time') ?? ''
  const time = /^\d{12,14}$/.test(milliseconds) ? timeFromEpoch(Number(milliseconds) / 1000) : undefined
  const username = post.attribute('.names [data-user-card]', 'data-user-card') || post.text('.names .username')
  const author = authorOf(username, post.text('.names .full-name'), attributeOf(post.element!, 'data-user-id'))
  const up = pageNumber(post.text('.like-count')) ?? pageNumber(post.text('.reactions-counter'))
  return buildPost(post, body, topic, { number, author, postedAt: time, up })
}

/** A post as it is written for robots, and for readers without scripts. */
export function readCrawlerPost(post: Scope, topic: Topic): Post | undefined {
  const number = numberOf(post.element!)
  const body = post.first('.post[itemprop="text"]') ?? post.first('.post')
  if (number === undefined || !body) return undefined
  const line = post.text('.creator')
  const username = post.text('.creator [itemprop="name"]') || line
  const nickname = /^ ?\((.+)\)$/.exec(line.startsWith(username) ? line.slice(username.length) : '')?.[1] ?? ''
  const postedAt = parseTime(post.attribute('.post-time', 'datetime') ?? '')
  const changedAt = parseTime(post.attribute('meta[itemprop="dateModified"]', 'content') ?? '')
  const up =
    pageNumber(post.attribute('meta[itemprop="userInteractionCount"]', 'content')) ??
    pageNumber(post.text('.post-likes'))
  const editedAt = changedAt === postedAt ? undefined : changedAt
  return buildPost(post, body, topic, { number, author: authorOf(username, nickname), postedAt, editedAt, up })
}

/** A post of the page's data. */
export function readDataPost(post: PostData, topic: Topic): Post | undefined {
  const body = element('div', parseFragment(post.cooked).children as Element['children'])
  const author = authorOf(post.username, post.name ?? '', post.userId)
  const { number, postedAt, editedAt, likes } = post
  return buildPost(scopeOf(body), body, topic, { number, author, postedAt, editedAt, up: likes })
}

interface Told {
  number: string
  author: Author
  postedAt: string | undefined
  editedAt?: string | undefined
  up: number | undefined
}

function buildPost(post: Scope, body: Element, topic: Topic, told: Told): Post {
  const { number, author, postedAt, editedAt, up } = told
  return compact<Post>({
    id: number,
    floor: Number(number),
    author,
    url: `${topic.address}/${number}`,
    postedAt,
    editedAt,
    ...readBody(post, body, BODY, topic.options),
    quotes: readQuotes(post, body, quoteRules(topic.id), BODY, topic.options),
    attachments: readAttachments(post.within(body), topic.options),
    votes: up === undefined ? undefined : { up },
  })
}

function numberOf(post: Element): string | undefined {
  return /^post_([1-9]\d{0,8})$/.exec(attributeOf(post, 'id') ?? '')?.[1]
}

function authorOf(username: string, name: string, id?: string): Author {
  const known = parseId(id)
  return { username, ...(name && name !== username && { nickname: name }), ...(known !== undefined && { id: known }) }
}

/** Files are links in the words. */
function readAttachments(body: Scope, options: AddressOptions): Attachment[] {
  return body.all('a.attachment').flatMap((link) => {
    return readAttachment(link, { name: lineOf(link), kind: 'file' }, options) ?? []
  })
}
