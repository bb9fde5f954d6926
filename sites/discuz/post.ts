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
import { ownLine } from '../reading/own-line.ts'
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
  head: 'font[color="#999999"], a[href*="goto=findpost"], h5',
  username: readQuoted,
  postId: (quote) => idIn(quote.attribute('a[href*="goto=findpost"]', 'href'), 'pid'),
}

/** `NAME 发表于 2024-1-2 03:04`, in whatever language the verb is; before X `原帖由 NAME 于 … 发表`, the name in an `i`. */
function readQuoted(quote: Scope): string {
  const older = quote.first('blockquote > a[href*="goto=findpost"]') && quote.text('blockquote > i')
  if (older) return older
  const head = quote.text('font[color="#999999"]') || quote.text('a[href*="goto=findpost"]')
  const [before = ''] = head.slice(0, 200).split(/ ?(?:\d{4}-\d{1,2}-\d{1,2}|\d+ ?\S{1,6}前|昨天|前天|今天)/)
  return before.replace(/ +\S{1,16}:?$/, '').trim()
}

/** A moderator's notice stands in the same box as quotes do; on touch pages that box is grey. */
const NOTICE =
  /(?:被|已被)?(?:管理员|版主|管理員).{0,8}(?:屏蔽|删除|刪除)|作者被禁止或删除|内容自动屏蔽|^受到警告$|仅.{1,4}可见/

/** Reads one post; undefined for the frames that are none (the quick reply's, say). */
export function readPost(post: Scope, time: TimeOptions, options: AddressOptions): Post | undefined {
  const id = /^(?:post_|pid)(\d{1,18})$/.exec(attributeOf(post.element!, 'id') ?? '')?.[1]
  const body = post.first('[id^="postmessage_"]') ?? post.first('.message')
  // A post that a moderator hid has no body, but keeps its place.
  if (id === undefined || (!body && !post.first('.authi, .postauthor'))) return undefined
  const quotes = body ? readQuotes(post, body, QUOTE, BODY, options).filter(isQuote).map(withoutHead) : []
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

/** On touch pages a word stands before the words; before X the line about a quote is no element: name and date. */
function withoutHead(told: Quote): Quote {
  const quote = { ...told, excerpt: told.excerpt.replace(/^(?:引用|quote) ?[:：]\s*/i, '') }
  const [line = ''] = quote.excerpt.slice(0, 300).split('\n')
  const isHead = quote.username !== '' && line.includes(quote.username) && /\d{4}-\d{1,2}-\d{1,2}/.test(line)
  return isHead ? { ...quote, excerpt: quote.excerpt.slice(line.length).trim() } : quote
}

/** The first floors have names, by custom and in settings. */
const NAMED_FLOORS: Readonly<Record<string, number>> = { 楼主: 1, 樓主: 1, 沙发: 2, 沙發: 2, 板凳: 3, 地板: 4 }

function readFloor(post: Scope): number | undefined {
  const label = post.text('[id^="postnum"]') || post.all('.authi .y, .authi em').map(lineOf).find(isFloor) || ''
  const named = Object.hasOwn(NAMED_FLOORS, label) ? NAMED_FLOORS[label] : undefined
  const digits = /^(\d{1,7}) ?(?:#|楼|樓|$)/.exec(label)?.[1]
  return named ?? (digits === undefined ? undefined : Number(digits))
}

function isFloor(label: string): boolean {
  return /^\d{1,7} ?(?:#|楼|樓)$/.test(label) || Object.hasOwn(NAMED_FLOORS, label)
}

/** Members are links; guests and those who hid their names are words. */
function readAuthor(post: Scope): Author {
  const link =
    post.first('.pls .authi a.xw1') ??
    post.all('.authi a, .postauthor cite a, .postauthor .postinfo a').find((found) => lineOf(found) !== '')
  const href = link && attributeOf(link, 'href')
  if (!link || !/space|uid/.test(href ?? '')) {
    return { username: link && attributeOf(link, 'class') === 'xw1' ? lineOf(link) : (guestName(post) ?? '') }
  }
  const id = idIn(href, 'uid') ?? /space-uid-(\d{1,12})/.exec(href ?? '')?.[1]
  return { username: lineOf(link), ...(id !== undefined && { id }) }
}

/** The first word: an address may follow. Before X.3.5 touch pages have the floor in the same line, in an `em`. */
function guestName(post: Scope): string | undefined {
  const places = ['.pls .authi', '.pls .pi', '.authi .z', '.postauthor cite']
  const line = places.map((place) => post.text(place)).find(Boolean) ?? withoutLabels(post, '.authi')
  return line.split(' ')[0]
}

/** A line without what stands in it in an `em`: floors, links to tools, the address of a guest. */
function withoutLabels(post: Scope, selector: string): string {
  const found = post.first(`${selector} li`) ?? post.first(selector)
  if (!found) return ''
  const labels = post.within(found).all('em').slice(0, 10).map(lineOf)
  return labels.reduce((line, label) => line.replace(label, ' '), lineOf(found)).trim()
}

/** Recent times are words with the whole time as their title; on touch pages counters stand in the same line. */
function readTime(post: Scope, time: TimeOptions): string | undefined {
  const titled =
    post.attribute('[id^="authorposton"] span[title]', 'title') ?? post.attribute('.mtime span[title]', 'title')
  const exact = parseTime(titled ?? '', time)
  if (exact !== undefined) return exact
  const desktop = post.text('[id^="authorposton"]')
  if (desktop) return parseTime(dateIn(desktop), time)
  const older = post.first('.authi .rela')
  // Before X, and on touch pages before X3.5, the time has no element of its own.
  if (older || !post.first('.mtime')) {
    const rest = older
      ? (post.attribute('.authi .rela span[title]', 'title') ?? ownLine(older))
      : post.text('.postcontent .postinfo')
    return parseTime(dateIn(rest), time)
  }
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

const PICTURE = 'img[id^="aimg_"]'

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
  for (const picture of post.all(
    `.pattl ${PICTURE}, .savephotop ${PICTURE}, .img_one ${PICTURE}, .img_list ${PICTURE}`,
  )) {
    if (inBody.has(picture)) continue
    const address = attributeOf(picture, 'zoomfile') ?? attributeOf(picture, 'file') ?? attributeOf(picture, 'src')
    const standIn: Element = { ...picture, properties: { src: address ?? '' } }
    const attachment = readAttachment(standIn, { name: attributeOf(picture, 'title'), kind: 'image' }, options)
    if (attachment) found.set(attachment.url, { ...attachment, name: attachment.name || fileName(attachment.url) })
  }
  return [...found.values()]
}
