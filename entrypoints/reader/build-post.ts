import { i18n } from '#i18n'
import type { FileAddressRecord } from '../../archive/file-records.ts'
import type { PostRecord } from '../../archive/records.ts'
import { authorName } from '../../components/thread/author-name.ts'
import { ownDay, wallClock } from '../../components/thread/wall-clock.ts'
import { readerAddress } from '../../core/reader-address.ts'
import type { Attachment, Post, Quote } from '../../core/thread.ts'
import { createElement } from './create-element.ts'
import { createPicture, createReason } from './picture-parts.ts'
import type { FindAddress } from './picture-parts.ts'
import { buildVersions } from './build-versions.ts'
import { buildBody } from './render-body.ts'

/** What a line of the page's text takes, for the guess of a post's height before it is laid out. */
const CHARACTERS_IN_A_LINE = 36
const LINE_HEIGHT = 32
/** Head, margins and foot of a post. In CSS pixels. */
const HEIGHT_OF_THE_REST = 110
/** A post that is folded or very long is not guessed higher than this many lines. */
const MOST_LINES = 60

/**
 * Builds the element of one post; `reader-site.ts` says where its parts stand.
 *
 * @param find what is kept of the thread's pictures and files; nothing without it
 */
export function buildPost(record: PostRecord, document: Document, find: FindAddress = () => undefined): HTMLElement {
  const { post } = record
  const article = createElement(
    document,
    'article',
    record.goneSince ? 'post gone' : 'post',
    buildHead(record, document),
  )
  article.id = postElementId(post.id)
  article.dataset.postId = post.id
  for (const quote of post.quotes) article.append(buildQuote(quote, record.threadKey, document))
  article.append(buildBody(post.html, find, document))
  if (post.attachments.length > 0) article.append(buildAttachments(post.attachments, document, find))
  const votes = buildVotes(post, document)
  if (votes) article.append(votes)
  if (record.versions?.length) article.append(buildVersions(record.versions, document))
  return article
}

/** A guess of a post's height in CSS pixels, good enough for a scroll bar. */
export function guessHeight({ post }: PostRecord): number {
  return HEIGHT_OF_THE_REST + LINE_HEIGHT * Math.min(MOST_LINES, Math.ceil(post.text.length / CHARACTERS_IN_A_LINE))
}

/** Id of a post's element. */
export function postElementId(postId: string): string {
  return `post-${postId}`
}

function buildHead({ post, goneSince }: PostRecord, document: Document): HTMLElement {
  const head = createElement(document, 'header', 'post-head')
  const floor = post.floor === undefined ? '' : i18n.t('thread.floor', [String(post.floor)])
  head.append(createElement(document, 'span', floor ? 'post-floor' : 'post-floor unnumbered', floor))
  const { username, nickname } = post.author
  if (nickname && nickname !== username) head.append(createElement(document, 'span', 'post-nickname', nickname))
  head.append(createElement(document, 'span', 'post-author', username))
  if (post.isStarter) head.append(createElement(document, 'span', 'post-starter', i18n.t('thread.starter')))
  const times = createElement(document, 'span', 'post-times facts')
  if (post.postedAt) times.append(buildTime(post.postedAt, wallClock(post.postedAt), document))
  if (post.editedAt) {
    times.append(buildTime(post.editedAt, i18n.t('thread.edited', [wallClock(post.editedAt)]), document))
  }
  if (goneSince) {
    times.append(createElement(document, 'span', 'post-gone', i18n.t('thread.gone', [ownDay(goneSince)])))
  }
  head.append(times)
  const permalink = buildLink(post.url, '↗', document)
  if (permalink) {
    permalink.className = 'post-permalink'
    permalink.title = i18n.t('thread.permalink')
    permalink.setAttribute('aria-label', i18n.t('thread.permalink'))
    head.append(permalink)
  }
  return head
}

function buildTime(time: string, words: string, document: Document): HTMLElement {
  const element = createElement(document, 'time', '', words)
  element.dateTime = time
  return element
}

function buildQuote(quote: Quote, threadKey: string, document: Document): HTMLElement {
  const block = createElement(document, 'blockquote', 'post-quote')
  block.dataset.username = quote.username
  if (quote.nickname) block.dataset.nickname = quote.nickname
  if (quote.postId !== undefined) block.dataset.postId = quote.postId
  const name = createElement(document, 'cite', '', i18n.t('thread.quoted', [authorName(quote)]))
  if (quote.postId === undefined) block.append(name)
  else {
    const link = createElement(document, 'a', '', name)
    link.href = readerAddress(threadKey, quote.postId)
    block.append(link)
  }
  if (quote.excerpt.trim()) block.append(createElement(document, 'p', '', quote.excerpt.trim()))
  return block
}

/** A post's attachments: kept pictures are shown, other kept files can be downloaded without the forum. */
export function buildAttachments(
  attachments: readonly Attachment[],
  document: Document,
  find: FindAddress,
): HTMLElement {
  const list = createElement(document, 'ul', 'post-attachments')
  list.setAttribute('aria-label', i18n.t('thread.attachments'))
  for (const { name, url, size } of attachments) {
    const item = createElement(document, 'li', '', buildLink(url, name || url, document) ?? name)
    if (size !== undefined) item.append(createElement(document, 'span', '', ` ${formatSize(size)}`))
    const row = find(url)
    if (row?.reason) item.append(' ', createReason(row, document))
    if (row?.state === 'kept') item.append(...buildKept(row, name, document))
    list.append(item)
  }
  return list
}

function buildKept(row: FileAddressRecord, name: string, document: Document): Node[] {
  if (row.kind === 'picture') {
    return [createElement(document, 'br', ''), createPicture({ src: row.url, alt: name }, () => row, document)]
  }
  const button = createElement(document, 'button', 'file-button', i18n.t('pictures.download'))
  button.type = 'button'
  button.dataset.hash = row.hash
  button.dataset.name = name
  button.setAttribute('aria-label', i18n.t('pictures.downloadOne', [name || row.url]))
  return [document.createTextNode(' '), button]
}

function buildVotes({ votes }: Post, document: Document): HTMLElement | undefined {
  const words = [
    ...(votes?.up ? [i18n.t('thread.votesUp', [String(votes.up)])] : []),
    ...(votes?.down ? [i18n.t('thread.votesDown', [String(votes.down)])] : []),
  ]
  return words.length > 0 ? createElement(document, 'p', 'post-votes', words.join(' · ')) : undefined
}

/** A link out of the page; undefined for what is no address of the web, whatever the archive was given. */
function buildLink(url: string | undefined, words: string, document: Document): HTMLAnchorElement | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const address = new URL(url)
  if (address.protocol !== 'https:' && address.protocol !== 'http:') return undefined
  const link = createElement(document, 'a', '', words)
  link.href = address.href
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  return link
}

function formatSize(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
