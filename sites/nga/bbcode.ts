import type { Element, ElementContent } from 'hast'
import { element } from '../reading/body.ts'

/**
 * NGA's own markup into a tree, as far as posts use it. The page's script does the same on the live page; what is built
 * here has the shape of its result, so that quotes are read in one way. The tree is cleaned afterwards like any page's.
 */

/** Where pictures and files without a host stand. */
const ATTACHMENTS = 'https://img.nga.178.com/attachments/'

/** Deepest nesting kept; below it marks stay words. Parsers of HTML take no more formatting at once than this. */
const MAX_OPEN = 14

/** Marks that are an element of HTML and nothing more. */
const PLAIN: Readonly<Record<string, string>> = {
  __proto__: null as never,
  b: 'b',
  i: 'i',
  u: 'u',
  del: 'del',
  h: 'h4',
  code: 'pre',
  list: 'ul',
  table: 'table',
  tr: 'tr',
  l: 'div',
  r: 'div',
  size: 'span',
  font: 'span',
  sup: 'sup',
  sub: 'sub',
}

const TOKEN = /\n|\[(\/?)([a-z]{1,12}|\*)(\d{1,3})?(?:[=: ]([^[\]\n]{0,400}))?\]/gi

interface Open {
  name: string
  argument: string
  children: ElementContent[]
}

/** Reads a post's source, its line ends as `\n`. Never throws; what is no mark of the forum stays a word. */
export function parseBbcode(source: string): ElementContent[] {
  const root: Open = { name: '', argument: '', children: [] }
  const open: Open[] = [root]
  const add = (...nodes: ElementContent[]) => open.at(-1)!.children.push(...nodes)
  let from = 0
  for (const match of source.matchAll(TOKEN)) {
    if (match.index > from) add(text(source.slice(from, match.index)))
    from = match.index + match[0].length
    const [token, slash, name = '', , argument = ''] = match
    const mark = name.toLowerCase()
    if (token === '\n') add(element('br', []))
    else if (mark === 's' && !slash) add(text(`[${argument.split(':').at(-1) || 's'}]`))
    else if (slash ? !close(open, mark) : !canOpen(mark, open)) add(text(token))
    else if (!slash) {
      // Items of a list are not closed: the next one, or the list's end, closes them.
      if (mark === '*' && open.at(-1)!.name === '*') closeLast(open)
      open.push({ name: mark, argument: argument.trim(), children: [] })
    }
  }
  if (from < source.length) add(text(source.slice(from)))
  while (open.length > 1) closeLast(open)
  return root.children
}

const OTHERS = new Set(['quote', 'url', 'img', 'collapse', 'color', 'align', 'td', 'pid', 'tid', 'uid', 'flash', '*'])

function canOpen(name: string, open: readonly Open[]): boolean {
  if (open.length > MAX_OPEN || !(name in PLAIN || OTHERS.has(name))) return false
  const { name: outer } = open.at(-1)!
  return name !== '*' || outer === 'list' || outer === '*'
}

/** Closes the innermost mark of a name and all that was left open in it; false where none is open. */
function close(open: Open[], name: string): boolean {
  const at = open.findLastIndex((mark) => mark.name === name)
  if (at < 1) return false
  while (open.length > at) closeLast(open)
  return true
}

/** Elements that HTML has only in their own frame, or never in their own kind, are left away elsewhere. */
function closeLast(open: Open[]): void {
  const mark = open.pop()!
  const outer = open.at(-1)!
  const isAstray =
    (mark.name === 'tr' && outer.name !== 'table') ||
    (mark.name === 'td' && outer.name !== 'tr') ||
    (mark.name === 'h' && open.some(({ name }) => name === 'h')) ||
    (LINKS.has(mark.name) && open.some(({ name }) => LINKS.has(name)))
  outer.children.push(...(isAstray ? mark.children : build(mark)))
}

const LINKS = new Set(['url', 'pid', 'tid', 'uid', 'flash'])

/** What stands in a table beside its rows, or in a row beside its cells, gets a frame of its own; line ends go. */
function framed(children: readonly ElementContent[], tags: readonly string[]): ElementContent[] {
  return children.flatMap((child) => {
    if (child.type === 'element' && child.tagName === tags[0]) return [child]
    if (child.type === 'element' ? child.tagName === 'br' : child.type !== 'text' || !child.value.trim()) return []
    return [tags.reduceRight((inner, tag) => element(tag, [inner]), child)]
  })
}

function build({ name, argument, children }: Open): ElementContent[] {
  if (name === 'table') return [element('table', [element('tbody', framed(children, ['tr', 'td']))])]
  if (name === 'tr') return [element('tr', framed(children, ['td']))]
  if (name === 'list') return [element('ul', framed(children, ['li']))]
  if (name in PLAIN) return [element(PLAIN[name]!, children)]
  const words = children.map((child) => (child.type === 'text' ? child.value : '')).join('')
  switch (name) {
    case 'quote':
      return [withProperties('div', { className: ['quote'] }, children)]
    case 'collapse':
      return [element('details', [element('summary', [text(argument || '点击展开')]), ...children])]
    case 'color':
      return [withProperties('span', { style: `color:${argument}` }, children)]
    case 'align':
      return [withProperties('div', { align: argument }, children)]
    case 'td':
      return [element('td', children)]
    case '*':
      return [element('li', children)]
    case 'img':
      return [withProperties('img', { src: attachmentAddress(words.trim()) }, [])]
    case 'flash':
      return [link(attachmentAddress(words.trim()), [text(words.trim())])]
    case 'url':
      return [link(argument || words.trim(), children)]
    case 'uid':
      return [link(`/nuke.php?func=ucp&uid=${firstNumber(argument)}`, children)]
    default:
      // `pid=POST,THREAD,PAGE`, `tid=THREAD`.
      return [link(`/read.php?${name}=${firstNumber(argument)}`, children)]
  }
}

function firstNumber(argument: string): string {
  return /^-?\d{1,18}/.exec(argument)?.[0] ?? ''
}

/** `./mon_202104/20/x.jpg` stands with the attachments. */
function attachmentAddress(address: string): string {
  return address.startsWith('./') ? `${ATTACHMENTS}${address.slice(2)}` : address
}

function link(href: string, children: ElementContent[]): Element {
  return withProperties('a', { href }, children)
}

function withProperties(tagName: string, properties: Element['properties'], children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children }
}

function text(value: string): ElementContent {
  return { type: 'text', value }
}
