/**
 * Stack Exchange: Stack Overflow and its sisters. Look at:
 * https://stackoverflow.com/questions/77757962/understanding-python-async-await-coroutines-blocking-loop-example.
 * Comments are posts under what they comment on. Gaps: comments behind `Show N more comments` are read when the page has
 * loaded them; which answer is accepted is not in the model.
 */
import { parseTime } from '../core/dates.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Author, Post } from '../core/thread.ts'
import { cleanAddress } from '../dom/allow-list.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { PageProbe, Scope } from '../dom/query.ts'
import { hasClass, lineOf } from '../dom/query.ts'
import type { Examples } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { isWebAddress, pageNumber } from './reading/address.ts'
import { readBody, readQuotes } from './reading/body.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { baseOf, buildThreadPage, compact, highestNumber, votesOf } from './reading/thread.ts'
import { nameQuoted } from './reading/tree.ts'

const POST = '#question, .answer, .js-comment'
const BODY_PART = '.js-post-body, .post-text, .comment-copy'
const NOT_OWN = 'blockquote:not(.spoiler)'

export const site = defineSite({
  id: 'stackexchange',
  name: 'Stack Exchange',
  hosts: [],
  selectors: {
    root: '#mainbar',
    title: '#question-header',
    post: POST,
    body: BODY_PART,
    notOwn: NOT_OWN,
    author: '.user-details[itemprop="author"], .comment-user',
    starter: '.post-signature.owner, .comment-user.owner',
    postId: { attribute: 'id', pattern: /^(question|(?:answer|comment)-\d+)$/ },
    quote: { box: NOT_OWN },
  },
  isThread: (url, page) => questionAt(url, page) !== undefined,
  linkedPostId: ({ hash, pathname }) => {
    const comment = /^#comment-?(\d{1,18})/.exec(hash)?.[1]
    const answer =
      /^#(?:answer-)?(\d{1,18})$/.exec(hash)?.[1] ?? /\/questions\/\d+\/[^/]+\/(\d{1,18})$/.exec(pathname)?.[1]
    return comment === undefined ? answer && `answer-${answer}` : `comment-${comment}`
  },
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://stackoverflow.com/questions/77757962/understanding-python-async-await',
    'https://tea.stackexchange.com/questions/77757962/brewing/77758559#77758559',
    'https://stackoverflow.com/questions/77757962?page=2&tab=scoredesc',
    'https://stackoverflow.com/q/77757962/12',
  ],
  others: [
    'https://stackoverflow.com/questions',
    'https://stackoverflow.com/questions/tagged/python',
    'https://stackoverflow.com/users/10035985/andrej-kesely',
  ],
}

/** The question that an address names, on a page that shows one. */
function questionAt(url: URL, page: PageProbe): string | undefined {
  const id = idAt(url)
  return id !== undefined && page.querySelector('.question-page #question') ? id : undefined
}

function idAt(url: URL): string | undefined {
  return isWebAddress(url) ? /^\/q(?:uestions)?\/(\d{1,12})(?:\/|$)/.exec(url.pathname)?.[1] : undefined
}

const BODY: BodyRules = {
  notOwn: NOT_OWN,
  spoiler: { box: 'blockquote.spoiler' },
}

/** A quote is of what is answered, by custom; the page does not tell whose words it has. */
const QUOTE: QuoteRules = { box: NOT_OWN, username: () => undefined }

/** Reads one page of a question: the question stands on every page and is read on every page. */
export function read(page: Scope, url: URL): ThreadPage | undefined {
  const id = questionAt(url, page)
  if (id === undefined) return undefined
  const options = { base: baseOf(page, url) }
  const address = addressOf(page, url, id)
  const found = page.all(POST)
  const posts = found.flatMap((post) => {
    const part = page.within(post, POST)
    return (hasClass(post, 'js-comment') ? readComment(page, part, id, options) : readPost(part, id, options)) ?? []
  })
  const current = page.first('.s-pagination--item.is-selected') ?? page.first('.page-numbers.current')
  const number = pageNumber(current && lineOf(current)) ?? 1
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address,
    title: page.text('#question-header h1') || page.text('title'),
    board: readBoard(page, url),
    author: posts.find((post) => post.id === 'question')?.author,
    createdAt: posts.find((post) => post.id === 'question')?.postedAt,
    posts: nameQuoted(posts, posts[0]),
    page: number,
    pageCount: highestNumber(page, '.s-pagination--item, .page-numbers', number),
    addresses: { first: address, before: `${address}?page=`, after: '', start: 1, step: 1 },
  })
}

