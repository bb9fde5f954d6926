import type { Element, ElementContent } from 'hast'
import type { Attachment, Quote } from '../../core/thread.ts'
import { cleanAddress } from '../../dom/allow-list.ts'
import type { AddressOptions } from '../../dom/allow-list.ts'
import { attributeOf } from '../../dom/attributes.ts'
import { parseFragment } from '../../dom/parse-html.ts'
import type { Scope } from '../../dom/query.ts'
import { hasClass } from '../../dom/query.ts'
import { sanitizeTree } from '../../dom/sanitize-html.ts'
import { textOf } from '../../dom/text-of.ts'
import type { Fields } from '../reading/data.ts'
import { countIn, fieldsOf, idFieldIn, objectIn, parseData, textIn } from '../reading/data.ts'
import { element } from '../reading/body.ts'
import { fileName } from '../reading/thread.ts'

/** What the server leaves in an empty frame for the page's script. */
function dataOf(frame: Element): Fields {
  return fieldsOf(parseData(attributeOf(frame, 'data-embedjson') ?? ''))
}

/** What stands in a frame's place among the words: a picture, a link; nothing for quotes and files, read apart. */
export function replaceEmbed(frame: Element): ElementContent[] | undefined {
  if (!hasClass(frame, 'js-embed')) return undefined
  const data = dataOf(frame)
  const [kind, url, name] = [textIn(data, 'embedType'), textIn(data, 'url'), textIn(data, 'name')]
  if (url === undefined || kind === 'quote' || kind === 'file') return []
  if (kind === 'image') return [{ ...element('img', []), properties: { src: url, alt: name ?? '' } }]
  return [{ ...element('a', [{ type: 'text', value: name ?? url }]), properties: { href: url } }]
}

/** Quotes among a body's frames. */
export function readEmbeddedQuotes(body: Scope, options: AddressOptions): Quote[] {
  return body.all('.js-embed').flatMap((frame) => {
    const data = dataOf(frame)
    if (textIn(data, 'embedType') !== 'quote') return []
    const id = idFieldIn(data, 'recordID')
    const kind = textIn(data, 'recordType') === 'discussion' ? 'Discussion' : 'Comment'
    const excerpt = textOf(sanitizeTree(parseFragment(textIn(data, 'body') ?? ''), options))
    const username = textIn(objectIn(data, 'insertUser'), 'name') ?? ''
    return [{ username, excerpt, ...(id !== undefined && { postId: `${kind}_${id}` }) }]
  })
}

/** Files among a body's frames. */
export function readEmbeddedFiles(body: Scope, options: AddressOptions): Attachment[] {
  return body.all('.js-embed').flatMap((frame) => {
    const data = dataOf(frame)
    const url = textIn(data, 'embedType') === 'file' ? cleanAddress(textIn(data, 'url') ?? '', options) : undefined
    if (url === undefined) return []
    const size = countIn(data, 'size')
    return [
      { name: textIn(data, 'name') ?? fileName(url), url, ...(size !== undefined && { size }), kind: 'file' as const },
    ]
  })
}
