import type { Element } from 'hast'
import { parseTime } from '../../core/dates.ts'
import type { TimeOptions } from '../../core/dates.ts'
import type { Attachment, Author, Post, Quote } from '../../core/thread.ts'
import type { AddressOptions } from '../../dom/allow-list.ts'
import { attributeOf } from '../../dom/attributes.ts'
import type { Scope } from '../../dom/query.ts'
import { lineOf } from '../../dom/query.ts'
import { idIn } from '../reading/address.ts'
import { readBody, readQuotes } from '../reading/body.ts'
import type { BodyRules, QuoteRules } from '../reading/body.ts'
import { compact, fileName, kindOf, lineReader, parseSize, readAttachment } from '../reading/thread.ts'
import { NOT_OWN } from './selectors.ts'

const BODY: BodyRules = {
  notOwn: NOT_OWN,
  emoji: 'img[smilieid]',
  pictureAddress: ['zoomfile', 'file'],
  code: { box: '.blockcode', content: 'ol li' },
  spoiler: { box: '.spoiler', label: '.spoiler_btn', content: '.spoiler_content' },
}

const QUOTE: QuoteRules = {
  box: '.quote',
  head: 'font[color="#999999"], a[href*="goto=findpost"]',
  username: readQuoted,
  postId: (quote) => idIn(quote.attribute('a[href*="goto=findpost"]', 'href'), 'pid'),
}

/** `NAME 发表于 2024-1-2 03:04`, in whatever language the verb is. */
function readQuoted(quote: Scope): string {
  const head = quote.text('font[color="#999999"]') || quote.text('a[href*="goto=findpost"]')
  const [before = ''] = head.slice(0, 200).split(/ ?(?:\d{4}-\d{1,2}-\d{1,2}|\d+ ?\S{1,6}前|昨天|前天|今天)/)
  return before.replace(/ +\S{1,16}:?$/, '').trim()
}

/** A moderator's notice stands in the same box as quotes do. */
const NOTICE = /(?:被|已被)?(?:管理员|版主|管理員).{0,8}(?:屏蔽|删除|刪除)|作者被禁止或删除|内容自动屏蔽/

/** Reads one post; undefined for the frames that are none (the quick reply's, say). */
export function readPost(post: Scope, time: TimeOptions, options: AddressOptions): Post | undefined {
  const id = /^(?:post_|pid)(\d{1,18})$/.exec(attributeOf(post.element!, 'id') ?? '')?.[1]
  const body = post.first('[id^="postmessage_"]') ?? post.first('.message')
  // A post that a moderator hid has no body, but keeps its place.
  if (id === undefined || (!body && !post.first('.authi'))) return undefined
  const quotes = body ? readQuotes(post, body, QUOTE, BODY, options).filter(isQuote) : []
  return compact<Post>({
    id,
    floor: readFloor(post),
    author: readAuthor(post),
    isStarter: post.first('.authi img[src*="ico_lz"]') ? true : undefined,
    postedAt: readTime(post, time),
    editedAt: parseTime(dateIn(post.text('.pstatus')), time),
    ...(body ? readBody(post, body, BODY, options) : { html: '', text: '' }),
    quotes,
    attachments: readAttachments(post, body, options),
    votes: readVotes(post),
  })
}

function isQuote({ username, postId, excerpt }: Quote): boolean {
  return username !== '' || postId !== undefined || !NOTICE.test(excerpt)
}

/** The first floors have names, by custom and in settings. */
const NAMED_FLOORS: Readonly<Record<string, number>> = { 楼主: 1, 樓主: 1, 沙发: 2, 沙發: 2, 板凳: 3, 地板: 4 }

