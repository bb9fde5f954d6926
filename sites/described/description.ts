import { isZone } from '../../core/dates/zone.ts'
import type { DescriptionProblem, SiteDescription } from '../../core/site-description.ts'
import { parseSelector } from '../../dom/selector.ts'
import { parseAddressTemplate } from './address-template.ts'

const SELECTORS = [
  'title',
  'board',
  'post',
  'postIdIn',
  'author',
  'time',
  'body',
  'notOwn',
  'quote',
  'quoteAuthor',
  'floor',
  'starter',
  'pages',
]
const HOST = /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)*[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/
const ATTRIBUTE = /^[a-z][\w-]{0,40}$/i

type Check = (value: unknown) => DescriptionProblem['reason'] | undefined

const isText = (value: unknown, form: RegExp): value is string => typeof value === 'string' && form.test(value)
const matches =
  (form: RegExp): Check =>
  (value) =>
    isText(value, form) ? undefined : 'bad-value'
const isWhole =
  (least: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= 1000 ? undefined : 'bad-value'

const CHECKS: Readonly<Record<string, Check>> = {
  name: matches(/^(?=.*\S)[^\n]{1,80}$/),
  hosts: (value) => (isList(value, 20, (host) => isText(host, HOST)) ? undefined : 'bad-host'),
  addresses: (value) =>
    isList(value, 10, (text) => typeof text === 'string' && !!parseAddressTemplate(text)) ? undefined : 'bad-address',
  pageStep: isWhole(1),
  firstPage: isWhole(0),
  postIdAttribute: matches(ATTRIBUTE),
  postIdPrefix: matches(/^[\w.:/?#=&;@~-]{0,200}$/),
  noPostIds: checkFlag,
  timeAttribute: matches(ATTRIBUTE),
  zone: (value) => (typeof value === 'string' && value.length < 60 && isZone(value) ? undefined : 'bad-value'),
  dateOrder: matches(/^(?:ymd|dmy|mdy)$/),
  first: checkFlag,
  ...Object.fromEntries(SELECTORS.map((name) => [name, checkSelector])),
}

const NEEDED = ['name', 'hosts', 'addresses', 'post', 'author', 'body']

/**
 * Reads a description, or its JSON text as an import has it. What is understood is kept field by field; the first that
 * is not is named. Never throws.
 */
export function parseSiteDescription(
  input: unknown,
): { description: SiteDescription } | { problem: DescriptionProblem } {
  let value = input
  if (typeof input === 'string') {
    try {
      value = JSON.parse(input)
    } catch {
      return { problem: { field: '', reason: 'not-json' } }
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: { field: '', reason: 'not-an-object' } }
  const fields = value as Record<string, unknown>
  for (const field of NEEDED) if (!Object.hasOwn(fields, field)) return { problem: { field, reason: 'missing' } }
  for (const [field, given] of Object.entries(fields)) {
    const reason = Object.hasOwn(CHECKS, field) ? CHECKS[field]!(given) : 'unknown-field'
    if (reason) return { problem: { field: field.slice(0, 40), reason } }
  }
  return { description: fields as unknown as SiteDescription }
}

function isList(value: unknown, most: number, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.length <= most && value.every(isItem)
}

function checkFlag(value: unknown): DescriptionProblem['reason'] | undefined {
  return typeof value === 'boolean' ? undefined : 'bad-value'
}

/** Selectors are tried on every element of a page: a few short ones are all that a forum needs. */
function checkSelector(value: unknown): DescriptionProblem['reason'] | undefined {
  if (typeof value !== 'string' || value.length > 300) return 'bad-selector'
  try {
    const list = parseSelector(value)
    return list.length <= 10 && list.every(({ steps }) => steps.length <= 8) ? undefined : 'bad-selector'
  } catch {
    return 'bad-selector'
  }
}

/** The site's id, made of its first host. Hosts of much the same name may share one: it tells no site from another. */
export function describedSiteId({ hosts }: Pick<SiteDescription, 'hosts'>): string {
  return `own-${hosts[0]!.replaceAll(/[^a-z\d]+/g, '-').slice(0, 36)}`
}

/** The descriptions among what is stored; what is none is passed over. */
export function parseSiteDescriptions(stored: readonly unknown[]): SiteDescription[] {
  return stored.flatMap((each) => {
    const parsed = parseSiteDescription(each)
    return 'description' in parsed ? [parsed.description] : []
  })
}
