/**
 * Threads as one HTML file that needs nothing else: no scripts (its own policy forbids them), styles and pictures
 * inside. Long posts fold by `<details>`, quotes lead to the quoted post and quoted posts to their replies.
 */
import { pictureEnding } from '../core/picture-types.ts'
import type { Thread } from '../core/thread.ts'
import type { Picture } from './body/blocks.ts'
import { fill } from './export-labels.ts'
import { selectPosts } from './export-options.ts'
import type { ExportedPost, ExportOptions } from './export-options.ts'
import { escapeAddress, escapeMarkup } from './html/escape.ts'
import { postElementId, postMarkup } from './html/post-markup.ts'
import { STYLE } from './html/style.ts'
import { languageOf, outlineOf, snippetOf } from './outline.ts'
import { labelsOf, postName, threadFacts, titleOf, webAddress } from './post-line.ts'
import { findQuoteLinks } from './quote-links.ts'
import { FilesInText } from './stored-files.ts'
import type { StoredFile } from './stored-files.ts'

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; base-uri 'none'; form-action 'none'"

/** Writes a thread as one HTML file, with pictures where they are on the web or without. Never throws. */
export function formatHtml(thread: Thread, options: ExportOptions & { pictures?: 'keep' | 'omit' } = {}): string {
  return [...htmlPieces(thread, options)].join('')
}

/** The same in pieces, some for each post; a blob is a file at hand, of which the base64 belongs there. */
export function* htmlPieces(thread: Thread, options: ExportOptions = {}): Generator<string | Blob> {
  const labels = labelsOf(options)
  const posts = selectPosts(thread, options)
  const inFile = new Set(posts.map(({ index }) => index))
  yield headMarkup(thread, posts, options)
  const files = new FilesInText()
  const how = {
    thread,
    options,
    labels,
    links: findQuoteLinks(thread.posts),
    addressOf: (index: number) => (inFile.has(index) ? `#${postElementId(index)}` : undefined),
    picture: (picture: Picture, isInLink: boolean) => pictureMarkup(picture, isInLink, options, files),
    fileAtHand: (url: string) => {
      const file = findFile(url, options)
      return file && { isPicture: pictureEnding(file.type) !== undefined, address: () => files.address(file) }
    },
    hasColours: true,
    hasFolds: true,
  }
  for (const post of posts) yield* files.split(postMarkup(post, how))
  yield '</main>\n</body>\n</html>\n'
}

function headMarkup(thread: Thread, posts: readonly ExportedPost[], options: ExportOptions): string {
  const labels = labelsOf(options)
  const title = escapeMarkup(titleOf(thread, labels))
  const facts = threadFacts(thread, posts.length, options).map(([name, value]) =>
    escapeMarkup(name ? `${name} ${value}` : value),
  )
  const url = webAddress(thread.url)
  if (url) facts.push(`<a href="${escapeAddress(url)}" rel="noopener noreferrer">${escapeMarkup(labels.permalink)}</a>`)
  return `<!DOCTYPE html>
<html lang="${languageOf(posts)}">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>
<meta name="referrer" content="no-referrer"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="generator" content="Loulan"/>
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="facts">${facts.join(' · ')}</p>
</header>
${outlineMarkup(posts, options)}<main>
`
}

/** The table of contents: pages of posts, and the starter's posts in each. Nothing for a thread of one page. */
function outlineMarkup(posts: readonly ExportedPost[], options: ExportOptions): string {
  const labels = labelsOf(options)
  const pages = outlineOf(posts)
  if (pages.length < 2) return ''
  const link = ({ index }: ExportedPost, words: string) =>
    `<a href="#${postElementId(index)}">${escapeMarkup(words)}</a>`
  const items = pages.map(({ first, last, starters }) => {
    const range = link(first, fill(labels.range, postName(first, labels), postName(last, labels)))
    const own = starters.map((each) => `<li>${link(each, `${postName(each, labels)} ${snippetOf(each.post)}`)}</li>`)
    return `<li>${range}${own.length > 0 ? `<ol>${own.join('\n')}</ol>` : ''}</li>`
  })
  const contents = escapeMarkup(labels.contents)
  return `<nav class="outline" aria-label="${contents}"><details><summary>${contents}</summary>
<ol>${items.join('\n')}</ol></details></nav>
`
}

function pictureMarkup(picture: Picture, isInLink: boolean, options: ExportOptions, files: FilesInText): string {
  const { pictures = 'keep' } = options
  if (pictures === 'omit') return ''
  const label = labelsOf(options).picture
  const src = sourceOf(picture.url, options, files)
  if (src === undefined) {
    const words = escapeMarkup(`[${[label, picture.alt].filter(Boolean).join(' ')}]`)
    return isInLink ? words : `<a href="${escapeAddress(picture.url)}" rel="noopener noreferrer">${words}</a>`
  }
  const size = picture.width && picture.height ? ` width="${picture.width}" height="${picture.height}"` : ''
  return `<img src="${src}" alt="${escapeMarkup(picture.alt || label)}"${size} loading="lazy" referrerpolicy="no-referrer"/>`
}

/** What a picture is loaded from; undefined where it only can be a link: not at hand, or not by `https:`. */
function sourceOf(url: string, options: ExportOptions, files: FilesInText): string | undefined {
  if (url.startsWith('data:')) return escapeMarkup(url)
  if (typeof options.pictures !== 'object') return url.startsWith('https:') ? escapeAddress(url) : undefined
  const file = findFile(url, options)
  return file && pictureEnding(file.type) ? files.address(file) : undefined
}

function findFile(url: string, { pictures }: ExportOptions): StoredFile | undefined {
  return typeof pictures === 'object' ? pictures.get(url) : undefined
}
