import type { SiteDescription } from '../../core/site-description.ts'
import { matchAddress, parseAddressTemplate } from '../described/address-template.ts'

/** Parameters that name a thread, the likeliest first, and those that name something else. */
const THREAD_PARAMETERS =
  /^(?:t|tid|topic|topicid|topic_id|thread|threadid|thread_id|showtopic|id|postid|aid|article|p)$/i
const OTHER_PARAMETERS =
  /^(?:page|pg|start|offset|postcount|highlight|f|fid|forum|board|boardid|sid|s|lang|sort|order|extra|view|st|o)$/i

/** Links that are compared with each other, and the longest of them, in characters: pages are a few, and told in few words. */
const MOST_LINKS = 60
const LONGEST = 400

type Addresses = Pick<SiteDescription, 'addresses' | 'firstPage' | 'pageStep'>

/** A link of the page that bears a number alone, and where it leads. */
export interface PageLink {
  number: number
  url: URL
}

/**
 * How the addresses of a thread and of its pages are written, after the one in hand and the numbered links of its page.
 * Undefined for an address that names nothing, such as a site's first page.
 */
export function findAddresses(url: URL, links: readonly PageLink[]): Addresses | undefined {
  const plain = templateOf(url)
  if (plain === undefined) return undefined
  const numbered = findNumbered(url, plain, links)
  if (!numbered) return isTemplate(plain, url) ? { addresses: [plain] } : undefined
  const { template, firstPage, pageStep } = numbered
  const first = withoutPage(template)
  const addresses = [...(first !== undefined && parseAddressTemplate(first) ? [first] : []), template]
  if (!addresses.some((each) => isTemplate(each, url)))
    return isTemplate(plain, url) ? { addresses: [plain] } : undefined
  return { addresses, ...(firstPage !== 1 && { firstPage }), ...(pageStep !== 1 && { pageStep }) }
}

function isTemplate(text: string, url: URL): boolean {
  const template = parseAddressTemplate(text)
  return template !== undefined && matchAddress(template, url) !== undefined
}

/** The address with `{id}` in the place of what names the thread. */
function templateOf({ pathname, searchParams }: URL): string | undefined {
  const parameters = [...searchParams].filter(
    ([name, value]) => /^[\w[\].-]{1,64}$/.test(name) && /^\w{1,64}$/.test(value),
  )
  const named =
    parameters.find(([name, value]) => THREAD_PARAMETERS.test(name) && /\d/.test(value)) ??
    parameters.find(([name, value]) => !OTHER_PARAMETERS.test(name) && /^\d+$/.test(value))
  if (named) return `${escape(pathname)}?${named[0]}={id}`
  const segments = pathname.replace(/\/(?:page[-/]?|p)\d{1,5}\/?$/i, '/').split('/')
  const at = findNamed(segments)
  return at === undefined ? undefined : segments.map((segment, index) => pieceFor(segment, index, at)).join('/')
}

/** The part of a path that names the thread: a number by itself, one beside words, a short code, else the last words. */
function findNamed(segments: readonly string[]): number | undefined {
  const isDated = (index: number) =>
    [index, index - 1, index - 2].some(
      (year) => isYear(segments[year]) && /^\d{1,2}$/.test(segments[year + 1] ?? ''),
    ) && /^\d{1,4}$/.test(segments[index]!)
  // A year names no thread where a number follows it: an archive's folder.
  const isFolder = (index: number) =>
    /^(?:19|20)\d\d(?!\d)/.test(segments[index]!) && segments.slice(index + 1).some((each) => /\d{2,}/.test(each))
  const forms = [/^\d{2,}$/, /\d{2,}/, /^(?=.*\d)(?=.*[a-z])[a-z\d]{4,12}$/i, /[\p{L}%]/u]
  for (const form of forms.slice(0, 3)) {
    const found = segments.findIndex(
      (segment, index) => form.test(segment) && !isDated(index) && !isFolder(index) && mixedSegment(segment),
    )
    if (found > 0) return found
  }
  const last = segments.findLastIndex((segment) => forms[3]!.test(segment))
  return last > 0 ? last : undefined
}

function isYear(segment: string | undefined): boolean {
  return /^(?:19|20)\d\d$/.test(segment ?? '')
}

/** What stands in a template for a part of a path: plain words are the forum's own, others are of boards, titles and days. */
function pieceFor(segment: string, index: number, named: number): string {
  if (index === named) return mixedSegment(segment) ?? '{slug}'
  if (segment === '') return ''
  return /^[a-z_.]{1,16}$/i.test(segment) && index < named ? segment : '{*}'
}

