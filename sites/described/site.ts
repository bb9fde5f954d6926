import type { SiteDescription } from '../../core/site-description.ts'
import type { PageProbe } from '../../dom/query.ts'
import { defineSite, type Site } from '../define-site.ts'
import {
  hasPage,
  matchAddress,
  parseAddressTemplate,
  type AddressParts,
  type AddressTemplate,
} from './address-template.ts'
import { describedSiteId } from './description.ts'
import { liveIds } from './live-id.ts'

/** A description as the light half of a site. */
export function describedSite(description: SiteDescription): Site {
  const { name, hosts, title, post, body, author, starter, floor, quote, quoteAuthor } = description
  const { postIdAttribute = 'id', postIdPrefix = '', postIdIn, noPostIds } = description
  const isThread = (url: URL, page: PageProbe) =>
    findPlace(description, url) !== undefined && page.querySelector(post) !== null
  return defineSite({
    id: describedSiteId(description),
    name,
    hosts,
    selectors: {
      root: 'body',
      title: title ?? 'h1',
      post,
      body,
      // Answers that stand in the words of what they answer are posts of their own.
      notOwn: `${notOwnOf(description)}, ${post}`,
      author,
      ...(starter !== undefined && { starter }),
      ...(floor !== undefined && { floor }),
      postId: {
        attribute: postIdAttribute,
        ...(postIdIn !== undefined && { in: postIdIn }),
        pattern: idPattern(postIdPrefix),
        ...(noPostIds && { of: liveIds(description) }),
      },
      ...(quote !== undefined && {
        quote: { box: quote, ...(quoteAuthor !== undefined && { head: quoteAuthor, author: { in: quoteAuthor } }) },
      }),
    },
    isThread,
  })
}

/** What of a body is not the post's own words; nothing that a page holds where the description leaves it out. */
export function notOwnOf({ notOwn, quote }: SiteDescription): string {
  return [notOwn, quote].filter(Boolean).join(', ') || 'loulan-none'
}

/** The id after the prefix, of whose signs `.` and `?` mean something in an expression. */
export function idPattern(prefix: string): RegExp {
  return new RegExp(`^${prefix.replaceAll(/[.?]/g, '\\$&')}([\\w-]{1,64})$`)
}

/** An address of the described forum: which of its templates it has, and what that holds. */
export interface Place extends AddressParts {
  templates: readonly AddressTemplate[]
}

/** The thread that an address names; undefined on other hosts and at other addresses. */
export function findPlace(
  { hosts, addresses, pageStep = 1, firstPage = 1 }: SiteDescription,
  url: URL,
): Place | undefined {
  if (!/^https?:$/.test(url.protocol) || !hosts.includes(url.hostname)) return undefined
  const templates = addresses.flatMap((text) => parseAddressTemplate(text) ?? [])
  // The one that says more comes first: `/t/{id}` also fits what `/t/{id}?p={page}` does.
  for (const template of templates.toSorted((a, b) => Number(hasPage(b)) - Number(hasPage(a)))) {
    const parts = matchAddress(template, url)
    if (!parts) continue
    const page = hasPage(template) ? Math.floor((parts.page - firstPage) / pageStep) + 1 : 1
    return { ...parts, page: Math.max(1, page), templates }
  }
  return undefined
}
