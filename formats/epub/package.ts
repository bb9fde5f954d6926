import type { Thread } from '../../core/thread.ts'
import type { EpubOptions, ExportedPost } from '../export-options.ts'
import { escapeMarkup } from '../html/escape.ts'
import { languageOf } from '../outline.ts'
import { authorName, labelsOf, oneLine, titleOf, webAddress } from '../post-line.ts'
import type { BookPicture } from './pictures.ts'

export const CONTAINER = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
`

/** The book's description: what it is, what is in it, in which order it is read. */
export function packageDocument(
  thread: Thread,
  posts: readonly ExportedPost[],
  documents: readonly string[],
  pictures: readonly BookPicture[],
  options: EpubOptions,
): string {
  const items = documents.map((name, at) => `<item id="d${at}" href="${name}" media-type="application/xhtml+xml"/>`)
  const images = pictures.map(({ name, type }, at) => `<item id="i${at}" href="${name}" media-type="${type}"/>`)
  const [titlePage, ...rest] = documents.map((_name, at) => `<itemref idref="d${at}"/>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${languageOf(posts)}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
${metadata(thread, posts, options).join('\n')}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
${[...items, ...images].join('\n')}
</manifest>
<spine>
${[titlePage, '<itemref idref="nav"/>', ...rest].join('\n')}
</spine>
</package>
`
}

function metadata(thread: Thread, posts: readonly ExportedPost[], options: EpubOptions): string[] {
  const labels = labelsOf(options)
  const { author, key, createdAt } = thread
  const lines = [
    `<dc:identifier id="id">${escapeMarkup(`loulan:${oneLine(key) || oneLine(thread.id) || 'thread'}`)}</dc:identifier>`,
    `<dc:title>${escapeMarkup(titleOf(thread, labels))}</dc:title>`,
    `<dc:language>${languageOf(posts)}</dc:language>`,
  ]
  const creator = author && authorName(author, labels)
  if (creator) lines.push(`<dc:creator>${escapeMarkup(creator)}</dc:creator>`)
  const url = webAddress(thread.url)
  if (url) lines.push(`<dc:source>${escapeMarkup(url)}</dc:source>`)
  const date = createdAt === undefined ? undefined : instantOf(createdAt)
  if (date) lines.push(`<dc:date>${date}</dc:date>`)
  const modified = instantOf(options.modified) ?? instantOf(thread.lastReply?.at) ?? date ?? '1970-01-01T00:00:00Z'
  lines.push(`<meta property="dcterms:modified">${modified}</meta>`)
  return lines
}

/** A time in UTC to the second, as EPUB wants it; a time without offset is taken for UTC, so that machines agree. */
function instantOf(time: string | undefined): string | undefined {
  if (time === undefined) return undefined
  const isLocal = /T\d\d:\d\d[\d:.]*$/.test(time)
  const moment = new Date(isLocal ? `${time}Z` : time)
  const isWritten = !Number.isNaN(moment.getTime()) && moment.getUTCFullYear() > 0 && moment.getUTCFullYear() < 10_000
  return isWritten ? `${moment.toISOString().slice(0, 19)}Z` : undefined
}
