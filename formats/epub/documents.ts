import type { Thread } from '../../core/thread.ts'
import { fill } from '../export-labels.ts'
import type { ExportedPost, ExportOptions } from '../export-options.ts'
import { escapeAddress, escapeMarkup } from '../html/escape.ts'
import { languageOf, outlineOf, snippetOf } from '../outline.ts'
import { labelsOf, postName, threadFacts, titleOf, webAddress } from '../post-line.ts'

function xhtml(title: string, body: string, language: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${language}" xml:lang="${language}">
<head>
<meta charset="UTF-8"/>
<title>${escapeMarkup(title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
${body}
</body>
</html>
`
}

/** The first page: what the thread is. */
export function titleDocument(thread: Thread, posts: readonly ExportedPost[], options: ExportOptions): string {
  const labels = labelsOf(options)
  const title = titleOf(thread, labels)
  const facts = threadFacts(thread, posts.length, options).map(
    ([name, value]) => `<p>${escapeMarkup(name ? `${name} ${value}` : value)}</p>`,
  )
  const url = webAddress(thread.url)
  const source = url ? `\n<p><a href="${escapeAddress(url)}">${escapeMarkup(labels.permalink)}</a></p>` : ''
  return xhtml(title, `<h1>${escapeMarkup(title)}</h1>\n${facts.join('\n')}${source}`, languageOf(posts))
}

/** A file of posts, given as markup. */
export function postsDocument(
  body: string,
  part: readonly ExportedPost[],
  posts: readonly ExportedPost[],
  options: ExportOptions,
): string {
  return xhtml(rangeOf(part[0]!, part.at(-1)!, options), body, languageOf(posts))
}

/** The table of contents: pages of 20 posts, and under each the starter's. */
export function navDocument(
  thread: Thread,
  posts: readonly ExportedPost[],
  addressOf: (index: number) => string | undefined,
  options: ExportOptions,
): string {
  const labels = labelsOf(options)
  const link = (address: string, words: string) => `<a href="${address}">${escapeMarkup(words)}</a>`
  const title = titleOf(thread, labels)
  const pages = outlineOf(posts).map(({ first, last, starters }) => {
    const own = starters.map((each) => {
      const words = `${postName(each, labels)} ${snippetOf(each.post)}`
      return `<li>${link(addressOf(each.index)!, words)}</li>`
    })
    const page = link(addressOf(first.index)!, rangeOf(first, last, options))
    return `<li>${page}${own.length > 0 ? `\n<ol>\n${own.join('\n')}\n</ol>` : ''}</li>`
  })
  const items = [`<li>${link('title.xhtml', title)}</li>`, ...pages].join('\n')
  const contents = escapeMarkup(labels.contents)
  const body = `<nav epub:type="toc" id="toc"><h1>${contents}</h1>\n<ol>\n${items}\n</ol></nav>`
  return xhtml(labels.contents, body, languageOf(posts))
}

function rangeOf(first: ExportedPost, last: ExportedPost, options: ExportOptions): string {
  const labels = labelsOf(options)
  const name = postName(first, labels)
  return first === last ? name : fill(labels.range, name, postName(last, labels))
}