function readFloor(post: Scope): number | undefined {
  const label = post.text('a[id^="postnum"]') || post.all('.authi .y, .mtit .y').map(lineOf).find(isFloor) || ''
  const named = Object.hasOwn(NAMED_FLOORS, label) ? NAMED_FLOORS[label] : undefined
  const digits = /^(\d{1,7}) ?(?:#|楼|樓|$)/.exec(label)?.[1]
  return named ?? (digits === undefined ? undefined : Number(digits))
}

function isFloor(label: string): boolean {
  return /^\d{1,7} ?(?:#|楼|樓)$/.test(label) || Object.hasOwn(NAMED_FLOORS, label)
}

/** Members are links; guests and those who hid their names are words. */
function readAuthor(post: Scope): Author {
  const link = post.first('.pls .authi a.xw1') ?? post.all('.authi a').find((found) => lineOf(found) !== '')
  if (!link || !/space|uid/.test(attributeOf(link, 'href') ?? '')) {
    const words = post.text('.pls .authi') || post.text('.pls .pi') || post.text('.authi .z') || post.text('.authi')
    return { username: link && attributeOf(link, 'class') === 'xw1' ? lineOf(link) : (words.split(' ')[0] ?? '') }
  }
  const href = attributeOf(link, 'href')
  const id = idIn(href, 'uid') ?? /space-uid-(\d{1,12})/.exec(href ?? '')?.[1]
  return { username: lineOf(link), ...(id !== undefined && { id }) }
}

/** Recent times are words with the whole time as their title; on touch pages counters stand in the same line. */
function readTime(post: Scope, time: TimeOptions): string | undefined {
  const titled =
    post.attribute('[id^="authorposton"] span[title]', 'title') ?? post.attribute('.mtime span[title]', 'title')
  const exact = parseTime(titled ?? '', time)
  if (exact !== undefined) return exact
  const desktop = post.text('[id^="authorposton"]')
  if (desktop) return parseTime(dateIn(desktop), time)
  const line = post.text('.mtime')
  const counters = post.text('.mtime .y')
  return parseTime(dateIn(counters ? line.replace(counters, ' ') : line), time)
}

/** A text from its first date on, for names and verbs before it may hold numbers; else the whole. */
function dateIn(text: string): string {
  const at = text.search(/(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)/)
  return at < 0 ? text : text.slice(at)
}

function readVotes(post: Scope): Post['votes'] {
  const [up, down] = ['support', 'against'].map((name) => /^\d{1,7}$/.exec(post.text(`[id^="review_${name}_"]`))?.[0])
  if (up === undefined && down === undefined) return undefined
  return { ...(up !== undefined && { up: Number(up) }), ...(down !== undefined && { down: Number(down) }) }
}

/** Files wherever they stand, and pictures below the body; those in the body are its words already. */
function readAttachments(post: Scope, body: Element | undefined, options: AddressOptions): Attachment[] {
  const notFiles = new Set(post.all('.tip a, .aimg_tip a, .attach_tips a'))
  const inBody = new Set(body ? post.within(body).all('img') : [])
  const found = new Map<string, Attachment>()
  const readLine = lineReader()
  for (const link of post.all('a[href*="mod=attachment"], a[href*="attachment.php"]')) {
    const name = lineOf(link)
    if (!name || notFiles.has(link)) continue
    const row = post.closest(link, '[id^="attach_"], dl, ignore_js_op')
    const around = row ? readLine(row) : ''
    const attachment = readAttachment(link, { name, kind: kindOf(name), size: parseSize(around) }, options)
    if (attachment && !found.has(attachment.url)) found.set(attachment.url, attachment)
  }
  for (const picture of post.all('.pattl img[id^="aimg_"], .savephotop img[id^="aimg_"]')) {
    if (inBody.has(picture)) continue
    const address = attributeOf(picture, 'zoomfile') ?? attributeOf(picture, 'file') ?? attributeOf(picture, 'src')
    const standIn: Element = { ...picture, properties: { src: address ?? '' } }
    const attachment = readAttachment(standIn, { name: attributeOf(picture, 'title'), kind: 'image' }, options)
    if (attachment) found.set(attachment.url, { ...attachment, name: attachment.name || fileName(attachment.url) })
  }
  return [...found.values()]
}
