/**
 * Vanilla Forums (Garden), open source and hosted. Look at:
 * https://open.vanillaforums.com/discussion/39620/higher-logic-has-terminated-open-source-vanilla.
 * What the writer embedded (quotes, pictures, files, links) the server leaves to a script, as data in an empty frame:
 * it is read from there. Gaps: reactions are not read; nor is the newer layout, which is drawn by scripts alone.
 */
import { parseTime } from '../core/dates.ts'
import { formatOffset } from '../core/dates/zone.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Author, Post } from '../core/thread.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { isWebAddress, pageNumber, parseId } from './reading/address.ts'
import { readBody, readQuotes } from './reading/body.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { quotedName } from './reading/quoted-name.ts'
import {
  baseOf,
  buildThreadPage,
  compact,
  highestNumber,
  parseSize,
  readAttachment,
  upToClock,
} from './reading/thread.ts'
import { readEmbeddedFiles, readEmbeddedQuotes, replaceEmbed } from './vanilla/embed.ts'

const POST = '.ItemDiscussion[id^="Discussion_"], .ItemComment[id^="Comment_"]'
const QUOTE_BOX = '.UserQuote, blockquote.Quote'
const NOT_OWN = `${QUOTE_BOX}, .spoiler-buttonContainer`

export const site = defineSite({
  id: 'vanilla',
  name: 'Vanilla Forums',
  hosts: [],
  selectors: {
    root: '#vanilla_discussion_index',
    title: '.PageTitle',
    post: POST,
    body: '.Message',
    notOwn: NOT_OWN,
    author: '.Username',
    postId: { attribute: 'id', pattern: /^((?:Discussion|Comment)_\d+)$/ },
    quote: {
      box: QUOTE_BOX,
      head: '.QuoteAuthor',
      author: { in: '.QuoteAuthor', pattern: /^(.*?)(?: [^ ]{1,20}:)?$/ },
      postId: { attribute: 'href', in: '.QuoteAuthor a', pattern: /#(Comment_\d+)$/ },
    },
  },
  isThread: (url, page) =>
    discussionAt(url) !== undefined && page.querySelector('#vanilla_discussion_index .MessageList .Message') !== null,
  linkedPostId: ({ hash }) => /^#(Comment_\d{1,18})$/.exec(hash)?.[1],
  permalink: (postId, url) => {
    const at = discussionAt(url)
    const [kind, number] = postId.split('_')
    return at && new URL(kind === 'Comment' ? `${at.root}/comment/${number}#${postId}` : at.path, url).href
  },
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/discussion/39620/higher-logic-has-terminated',
    'https://forum.example.org/discussion/39620/higher-logic-has-terminated/p2#Comment_265330',
    'https://example.org/talk/discussion/39620',
  ],
  others: [
    'https://forum.example.org/discussions',
    'https://forum.example.org/categories/blog',
    'https://forum.example.org/profile/Linc',
  ],
}

/** Path up to the title, and the discussion's number. */
function discussionAt(url: URL): { root: string; path: string; id: string; page: number } | undefined {
  const match = /^((?:\/[\w.-]{1,40}){0,3}\/discussion)(\/(\d{1,12})(?:\/(?!p\d+$)[^/]+)?)(?:\/p(\d{1,6}))?\/?$/.exec(
    isWebAddress(url) ? url.pathname : '',
  )
  return match
    ? { root: match[1]!, path: `${match[1]}${match[2]}`, id: match[3]!, page: Number(match[4] ?? 1) }
    : undefined
}

const BODY: BodyRules = {
  notOwn: NOT_OWN,
  emoji: 'img.emoji',
  spoiler: { box: '.spoiler, .UserSpoiler', label: '.SpoilerTitle', content: '.spoiler-content, .SpoilerText' },
  replace: replaceEmbed,
}

const QUOTE: QuoteRules = {
  box: QUOTE_BOX,
  head: '.QuoteAuthor',
  content: '.QuoteText',
  username: (quote) => quote.text('.QuoteAuthor a') || quotedName(quote.text('.QuoteAuthor')),
  postId: (quote) => /#(Comment_\d{1,18})$/.exec(quote.attribute('.QuoteAuthor a', 'href') ?? '')?.[1],
}

/** Reads one page of a discussion; the opening post stands on the first alone. */
export function read(page: Scope, url: URL): ThreadPage | undefined {
  const at = discussionAt(url)
  if (!at) return undefined
  const address = new URL(at.path, url).href
  const options = { base: baseOf(page, url) }
  const number = pageNumber(page.text('.Pager .Highlight')) ?? at.page
  const root = new URL(at.root, url).href
  return buildThreadPage({
    site: site.id,
    url,
    id: at.id,
    address,
    title: page.text('.PageTitle h1') || page.text('h1') || page.text('title'),
    board: readBoard(page),
    posts: page.all(POST).flatMap((found) => readPost(page.within(found, POST), root, address, options) ?? []),
    page: number,
    pageCount: highestNumber(page, '.Pager a', number),
    addresses: { first: address, before: `${address}/p`, after: '', start: 1, step: 1 },
  })
}

function readBoard(page: Scope): { id: string; name: string } | undefined {
  const crumb = page.all('.Breadcrumbs a[href*="/categories/"]').at(-1)
  const id = /\/categories\/([\w%-]{1,120})\/?$/.exec((crumb && attributeOf(crumb, 'href')) ?? '')?.[1]
  return id === undefined ? undefined : { id, name: lineOf(crumb!) }
}

function readPost(post: Scope, root: string, address: string, options: AddressOptions): Post | undefined {
  const [id, kind, number] = /^(Discussion|Comment)_(\d{1,18})$/.exec(attributeOf(post.element!, 'id') ?? '') ?? []
  const body = post.first('.Message')
  if (id === undefined || !body) return undefined
  const postedAt = parseTime(
    post.attribute('.DateCreated time', 'datetime') ?? post.attribute('time', 'datetime') ?? '',
  )
  return compact<Post>({
    id,
    author: readAuthor(post),
    url: kind === 'Comment' ? `${root}/comment/${number}#${id}` : address,
    postedAt,
    editedAt: readEdit(post, postedAt),
    ...readBody(post, body, BODY, options),
    quotes: [...readQuotes(post, body, QUOTE, BODY, options), ...readEmbeddedQuotes(post.within(body), options)],
    attachments: [...readEmbeddedFiles(post.within(body), options), ...readFiles(post, options)],
  })
}

function readAuthor(post: Scope): Author {
  const link = post.first('.Author .Username') ?? post.first('.Username')
  const id = parseId(link && attributeOf(link, 'data-userid'))
  return { username: link ? lineOf(link) : '', ...(id !== undefined && { id }) }
}

/** `Edited March 1, 2025 5:00PM by Linc.`, by the same clock as the title of the time beside it, which tells its zone. */
function readEdit(post: Scope, postedAt: string | undefined): string | undefined {
  const edited = upToClock(post.attribute('.DateUpdated', 'title') ?? '')
  const shown = parseTime(upToClock(post.attribute('.DateCreated time', 'title') ?? ''))
  if (!edited || shown === undefined || postedAt === undefined) return parseTime(edited)
  const minutes = Math.round((Date.parse(`${shown}Z`) - Date.parse(postedAt)) / 60_000 / 15) * 15
  return parseTime(edited, { zone: Math.abs(minutes) <= 14 * 60 ? formatOffset(minutes) : undefined })
}

/** Files of the older plugin stand below the words. */
function readFiles(post: Scope, options: AddressOptions): Post['attachments'] {
  return post.all('.Attachments .Attachment').flatMap((file) => {
    const part = post.within(file)
    const link = part.all('a[href]').find((each) => lineOf(each)) ?? part.first('a[href]')
    return (
      readAttachment(link, { name: link && lineOf(link), kind: 'file', size: parseSize(lineOf(file)) }, options) ?? []
    )
  })
}
