import { i18n } from '#i18n'
import type { CleanLink } from '../core/links.ts'
import { parseUrl } from '../core/links/address.ts'
import { findHostMismatch, type LinkWarning } from '../core/links/host-warning.ts'
import { changeAttributes, createMark } from '../dom/page-marks.ts'
import { writeText } from '../locales/write-text.ts'
import { defineAid, type AidContext } from './define-aid.ts'
import type { LivePage, LivePost } from './live-page.ts'
import { whenNear } from './near-posts.ts'

const ID = 'unwrap-links'

/** Tooltips are for eyes: an address can be longer than a screen. In UTF-16 units. */
const SHOWN_ADDRESS = 300

/** An address within an address: of the forum's own controls, many a post, only such can be a jump page's. */
const HOLDS_ADDRESS = /.https?(?::|%3a)/i
/** Those that begin with their only address are told apart by the expression: the browser looks at many in no time. */
const MAY_HOLD_ADDRESS = 'a[href*="http" i]'

/**
 * Puts the real target behind links that lead through a jump page, takes tracking parameters out of links in posts, and
 * says in the tooltip what was done. A jump page is an open redirector, so the target's host stands beside a link whose
 * text hides it; what looks like a trap, or leads nobody knows where, gets a short mark of its own.
 */
export default defineAid({
  id: ID,
  enabledByDefault: true,
  options: {},
  start(context, signal) {
    const { page, cleanLink, follow } = context
    // A proxy such as the university's WebVPN enciphers every address of the page: a mark on each would say nothing.
    let known: boolean | undefined
    // Asked when there is a link: a page without any need not have the tables of redirectors set up.
    const isVeiled = () => (known ??= cleanLink(page.url.href).warning === 'target-unknown')
    const treat = ({ element, body }: LivePost) => {
      for (const link of element.querySelectorAll<HTMLAnchorElement>(MAY_HOLD_ADDRESS)) {
        if (!body.contains(link) && HOLDS_ADDRESS.test(link.getAttribute('href')!)) {
          treatLink(link, { page, cleanLink, isVeiled, isInBody: false })
        }
      }
      for (const link of body.querySelectorAll<HTMLAnchorElement>('a[href]')) {
        treatLink(link, { page, cleanLink, isVeiled, isInBody: true })
      }
    }
    follow((post) => whenNear(context, post, treat, signal))
  },
})

interface Place extends Pick<AidContext, 'page' | 'cleanLink'> {
  isVeiled: () => boolean
  /** Outside of the bodies stand the forum's own controls: their parameters are theirs. */
  isInBody: boolean
}

function treatLink(link: HTMLAnchorElement, { page, cleanLink, isVeiled, isInBody }: Place): void {
  const clean = cleanLink(link.getAttribute('href') ?? '', page.url.href)
  const target = parseUrl(clean.url)
  if (target?.protocol !== 'https:' && target?.protocol !== 'http:') return
  const text = link.textContent ?? ''
  const marks = isOwnHost(target, page)
    ? ownHostMarks(clean, isVeiled).map((warning) => warningMark(link, warning, target))
    : foreignMarks(link, text, clean, target)
  if (clean.unwrapped.length > 0 || (isInBody && clean.removed.length > 0)) rewrite(link, clean)
  link.after(...marks)
}

/** Puts the clean address in the place of the page's, which stays in the tooltip (and, for undoing, in the record). */
function rewrite(link: HTMLAnchorElement, { url, original, unwrapped, removed }: CleanLink): void {
  const hosts = unwrapped.map((wrapper) => parseUrl(wrapper)?.host ?? '')
  const lines = [
    link.getAttribute('title') ?? '',
    writeText('unwrapLinks.original', shorten(original)),
    writeText('unwrapLinks.target', shorten(url)),
    hosts.length > 0 ? writeText('unwrapLinks.unwrapped', [...new Set(hosts)].join(', ')) : '',
    removed.length > 0 ? writeText('unwrapLinks.removed', shorten([...new Set(removed)].join(', '))) : '',
  ]
  changeAttributes(ID, link, {
    title: lines.filter(Boolean).join('\n'),
    href: url,
    ...(unwrapped.length > 0 && { rel: 'noopener noreferrer' }),
  })
}

