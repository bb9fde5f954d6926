import type { Element } from 'hast'
import type { Attachment, Author, Post } from '../../core/thread.ts'
import { attributeOf } from '../../dom/attributes.ts'
import { cleanAddress } from '../../dom/allow-list.ts'
import type { AddressOptions } from '../../dom/allow-list.ts'
import type { Scope } from '../../dom/query.ts'
import { lineOf } from '../../dom/query.ts'
import { idIn, parseId } from './address.ts'
import { plainText, readBody } from './body.ts'

/** A post without what only its thread tells: the permalink. */
export type ReadPost = Omit<Post, 'url'>

/** Reads one post's card. Undefined where it has nothing to be told from others by: no id and no floor. */
export function readPost(card: Scope, options: AddressOptions): ReadPost | undefined {
  const floor = readFloor(card)
  const id = readId(card) ?? (floor === undefined ? undefined : `floor-${floor}`)
  if (id === undefined) return undefined
  const body = card.first('.post-main .content .body') ?? card.first('.body.file-read') ?? card.first('.body')
  const { html, text, quotes } = body ? readBody(card, body, options) : { html: '', text: '', quotes: [] }
  const votes = readVotes(card)
  return {
    id,
    ...(floor !== undefined && { floor }),
    author: readAuthor(card),
    ...(card.first('.post-owner .lz-tag') && { isStarter: true }),
    ...readTimes(card),
    html,
    text,
    quotes,
    attachments: readAttachments(card, options),
    ...(votes && { votes }),
  }
}

/** The card's own id, else its anchor's, else that of the tools below it. */
function readId(card: Scope): string | undefined {
  const own = card.element && parseId(attributeOf(card.element, 'data-postid'))
  if (own) return own
  const anchor = card.element?.children.find((child) => child.type === 'element')
  return (
    parseId(anchor && attributeOf(anchor, 'id')) ??
    idIn(card.attribute('.toolbox a[href*="postid="]', 'href'), 'postid')
  )
}

function readFloor(card: Scope): number | undefined {
  const digits = /\d{1,7}/.exec(card.text('.post-main .post-id') || card.text('.post-id'))?.[0]
  return digits === undefined ? undefined : Number(digits)
}

/** Anonymous authors have a name but no page of their own. */
function readAuthor(card: Scope): Author {
  const link = card.first('.post-owner .username a[href*="user.php"]') ?? card.first('.post-owner .username a')
  const shown = link ? lineOf(link) : card.text('.post-owner .username')
  const username = shown.replace(/ ?\[(?:在线|离线)\]$/, '')
  const nickname =
    card.text('.post-owner .nickname') || plainText(card.attribute('.post-owner .nickname', 'title') ?? '')
  const id = idIn(link && attributeOf(link, 'href'), 'uid')
  return { username, ...(nickname && { nickname }), ...(id !== undefined && { id }) }
}

const TIME = /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2}) (\d{1,2}):(\d{2})(?::(\d{2}))?/
const TIMES = /(发表于?|修改于?|编辑于?)?[：:]? ?(\d{4}[-/.]\d{1,2}[-/.]\d{1,2} \d{1,2}:\d{2}(?::\d{2})?)/g

/** `发表于…` alone, or `最后修改于…` with `发表于…` and earlier edits in its list; the latest edit counts. */
function readTimes(card: Scope): { postedAt?: string; editedAt?: string } {
  const posted: string[] = []
  const edited: string[] = []
  for (const container of card.all('.operations .sl-triangle-container')) {
    for (const [, label = '', time] of lineOf(container).matchAll(TIMES)) {
      const at = beijingTime(time!)
      if (at !== undefined) (/修改|编辑/.test(label) ? edited : posted).push(at)
    }
  }
  const [postedAt] = posted.toSorted()
  const editedAt = edited.toSorted().at(-1)
  return { ...(postedAt && { postedAt }), ...(editedAt && { editedAt }) }
}

/** The site writes its own wall clock, UTC+8 all year. Undefined for a day or an hour that does not exist. */
function beijingTime(text: string): string | undefined {
  const parts = TIME.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const isDay = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
  if (!isDay || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return undefined
  return `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}+08:00`
}

function pad(digits: string | undefined): string {
  return (digits ?? '').padStart(2, '0')
}

function readAttachments(card: Scope, options: AddressOptions): Attachment[] {
  return card.all('.attachment li').flatMap((item) => {
    const attachment = readAttachment(card.within(item), options)
    return attachment ? [attachment] : []
  })
}

function readAttachment(item: Scope, options: AddressOptions): Attachment | undefined {
  const link = item.first('a[href]')
  const picture = item.first('img')
  const address = (link && attributeOf(link, 'href')) ?? (picture && attributeOf(picture, 'src')) ?? ''
  const url = cleanAddress(address, options)
  if (url === undefined) return undefined
  const size = parseSize(item.text('.size'))
  const shown = picture ? attributeOf(picture, 'alt')?.trim() : link && nameIn(item, link)
  const isImage = picture !== undefined || (link !== undefined && attributeOf(link, 'class') === 'highslide')
  return {
    name: shown || fileName(url),
    url,
    ...(size !== undefined && { size }),
    kind: isImage ? 'image' : 'file',
  }
}

/** A link's text, less the size where it stands inside. */
function nameIn(item: Scope, link: Element): string {
  const size = item.within(link).text('.size')
  const name = lineOf(link)
  return size && name.endsWith(size) ? name.slice(0, -size.length).trim() : name
}

function fileName(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last) || url
  } catch {
    return last
  }
}

const UNITS = ['b', 'k', 'm', 'g']

/** `1.2MB`, `(356 KB)`, `12,345 字节` in bytes. */
function parseSize(text: string): number | undefined {
  const parts = /(\d[\d,]{0,14}(?:\.\d{1,6})?) ?(b|k|m|g|字节)?/i.exec(text)
  if (!parts) return undefined
  const power = Math.max(0, UNITS.indexOf((parts[2] ?? 'b').toLowerCase()))
  return Math.round(Number(parts[1]!.replaceAll(',', '')) * 1024 ** power)
}

function readVotes(card: Scope): Post['votes'] {
  const line = card.text('.post-vote-line')
  const up = countIn(/赞 ?[(（](\d{1,9})[)）]/.exec(line)?.[1] ?? card.text('.upvote-count'))
  const down = countIn(/踩 ?[(（](\d{1,9})[)）]/.exec(line)?.[1] ?? card.text('.downvote-count'))
  if (up === undefined && down === undefined) return undefined
  return { ...(up !== undefined && { up }), ...(down !== undefined && { down }) }
}

function countIn(text: string): number | undefined {
  const digits = /\d{1,9}/.exec(text)?.[0]
  return digits === undefined ? undefined : Number(digits)
}