/** `123-green-tea` and `green-tea.123`; `thread-123-1-1.html`, where what follows the id counts pages. */
function mixedSegment(segment: string): string | undefined {
  if (/^\d{2,}$/.test(segment) || /^(?=.*\d)(?=.*[a-z])[a-z\d]{4,12}$/i.test(segment)) return '{id}'
  if (/^\d{2,}-/.test(segment)) return '{id}-{*}'
  const file = /^\d{2,}(\.[a-z]{2,5})$/.exec(segment)
  if (file) return `{id}${file[1]}`
  const name = /^([a-z]+-?)(\d{2,})([-.][\w.-]*)?$/i.exec(segment)
  if (name) return `${name[1]}{id}${name[3] ?? ''}`
  const tail = /[.-](\d{2,})(\.[a-z]{2,5})?$/.exec(segment)
  return tail ? `{*}${segment[tail.index]}{id}${tail[2] ?? ''}` : undefined
}

function escape(text: string): string {
  return text.replaceAll(/[{}]/g, '')
}

/** What of an address counts pages: the one number that differs between links, and grows with what they bear. */
function findNumbered(
  url: URL,
  plain: string,
  links: readonly PageLink[],
): { template: string; firstPage: number; pageStep: number } | undefined {
  const own = links
    .filter((link) => link.url.origin === url.origin && link.number <= 99_999)
    .map(({ number, url: { pathname, search } }) => ({ number, address: pathname + search }))
    .filter(({ address }) => address.length <= LONGEST)
    .slice(0, MOST_LINKS)
  for (const link of own) {
    for (const place of link.address.matchAll(/\d{1,6}/g)) {
      const [before, after] = [link.address.slice(0, place.index), link.address.slice(place.index + place[0].length)]
      const others = own.flatMap(({ number, address: text }) => {
        const value = text.slice(before.length, text.length - after.length)
        const isLike = text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after)
        return isLike && /^\d{1,6}$/.test(value) ? [{ number, value: Number(value) }] : []
      })
      const far = others.find(({ number }) => number !== link.number)
      const step = far ? (far.value - Number(place[0])) / (far.number - link.number) : 1
      const firstPage = Number(place[0]) - (link.number - 1) * step
      const isCounted = far !== undefined || (link.number > 1 && Number(place[0]) === link.number)
      if (!isCounted || !Number.isInteger(step) || step < 1 || step > 1000 || firstPage < 0 || firstPage > 1000)
        continue
      const template = paged(plain, before, after)
      if (template !== undefined) return { template, firstPage, pageStep: step }
    }
  }
  return undefined
}

/** The template of the thread with the page's number where it stands in the links. */
function paged(plain: string, before: string, after: string): string | undefined {
  const [path, query] = plain.split('?')
  const parameter = /[?&]([\w[\].-]{1,64})=$/.exec(before)?.[1]
  if (parameter !== undefined) {
    if (/^[^&]/.test(after)) return undefined
    if (query?.startsWith(`${parameter}=`)) return undefined
    const template = `${path}?${query === undefined ? '' : `${query}&`}${parameter}={page}`
    return parseAddressTemplate(template) && template
  }
  if (query !== undefined) return undefined
  const id = idIn(plain, before)
  const template = id === undefined ? undefined : `${id}{page}${after}`
  return template !== undefined && parseAddressTemplate(template) ? template : undefined
}

/** The part of a link's path before the page's number, with the thread's id as the template has it. */
function idIn(plain: string, before: string): string | undefined {
  const pieces = plain.split('/')
  const given = before.split('/')
  const at = pieces.findIndex((piece) => /\{(?:id|slug)\}/.test(piece))
  if (at < 0 || given.length <= at) return undefined
  if (at < given.length - 1) {
    const last = given.length - 1
    return given.map((each, index) => (index < last && pieces[index] ? pieces[index] : each)).join('/')
  }
  // In the same segment, as in `thread-123-2-1.html`.
  const lead = /^([a-z]+-?)\{id\}/i.exec(pieces[at]!)
  const rest = lead && /^[a-z]+-?\d+([-.\w]*)$/i.exec(given[at]!)
  const cut = rest && /^([a-z]+-?)(\d+)([-.][a-z-]*)$/i.exec(given[at]!)
  return cut ? [...pieces.slice(0, at), `${cut[1]}{id}${cut[3]}`].join('/') : undefined
}

/** The address of the first page, where a link's path goes on for the others. */
function withoutPage(template: string): string | undefined {
  if (template.includes('?')) {
    const short = template.replace(/[?&][\w[\].-]+=\{page\}/, '')
    return short.includes('?') || !short.includes('&') ? short : undefined
  }
  return /\/(?:page[-/]?)?\{page\}\/?$/.test(template) ? template.replace(/(?:page[-/]?)?\{page\}\/?$/, '') : undefined
}
