import type { Element } from 'hast'
import { parseTime } from '../../core/dates.ts'
import type { Author, Post } from '../../core/thread.ts'
import type { AddressOptions } from '../../dom/allow-list.ts'
import { attributeOf } from '../../dom/attributes.ts'
import { parseFragment } from '../../dom/parse-html.ts'
import type { Scope } from '../../dom/query.ts'
import { scopeOf } from '../../dom/query.ts'
import { pageNumber, parseId } from '../reading/address.ts'
import { element, readBody, readQuotes } from '../reading/body.ts'
import type { BodyRules, QuoteRules } from '../reading/body.ts'
import { compact } from '../reading/thread.ts'
import type { PostData } from './payload.ts'

const BODY: BodyRules = { notOwn: 'blockquote', emoji: 'img.emoji' }

/** The post that a quote is of is named in it. */
const QUOTE: QuoteRules = {
  box: 'blockquote',
  head: '.PostMention, cite',
  username: (quote) => quote.text('.PostMention') || quote.text('cite'),
  postId: (quote) => parseId(quote.attribute('.PostMention', 'data-id')),
}

/** A post that the page's script has drawn. */
export function readLivePost(post: Scope, address: string, options: AddressOptions): Post | undefined {
  const id = parseId(attributeOf(post.element!, 'data-id'))
  const body = post.first('.Post-body')
  if (id === undefined || !body) return undefined
  const profile = post.attribute('.PostUser-name a', 'href') ?? ''
  const nickname = post.text('.PostUser-name .username') || post.text('.PostUser-name')
  const username = decodeName(/\/u\/([^/?#]{1,100})$/.exec(profile)?.[1]) ?? nickname
  return buildPost(post, body, address, options, {
    id,
    number: pageNumber(attributeOf(post.element!, 'data-number')),
    author: authorOf(username, nickname),
    postedAt: parseTime(post.attribute('.PostMeta time', 'datetime') ?? post.attribute('time', 'datetime') ?? ''),
    editedAt: parseTime(post.attribute('.PostEdited', 'data-edited-at') ?? ''),
    likes: undefined,
  })
}

/** A post of the page's data. */
export function readDataPost(post: PostData, address: string, options: AddressOptions): Post {
  const body = element('div', parseFragment(post.contentHtml).children as Element['children'])
  const { id, number, username, nickname, userId, postedAt, editedAt, likes } = post
  const author = authorOf(username, nickname ?? '', userId)
  return buildPost(scopeOf(body), body, address, options, { id, number, author, postedAt, editedAt, likes })
}

type Told = Pick<PostData, 'id' | 'number' | 'postedAt' | 'editedAt' | 'likes'> & { author: Author }

function buildPost(post: Scope, body: Element, address: string, options: AddressOptions, told: Told): Post {
  const { id, number, author, postedAt, editedAt, likes } = told
  return compact<Post>({
    id,
    floor: number,
    author,
    url: number === undefined ? undefined : `${address}/${number}`,
    postedAt,
    editedAt,
    ...readBody(post, body, BODY, options),
    quotes: readQuotes(post, body, QUOTE, BODY, options),
    attachments: [],
    votes: likes === undefined ? undefined : { up: likes },
  })
}

function decodeName(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text)
  } catch {
    return text
  }
}

function authorOf(username: string, nickname: string, id?: string): Author {
  return { username, ...(nickname && nickname !== username && { nickname }), ...(id !== undefined && { id }) }
}
