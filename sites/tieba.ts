/**
 * Baidu Tieba (百度贴吧), desktop pages as the server writes them. Look at: https://tieba.baidu.com/p/7628238441.
 * Gaps: answers within a floor (楼中楼) are fetched by the page's script and not read; pictures are the scaled ones, for
 * the originals need a signature. The check for robots (百度安全验证) is told as a refusal.
 */
import type { ProblemCode, ThreadPage } from '../core/thread-page.ts'
import type { Author, Post } from '../core/thread.ts'
import { parseTime } from '../core/dates.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { PageProbe, Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { isWebAddress, pageNumber, parseId } from './reading/address.ts'
import { readBody } from './reading/body.ts'
import type { BodyRules } from './reading/body.ts'
import { fieldsOf, idFieldIn, objectIn, parseData, textIn } from './reading/data.ts'
import type { Fields } from './reading/data.ts'
import { baseOf, buildThreadPage, compact, refusedPage } from './reading/thread.ts'

const POST = '.l_post[data-pid]'

export const site = defineSite({
  id: 'tieba',
  name: '百度贴吧',
  hosts: ['tieba.baidu.com'],
  selectors: {
    root: '#j_p_postlist',
    title: '.core_title_txt',
    post: POST,
    body: '.d_post_content',
    notOwn: '.p_forbidden_tip, .apc_src_wrapper, .post_bubble_top',
    author: '.p_author_name',
    starter: '.louzhubiaoshi',
    postId: { attribute: 'data-pid' },
  },
  isThread: (url, page) => threadAt(url) !== undefined && page.querySelector(`#j_p_postlist ${POST}`) !== null,
  linkedPostId: (url) => parseId(url.searchParams.get('pid')) ?? /^#(\d{6,18})l?$/.exec(url.hash)?.[1],
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://tieba.baidu.com/p/7628238441',
    'https://tieba.baidu.com/p/7628238441?pn=2&see_lz=1',
    'http://tieba.baidu.com/p/7628238441?pid=142229901478&cid=0#142229901478',
  ],
  others: [
    'https://tieba.baidu.com/f?kw=%E8%B5%9B%E5%8D%9A',
    'https://tieba.baidu.com/home/main?id=tb.1',
    'https://tieba.baidu.com/p/',
  ],
}

function threadAt(url: URL): string | undefined {
  return isWebAddress(url) ? /^\/p\/(\d{1,18})\/?$/.exec(url.pathname)?.[1] : undefined
}

export function findProblem(url: URL, page: PageProbe): ProblemCode | undefined {
  if (threadAt(url) === undefined || page.querySelector(POST)) return undefined
  return page.querySelector('title')?.textContent?.trim() === '百度安全验证' ? 'site-error' : undefined
}

const ZONE = '+08:00'
const BODY: BodyRules = { notOwn: site.selectors.notOwn, emoji: 'img.BDE_Smiley, img.nicknameEmoji' }

/** Reads one page of a thread. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const id = threadAt(url)
  if (id === undefined) return undefined
  const address = new URL(`/p/${id}`, url).href
  const problem = findProblem(url, page)
  if (problem) return refusedPage({ site: site.id, url, id, address }, { code: problem, message: page.text('title') })
  const options = { base: baseOf(page, url) }
  const number = pageNumber(page.text('.l_pager .tP')) ?? pageNumber(url.searchParams.get('pn')) ?? 1
  const found = page.all(`#j_p_postlist ${POST}`).map((post) => page.within(post, POST))
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address,
    title: page.attribute('.core_title_txt', 'title')?.trim() || page.text('.core_title_txt') || page.text('title'),
    board: readBoard(page, found[0]),
    posts: found.flatMap((post) => readPost(post, address, readAt, options) ?? []),
    page: number,
    pageCount: Math.max(number, readPageCount(page)),
    addresses: { first: address, before: `${address}?pn=`, after: '', start: 1, step: 1 },
  })
}

/** `225回复贴，共7页`: the second of the red figures. */
function readPageCount(page: Scope): number {
  const told = pageNumber(page.all('.l_reply_num .red').map(lineOf)[1])
  return told ?? pageNumber(page.attribute('input[max-page]', 'max-page')) ?? 1
}

function readBoard(page: Scope, first: Scope | undefined): { id: string; name: string } | undefined {
  const name = page.text('.card_title_fname').replace(/吧$/, '')
  const id = first && idFieldIn(dataOf(first).content, 'forum_id')
  return name ? { id: id ?? name, name } : undefined
}

/** What the page keeps beside a post for its script. Older pages write it with single quotes; what is shown still reads. */
function dataOf(post: Scope): { author: Fields; content: Fields } {
  const data = fieldsOf(parseData(attributeOf(post.element!, 'data-field')))
  return { author: objectIn(data, 'author'), content: objectIn(data, 'content') }
}

function readPost(post: Scope, address: string, readAt: Date | undefined, options: AddressOptions): Post | undefined {
  const id = parseId(attributeOf(post.element!, 'data-pid'))
  const body = post.first('.d_post_content')
  if (id === undefined || !body) return undefined
  const { author, content } = dataOf(post)
  const tails = post.all('.tail-info').map(lineOf)
  const told = idFieldIn(content, 'post_no')
  const floor =
    pageNumber(tails.find((tail) => /^\d{1,7}楼$/.test(tail))) ?? (told === undefined ? undefined : Number(told))
  const date = tails.findLast((tail) => /\d{1,2}:\d{2}/.test(tail)) ?? textIn(content, 'date') ?? ''
  return compact<Post>({
    id,
    floor,
    author: readAuthor(post, author),
    isStarter: post.first('.louzhubiaoshi') ? true : undefined,
    url: `${address}?pid=${id}#${id}`,
    postedAt: parseTime(date, { readAt, zone: ZONE, order: 'ymd' }),
    ...readBody(post, body, BODY, options),
    quotes: [],
    attachments: [],
  })
}

/** The name that the page shows; accounts without a login name have a number alone. */
function readAuthor(post: Scope, fields: Fields): Author {
  const id = idFieldIn(fields, 'user_id')
  const username = post.text('.p_author_name') || (textIn(fields, 'user_name') ?? '')
  return { username, ...(id !== undefined && { id }) }
}