/** The page's name for itself, with its title; links to share go without. */
function addressOf(page: Scope, url: URL, id: string): string {
  const told = cleanAddress(page.attribute('link[rel="canonical"]', 'href') ?? '', { base: url })
  const own = told === undefined ? undefined : new URL(told)
  const isOwn = own !== undefined && own.host === url.host && idAt(own) === id
  return new URL(isOwn ? own.pathname : `/questions/${id}`, url).href
}

/** Each community is a board of the network. */
function readBoard(page: Scope, url: URL): { id: string; name: string } | undefined {
  const name = page.attribute('meta[property="og:site_name"]', 'content')?.trim()
  return name ? { id: url.host, name } : undefined
}

function readPost(post: Scope, question: string, options: AddressOptions): Post | undefined {
  const told = attributeOf(post.element!, 'id') ?? ''
  const number = told === 'question' ? question : /^answer-(\d{1,18})$/.exec(told)?.[1]
  const body = post.first('.js-post-body') ?? post.first('.post-text')
  if (number === undefined || !body) return undefined
  // The last of the signatures is the author's; before it stands who edited last.
  const signatures = post.all('.post-signature').map((signature) => post.within(signature))
  const [editor, author] = signatures.length > 1 ? signatures : [undefined, signatures[0]]
  const link = told === 'question' ? `/q/${number}` : `/a/${number}`
  return compact<Post>({
    id: told,
    author: author ? readAuthor(author, '.user-details') : { username: '' },
    url: new URL(link, options.base).href,
    postedAt: author && readTime(author),
    editedAt: editor && readTime(editor),
    ...readBody(post, body, BODY, options),
    quotes: readQuotes(post, body, QUOTE, BODY, options),
    attachments: [],
    votes: readVotes(post.attribute('.js-vote-count', 'data-value') ?? post.text('.js-vote-count, .vote-count-post')),
  })
}

function readComment(page: Scope, comment: Scope, question: string, options: AddressOptions): Post | undefined {
  const id = /^comment-(\d{1,18})$/.exec(attributeOf(comment.element!, 'id') ?? '')?.[1]
  const body = comment.first('.comment-copy')
  if (id === undefined || !body) return undefined
  const above = page.closest(comment.element!, '#question, .answer')
  const parentId = above && attributeOf(above, 'id')
  const post = /\d+/.exec(parentId ?? '')?.[0] ?? question
  return compact<Post>({
    id: `comment-${id}`,
    author: readAuthor(comment, '.comment-user'),
    url: new URL(`/questions/${question}/-/${post}#comment${id}_${post}`, options.base).href,
    parentId,
    postedAt: readTime(comment),
    ...readBody(comment, body, BODY, options),
    quotes: [],
    attachments: [],
    votes: readVotes(comment.text('.comment-score') || undefined),
  })
}

/** Those who left have a name and no page. */
function readAuthor(part: Scope, selector: string): Author {
  const frame = part.first(selector)
  const inside = frame && part.within(frame)
  const link = frame?.tagName === 'a' ? frame : inside?.first('a[href*="/users/"]')
  const id = /\/users\/(\d{1,12})(?:\/|$)/.exec((link && attributeOf(link, 'href')) ?? '')?.[1]
  const username = link ? lineOf(link) : inside?.attribute('meta[itemprop="name"]', 'content') || part.text(selector)
  return { username: username?.trim() ?? '', ...(id !== undefined && { id }) }
}

/** `2024-01-04 11:30:23Z`, in comments with a licence behind it. */
function readTime(part: Scope): string | undefined {
  const title = part.attribute('.relativetime', 'title') ?? part.attribute('.relativetime-clean', 'title')
  return parseTime(title?.split(',')[0] ?? '')
}

function readVotes(text: string | undefined): Post['votes'] {
  return /^[-\u2212]?\d{1,7}$/.test(text?.trim() ?? '')
    ? votesOf(Number(text!.trim().replace('\u2212', '-')))
    : undefined
}
