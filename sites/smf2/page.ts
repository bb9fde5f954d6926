import type { Attachment } from '../../core/thread.ts'
import type { AddressOptions } from '../../dom/allow-list.ts'
import { attributeOf } from '../../dom/attributes.ts'
import type { Scope } from '../../dom/query.ts'
import { lineOf } from '../../dom/query.ts'
import { pageNumber } from '../reading/address.ts'
import { kindOf, parseSize, readAttachment } from '../reading/thread.ts'

/** Posts on a page where no link to another page tells: the stock setting. */
const POSTS_A_PAGE = 15

/** The bar's numbers; how many posts a page holds is told by the offsets of its links. */
export function readPaging(page: Scope): { number: number; count: number; step: number } {
  const bar = page.first('.pagelinks')
  const parts = bar && page.within(bar)
  const number = pageNumber(parts?.text('.current_page')) ?? pageNumber(parts?.text('strong')) ?? 1
  const links = parts?.all('a.nav_page, a.navPages') ?? []
  const pages = links.flatMap((link) => {
    const start = Number(/topic[=,]\d{1,12}\.(\d{1,9})/.exec(attributeOf(link, 'href') ?? '')?.[1] ?? Number.NaN)
    const named = pageNumber(lineOf(link))
    return named === undefined ? [] : [{ named, start }]
  })
  // Page N begins after N - 1 pages of posts.
  const steps = pages.flatMap(({ named, start }) => (named > 1 && start > 0 ? [Math.round(start / (named - 1))] : []))
  return {
    number,
    count: pages.reduce((most, { named }) => Math.max(most, named), number),
    step: steps[0] ?? POSTS_A_PAGE,
  }
}

/** Pictures come through the forum's own proxy; without cookies its session stands in every address. */
export function mapAddress(address: string): string {
  const url = new URL(address)
  const target = url.pathname.endsWith('/proxy.php') ? (url.searchParams.get('request') ?? '') : ''
  if (URL.canParse(target) && /^https?:$/.test(new URL(target).protocol)) return new URL(target).href
  if (!url.search.includes('PHPSESSID=')) return address
  url.search = url.search.replace(/([?;&])PHPSESSID=\w{10,64}(?:[;&]|$)/, '$1').replace(/[?;&]$/, '')
  return url.href
}

/** Each file is a link of its name; pictures have one more, around themselves. */
export function readAttachments(post: Scope, options: AddressOptions): Attachment[] {
  return post.all('.attachments a[href*="action=dlattach"], .attached a[href*="action=dlattach"]').flatMap((link) => {
    const name = lineOf(link)
    if (!name) return []
    const frame = post.closest(link, '.attached')
    const attachment = readAttachment(
      link,
      { name, kind: kindOf(name), size: frame && parseSize(lineOf(frame)) },
      options,
    )
    return attachment ? [attachment] : []
  })
}
