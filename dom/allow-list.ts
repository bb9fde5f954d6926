/**
 * What of a page's HTML is kept. One allow-list as data, read by the sanitiser of trees (`sanitize-html.ts`) and by the
 * renderer into a document (`render-html.ts`); what is not named here does not pass either.
 */

/** Attributes kept on each kept element, besides {@link GLOBAL_ATTRIBUTES}. */
const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  abbr: [],
  address: [],
  article: [],
  aside: [],
  b: [],
  bdi: [],
  bdo: [],
  blockquote: ['cite'],
  br: [],
  caption: [],
  cite: [],
  code: ['class'],
  col: ['span'],
  colgroup: ['span'],
  dd: [],
  del: ['cite', 'datetime'],
  details: [],
  dfn: [],
  div: ['class', 'style', 'align'],
  dl: [],
  dt: [],
  em: [],
  figcaption: [],
  figure: [],
  footer: [],
  h1: ['align'],
  h2: ['align'],
  h3: ['align'],
  h4: ['align'],
  h5: ['align'],
  h6: ['align'],
  header: [],
  hr: [],
  i: [],
  img: ['src', 'alt', 'width', 'height'],
  ins: ['cite', 'datetime'],
  kbd: [],
  li: ['value'],
  mark: ['style'],
  ol: ['start', 'reversed', 'type'],
  p: ['style', 'align'],
  pre: ['class'],
  q: ['cite'],
  rp: [],
  rt: [],
  ruby: [],
  s: [],
  samp: [],
  section: [],
  small: [],
  span: ['class', 'style'],
  strong: [],
  sub: [],
  summary: [],
  sup: [],
  table: [],
  tbody: [],
  td: ['colspan', 'rowspan', 'align', 'style'],
  tfoot: [],
  th: ['colspan', 'rowspan', 'align', 'style', 'scope'],
  thead: [],
  time: ['datetime'],
  tr: ['style'],
  u: [],
  ul: [],
  var: [],
  wbr: [],
}

const GLOBAL_ATTRIBUTES = ['title', 'lang', 'dir']

/** Elements of old pages, kept under the name that HTML has for them today. */
const RENAMED: Readonly<Record<string, string>> = {
  acronym: 'abbr',
  big: 'span',
  center: 'div',
  dir: 'ul',
  font: 'span',
  listing: 'pre',
  nobr: 'span',
  plaintext: 'pre',
  strike: 's',
  tt: 'code',
  xmp: 'pre',
}

/** Elements whose content goes with them: it is not words of the post, or not words at all. */
const DROPPED = new Set(
  (
    'applet area audio base button canvas datalist embed frame frameset head iframe input link map math meta meter ' +
    'noembed noframes noscript object optgroup option param progress script select source style svg template ' +
    'textarea title track video'
  ).split(' '),
)

/** Elements that are nothing without this attribute, and what becomes of them then. */
const REQUIRED: Readonly<Record<string, { attribute: string; otherwise: 'unwrap' | 'drop' }>> = {
  a: { attribute: 'href', otherwise: 'unwrap' },
  img: { attribute: 'src', otherwise: 'drop' },
}

/** What becomes of an element: itself under these terms, its content alone, or nothing. */
export type Verdict =
  { tag: string; attributes: readonly (readonly [name: string, value: string])[] } | 'unwrap' | 'drop'

/** How addresses are made absolute; where they cannot be, the attribute that holds one is dropped. */
export interface AddressOptions {
  /** Address against which relative ones are read. */
  base?: string | URL
  /** Maps an absolute http(s) address to the one to keep (a proxy's to the real one, say). */
  mapAddress?: (address: string) => string
}

/** Verdicts that depend on the name alone: most elements of a page have no attributes. */
const bareVerdicts = new Map<string, Verdict>()

/**
 * Judges one element by the allow-list. `tag` is its lower-case name; `attribute` reads an attribute by its HTML name,
 * and is left out for an element that has none. The attributes of the verdict are safe to write as they are.
 */
