/**
 * 水木社区 (newsmth) and other boards that run nForum. Look at: https://www.newsmth.net/nForum/#!article/WorkLife/1113845.
 * The page is drawn by script from pieces of HTML; both the live page and a piece (`?ajax`) read. Gaps: the phone
 * version and the newer pages of newsmth have other markup; head, quote and signature of a post are lines of one text,
 * so on the live page aids can tell the quoted lines apart but not the rest.
 */
import type { ThreadPage } from '../core/thread-page.ts'
import type { Attachment, Post } from '../core/thread.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { isWebAddress, pageNumber, parseId } from './reading/address.ts'
import { buildThreadPage, compact, highestNumber, readAttachment } from './reading/thread.ts'
import { readArticle } from './newsmth/article.ts'

/** One board system under several names; others that run the same software are forums of their own. */
const MIRRORS = ['newsmth.net', 'mysmth.net']

const POST = 'table.article'

export const site = defineSite({
  id: 'newsmth',
  name: '水木社区',
  hosts: [...MIRRORS, 'bbs.byr.cn'],
  isDrawnByScript: true,
  selectors: {
    root: '#body, body',
    title: '.b-head .n-left',
    post: POST,
    body: '.a-content',
    notOwn: '.f006, .likes',
    author: '.a-u-name',
    floor: '.a-pos',
    postId: { attribute: 'href', in: '.a-func a.a-post[href*="/post/"]', pattern: /\/post\/(\d+)$/ },
  },
  isThread: (url, page) => articleAt(url) !== undefined && page.querySelector(`${POST} .a-content`) !== null,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://www.newsmth.net/nForum/#!article/WorkLife/1113845',
    'https://www.newsmth.net/nForum/#!article/WorkLife/1113845?p=2',
    'https://www.newsmth.net/nForum/article/WorkLife/1113845?ajax&p=2',
    'https://bbs.byr.cn/#!article/Talking/6300000',
  ],
  others: [
    'https://www.newsmth.net/nForum/#!board/WorkLife',
    'https://www.newsmth.net/nForum/#!mainpage',
    'https://www.newsmth.net/nForum/article/WorkLife/post/1113845',
  ],
}

interface Article {
  board: string
  id: string
  page: number
  /** Folder of the script, `https://www.newsmth.net/nForum/`. */
  root: string
}

/** `#!article/BOARD/ID?p=N` in the live page's address, `article/BOARD/ID?ajax&p=N` in a piece's. */
function articleAt(url: URL): Article | undefined {
  if (!isWebAddress(url)) return undefined
  const [, board, id, page] =
    /^#!article\/([\w.%-]{1,60})\/(\d{1,18})(?:\?(?:[^#]*&)?p=(\d{1,6}))?(?:[?&#]|$)/.exec(url.hash) ?? []
  if (board !== undefined && id !== undefined) {
    return { board, id, page: Number(page ?? 1), root: `${url.origin}${url.pathname.replace(/[^/]*$/, '')}` }
  }
  const [, folder, name, number] = /^(.*\/)article\/([\w.%-]{1,60})\/(\d{1,18})$/.exec(url.pathname) ?? []
  if (folder === undefined || name === undefined || number === undefined) return undefined
  return { board: name, id: number, page: pageNumber(url.searchParams.get('p')) ?? 1, root: `${url.origin}${folder}` }
}

/** Reads one page of a thread. */
export function read(page: Scope, url: URL): ThreadPage | undefined {
  const article = articleAt(url)
  if (!article) return undefined
  const { board, id, root } = article
  const address = `${root}#!article/${board}/${id}`
  const number = pageNumber(page.text('.page-main .page-select')) ?? article.page
  const piece = `${root}article/${board}/${id}?ajax`
  return buildThreadPage({
    site: site.id,
    url,
    mirrors: MIRRORS,
    id,
    isNumberedByBoard: true,
    address,
    title: page.text('.b-head .n-left').replace(/^文章主题[:：]\s*/, '') || page.text('title'),
    board: { id: board },
    posts: page
      .all(POST)
      .flatMap((found) => readPost(page.within(found, POST), `${address}?p=${number}`, { base: root }) ?? []),
    page: number,
    pageCount: highestNumber(page, '.page-main li', number),
    // What the site itself loads; its other pages are an empty frame until a script has run.
    addresses: { first: piece, before: `${piece}&p=`, after: '', start: 1, step: 1 },
  })
}

function readPost(post: Scope, address: string, options: AddressOptions): Post | undefined {
  const href = post.attribute('.a-func a.a-post[href*="/post/"]', 'href')
  const id = parseId(/\/post\/(\d{1,18})$/.exec(href ?? '')?.[1])
  const body = post.first('.a-content')
  if (id === undefined || !body) return undefined
  const label = post.text('.a-pos')
  // The first post is 楼主 and has no number; 第1楼 is the one after it.
  const anchor = label === '楼主' ? '0' : /^第(\d{1,7})楼$/.exec(label)?.[1]
  const { nickname, ...article } = readArticle(post, body, options)
  const votes = readVotes(post)
  return compact<Post>({
    id,
    floor: anchor === undefined || anchor === '0' ? undefined : Number(anchor),
    author: { username: post.text('.a-u-name'), ...(nickname && { nickname }) },
    isStarter: label === '楼主' ? true : undefined,
    url: anchor === undefined ? undefined : `${address}#a${anchor}`,
    ...article,
    attachments: readAttachments(post, options),
    votes,
  })
}

/** Each reader's judgement is a line with a score above or below zero. */
function readVotes(post: Scope): Post['votes'] {
  const scores = post.all('.likes .like_list li').map((item) => /\[([+-])\d/.exec(lineOf(item))?.[1])
  const [up, down] = ['+', '-'].map((sign) => scores.filter((score) => score === sign).length)
  return up || down ? { up: up!, down: down! } : undefined
}

function readAttachments(post: Scope, options: AddressOptions): Attachment[] {
  return post.all('.a-content a[href*="/att/"]').flatMap((link) => {
    const isImage = post.within(link).first('img') !== undefined
    const name = isImage ? attributeOf(link, 'title') : lineOf(link)
    const attachment = readAttachment(link, { name, kind: isImage ? 'image' : 'file' }, options)
    return attachment ? [attachment] : []
  })
}
