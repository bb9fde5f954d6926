import type { PageAddresses } from '../../core/thread-page.ts'
import type { PageProbe } from '../../dom/query.ts'
import { idIn, isWebAddress, parseId } from '../reading/address.ts'

/** Addresses of threads in vBulletin 3 and 4, which share their scripts and the plugins that rewrite them. */

const STOCK = /\/(?:showthread|showpost)\.php(?:\/(\d{1,18})\b.*)?$/

/** `/122760-title-of-thread-34.html`, `/threads/122760-title/page34`, `/122760-title/`: what rewriting makes of it. */
const REWRITTEN = /\/(?:threads\/)?(\d{1,18})-[^/]{1,300}(?:\.html|\/page\d{1,6}|\/)?$/

/** Elements that name the thread where the address names a post alone. */
const TOLD_BY = [
  'a[href*="printthread.php?"]',
  'a[href*="do=addsubscription"]',
  'a[href*="sendmessage.php?"]',
  'a[href*="showthread.php?t="]',
]

/** Id of the thread at an address; the page is asked where the address names a post of it. */
export function threadIdAt(url: URL, page: PageProbe): string | undefined {
  if (!isWebAddress(url)) return undefined
  const stock = STOCK.exec(url.pathname)
  const own = stock
    ? (idIn(url, 't') ?? idIn(url, 'threadid') ?? stock[1] ?? /^\?(\d{1,18})(?:-|&|$)/.exec(url.search)?.[1])
    : REWRITTEN.exec(url.pathname)?.[1]
  if (own !== undefined || !stock) return own
  if (idIn(url, 'p') === undefined && idIn(url, 'postid') === undefined) return undefined
  for (const selector of TOLD_BY) {
    const id = idIn(page.querySelector(selector)?.getAttribute('href'), 't')
    if (id !== undefined) return id
  }
  return parseId(page.querySelector('input[name="t"]')?.getAttribute('value'))
}

/** The post that an address points to. */
export function linkedPostIdAt(url: URL): string | undefined {
  return /^#post_?(\d{1,18})$/.exec(url.hash)?.[1] ?? idIn(url, 'p') ?? idIn(url, 'postid')
}

/** The post that a link of a quote leads to. */
export function quotedPostId(href: string | undefined): string | undefined {
  return /#post(\d{1,18})$/.exec(href ?? '')?.[1] ?? idIn(href, 'p')
}

/** Scripts that stand in the forum's own folder, whatever the plugins make of the threads' addresses. */
const SCRIPTS = ['newreply', 'forumdisplay', 'search', 'index', 'login', 'member', 'showthread']

/** The folder of the forum's scripts, told by the page's own links; the address's where none tells. */
export function rootOf(page: PageProbe, base: string): string {
  for (const script of SCRIPTS) {
    const element = page.querySelector(`a[href*="${script}.php"], form[action*="${script}.php"]`)
    const href = element?.getAttribute('href') ?? element?.getAttribute('action')
    if (!href || !URL.canParse(href, base)) continue
    const target = new URL(href, base)
    if (target.host === new URL(base).host && target.pathname.endsWith(`/${script}.php`))
      return new URL('.', target).href
  }
  return new URL('.', base).href
}

/** Addresses of a thread's pages by the stock script, which rewriting plugins answer as well. */
export function addressesOf(root: string, id: string): PageAddresses {
  const first = `${root}showthread.php?t=${id}`
  return { first, before: `${first}&page=`, after: '', start: 1, step: 1 }
}

/** A post's permalink by the stock script. */
export function postAddress(root: string, post: string): string {
  return `${root}showthread.php?p=${post}#post${post}`
}