export function judgeElement(tag: string, attribute?: ReadAttribute, options: AddressOptions = {}): Verdict {
  if (attribute) return judge(tag, attribute, options)
  let verdict = bareVerdicts.get(tag)
  if (!verdict) {
    verdict = judge(tag, () => undefined, options)
    if (verdict !== 'unwrap') bareVerdicts.set(tag, verdict) // Bounded by the list's own names: others are unwrapped.
  }
  return verdict
}

type ReadAttribute = (name: string) => string | undefined

function judge(tag: string, attribute: ReadAttribute, options: AddressOptions): Verdict {
  if (DROPPED.has(tag)) return 'drop'
  const name = Object.hasOwn(RENAMED, tag) ? RENAMED[tag]! : tag
  if (!Object.hasOwn(ELEMENTS, name)) return 'unwrap'
  const attributes: [string, string][] = []
  for (const keys of [ELEMENTS[name]!, GLOBAL_ATTRIBUTES]) {
    for (const key of keys) {
      const value = cleanAttribute(tag, key, attribute, options)
      if (value !== undefined) attributes.push([key, value])
    }
  }
  const required = Object.hasOwn(REQUIRED, name) ? REQUIRED[name] : undefined
  if (required && !attributes.some(([key]) => key === required.attribute)) return required.otherwise
  if (name === 'span' && !attributes.length) return 'unwrap'
  return { tag: name, attributes }
}

function cleanAttribute(
  tag: string,
  key: string,
  attribute: ReadAttribute,
  options: AddressOptions,
): string | undefined {
  if (key === 'style') return cleanStyle(tag, attribute)
  if (key === 'align' && tag === 'center') return 'center'
  const value = attribute(key)
  if (value === undefined) return undefined
  return CLEANERS[key]?.(value, options)
}

const CLEANERS: Readonly<Record<string, (value: string, options: AddressOptions) => string | undefined>> = {
  href: cleanAddress,
  cite: cleanAddress,
  src: (value, options) => cleanDataImage(value) ?? cleanAddress(value, options),
  alt: (value) => value,
  title: (value) => value,
  lang: (value) => (/^[a-z0-9-]{1,35}$/i.test(value) ? value : undefined),
  dir: (value) => oneOf(value, ['ltr', 'rtl', 'auto']),
  align: (value) => oneOf(value, ['left', 'right', 'center', 'justify']),
  scope: (value) => oneOf(value, ['row', 'col', 'rowgroup', 'colgroup']),
  type: (value) => (/^[1aAiI]$/.test(value) ? value : undefined),
  datetime: (value) => (/^[0-9TZPYMDWHS:.+ -]{1,40}$/.test(value) ? value : undefined),
  class: cleanClass,
  reversed: () => '',
  start: (value) => wholeNumber(value, -1e9, 1e9),
  value: (value) => wholeNumber(value, -1e9, 1e9),
  span: (value) => wholeNumber(value, 1, 1000),
  colspan: (value) => wholeNumber(value, 1, 1000),
  rowspan: (value) => wholeNumber(value, 1, 1000),
  width: (value) => wholeNumber(value, 1, 10_000),
  height: (value) => wholeNumber(value, 1, 10_000),
}

function oneOf(value: string, allowed: readonly string[]): string | undefined {
  const word = value.trim().toLowerCase()
  return allowed.includes(word) ? word : undefined
}

function wholeNumber(value: string, least: number, most: number): string | undefined {
  if (!/^\s{0,9}-?\d{1,10}(?:px)?\s{0,9}$/.test(value)) return undefined
  const number = Number.parseInt(value, 10)
  return number >= least && number <= most ? String(number) : undefined
}