function shorten(text: string): string {
  return text.length <= SHOWN_ADDRESS ? text : `${text.slice(0, SHOWN_ADDRESS).toWellFormed()}…`
}

function isOwnHost({ host }: URL, { url }: LivePage): boolean {
  return host === url.host
}

/** A link to the forum itself cannot pass for another's; only where its own jump page hides the target is a mark due. */
function ownHostMarks({ warning }: CleanLink, isVeiled: () => boolean): LinkWarning[] {
  return (warning === 'target-unknown' || warning === 'too-many-wrappers') && !isVeiled() ? [warning] : []
}

function foreignMarks(link: HTMLAnchorElement, text: string, clean: CleanLink, target: URL): HTMLElement[] {
  const marks: HTMLElement[] = []
  const mismatch = findHostMismatch(text, clean.url)
  if (mismatch) {
    const mark = createMark(link.ownerDocument, ID, 'span', 'warning')
    mark.textContent = i18n.t('unwrapLinks.hostMismatch', [target.host])
    mark.title = i18n.t('unwrapLinks.hostMismatchWhy', [mismatch.shown, mismatch.actual])
    marks.push(mark)
  } else if (clean.unwrapped.length > 0 && !names(text, target.hostname)) {
    const mark = createMark(link.ownerDocument, ID, 'span', 'host')
    mark.textContent = target.host
    marks.push(mark)
  }
  if (clean.warning) marks.push(warningMark(link, clean.warning, target))
  return marks
}

const WARNING_TEXTS = {
  credentials: ['unwrapLinks.credentials', 'unwrapLinks.credentialsWhy'],
  'mixed-scripts': ['unwrapLinks.mixedScripts', 'unwrapLinks.mixedScriptsWhy'],
  punycode: ['unwrapLinks.punycode', 'unwrapLinks.punycodeWhy'],
  'too-many-wrappers': ['unwrapLinks.tooManyWrappers', 'unwrapLinks.tooManyWrappersWhy'],
  'target-unknown': ['unwrapLinks.targetUnknown', 'unwrapLinks.targetUnknownWhy'],
  affiliate: ['unwrapLinks.affiliate', 'unwrapLinks.affiliateWhy'],
  'host-mismatch': ['unwrapLinks.hostMismatch', 'unwrapLinks.hostMismatchWhy'],
} as const satisfies Record<LinkWarning, readonly [string, string]>

function warningMark(link: HTMLAnchorElement, warning: LinkWarning, { host }: URL): HTMLElement {
  const mark = createMark(link.ownerDocument, ID, 'span', 'warning')
  const [label, why] = WARNING_TEXTS[warning]
  mark.textContent = i18n.t(label, [host])
  mark.title = i18n.t(why, [host, host])
  return mark
}

/** Longest link text that is looked through for its host. In UTF-16 units. */
const SHOWN_TEXT = 2000

/** Whether a text names a host whole: `ample.com` is not named by `example.com`. */
function names(text: string, hostname: string): boolean {
  const shown = text.slice(0, SHOWN_TEXT).toLowerCase()
  const bare = hostname.replace(/^www\./, '')
  for (let at = shown.indexOf(bare); at >= 0; at = shown.indexOf(bare, at + 1)) {
    const before = shown.slice(Math.max(0, at - 5), at).replace(/(^|[^a-z\d.-])www\.$/, '$1')
    const end = at + bare.length
    if (!/[a-z\d.-]$/.test(before) && !/^\.?[a-z\d-]/.test(shown.slice(end, end + 2))) return true
  }
  return false
}