/** The language of a code block, and the mark of an inline spoiler; other classes would meet styles of ours. */
function cleanClass(value: string): string | undefined {
  const kept = value.split(/\s+/).filter((name) => name === 'spoiler' || /^lang(?:uage)?-[\w+#.-]{1,30}$/.test(name))
  return kept.length ? kept.join(' ') : undefined
}

/**
 * Makes an address absolute and keeps it when it is http(s): `undefined` for every other scheme and for what is no
 * address. Addresses come back in the form of the URL standard, so that no control character or quote is left in them.
 */
export function cleanAddress(value: string, { base, mapAddress }: AddressOptions = {}): string | undefined {
  try {
    const url = new URL(value, base)
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
    return mapAddress ? mapAddress(url.href) : url.href
  } catch {
    return undefined
  }
}

/** Bitmap pictures held in the address itself; SVG can hold script and is none of them. */
function cleanDataImage(value: string): string | undefined {
  const head = /^\s{0,9}data:image\/(png|jpe?g|gif|webp);base64,/i.exec(value)
  if (!head) return undefined
  const data = value.slice(head[0].length).replace(/\s+/g, '')
  if (!data || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return undefined
  const type = head[1]!.toLowerCase()
  return `data:image/${type === 'jpg' ? 'jpeg' : type};base64,${data}`
}

/**
 * The colours and strokes that forum software writes as style, in one form: `color:#ff0000;text-decoration:underline`.
 * Every value is rebuilt from what was recognised; nothing is copied from the page's own text unread.
 */
function cleanStyle(tag: string, attribute: ReadAttribute): string | undefined {
  const fontColor = tag === 'font' ? cleanFontColor(attribute('color') ?? '') : undefined
  const style = attribute('style')
  if (!style) return fontColor && `color:${fontColor}`
  const kept = new Map<string, string>()
  if (fontColor) kept.set('color', fontColor)
  for (const declaration of style.slice(0, 2000).split(';')) {
    const colon = declaration.indexOf(':')
    if (colon < 0) continue
    const property = declaration.slice(0, colon).trim().toLowerCase()
    const value = declaration
      .slice(colon + 1)
      .replace(/!\s*important\s*$/i, '')
      .trim()
      .toLowerCase()
    const clean = STYLES[property]?.(value)
    if (clean) kept.set(...clean)
  }
  return kept.size ? [...kept].map(([property, value]) => `${property}:${value}`).join(';') : undefined
}

type StyleCleaner = (value: string) => [property: string, value: string] | undefined

const STYLES: Readonly<Record<string, StyleCleaner>> = {
  __proto__: null as never,
  color: (value) => pair('color', cleanColor(value)),
  'background-color': (value) => pair('background-color', cleanColor(value)),
  background: (value) => pair('background-color', cleanColor(value)),
  'text-decoration': (value) => pair('text-decoration', /(?:^| )(underline|line-through)(?: |$)/.exec(value)?.[1]),
  'text-decoration-line': (value) => pair('text-decoration', /^(underline|line-through)$/.exec(value)?.[1]),
  'font-weight': (value) => pair('font-weight', /^(?:bold|bolder|[6-9]00)$/.test(value) ? 'bold' : undefined),
  'font-style': (value) => pair('font-style', /^(?:italic|oblique)$/.test(value) ? 'italic' : undefined),
  'text-align': (value) => pair('text-align', /^(left|right|center|justify)$/.exec(value)?.[1]),
}

function pair(property: string, value: string | undefined): [string, string] | undefined {
  return value === undefined ? undefined : [property, value]
}

/** Words that are no colour of their own: they would take one from around the post, or hide the text. */
const NOT_COLOURS = /^(?:transparent|currentcolor|inherit|initial|unset|revert|none|auto)$/

function cleanColor(value: string): string | undefined {
  if (/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/.test(value)) return value
  if (/^[a-z]{3,20}$/.test(value)) return NOT_COLOURS.test(value) ? undefined : value
  const rgb = /^rgba?\( ?(\d{1,3}) ?[, ] ?(\d{1,3}) ?[, ] ?(\d{1,3})(?: ?[,/] ?[\d.%]{1,6})? ?\)$/.exec(value)
  if (!rgb) return undefined
  return `#${[1, 2, 3].map((part) => Math.min(255, Number(rgb[part])).toString(16).padStart(2, '0')).join('')}`
}

/** `<font color>` also takes six digits without their `#`. */
function cleanFontColor(value: string): string | undefined {
  const color = value.trim().toLowerCase()
  return cleanColor(/^[0-9a-f]{6}$/.test(color) ? `#${color}` : color)
}
