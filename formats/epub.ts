/**
 * Threads as EPUB 3 books: a title page, a table of contents by pages of 20 posts with the starter's posts in each, and
 * the posts in files of 50. Simple markup and styles, for e-readers know little. The same thread and options give the
 * same bytes.
 */
import { strToU8 } from 'fflate'
import type { Thread } from '../core/thread.ts'
import { selectPosts } from './export-options.ts'
import type { EpubOptions } from './export-options.ts'
import { BookPictures } from './epub/pictures.ts'
import { navDocument, titleDocument, postsDocument } from './epub/documents.ts'
import { CONTAINER, packageDocument } from './epub/package.ts'
import { BOOK_STYLE } from './epub/style.ts'
import { postElementId, postMarkup } from './html/post-markup.ts'
import { labelsOf } from './post-line.ts'
import { findQuoteLinks } from './quote-links.ts'
import { blobPieces } from './stored-files.ts'
import { zipFiles } from './zip.ts'
import type { ZipFile } from './zip.ts'

/** Posts in one file: e-readers load a file at a time. */
const POSTS_A_FILE = 50

/**
 * Writes a thread as an EPUB 3 book, its pictures one at a time. Pictures of the web that are not at hand become links.
 * Throws only what the bytes of pictures throw.
 */
export function formatEpub(thread: Thread, options: EpubOptions = {}): AsyncGenerator<Uint8Array> {
  return zipFiles(bookFiles(thread, options), options.modified)
}

/** The files of the book, in the order in which they stand in it. */
function* bookFiles(thread: Thread, options: EpubOptions): Generator<ZipFile> {
  yield { name: 'mimetype', bytes: [strToU8('application/epub+zip')], isStored: true }
  yield textFile('META-INF/container.xml', CONTAINER)
  const labels = labelsOf(options)
  const posts = selectPosts(thread, options)
  const fileOf = new Map(posts.map(({ index }, at) => [index, fileName(Math.floor(at / POSTS_A_FILE))]))
  const addressOf = (index: number) => {
    const file = fileOf.get(index)
    return file && `${file}#${postElementId(index)}`
  }
  const pictures = new BookPictures(options)
  const how = {
    ...{ thread, options, labels, addressOf },
    links: findQuoteLinks(thread.posts),
    picture: pictures.markup,
    fileAtHand: (url: string) => (pictures.has(url) ? { isPicture: true } : undefined),
    hasColours: false,
    hasFolds: false,
  }
  const documents = ['title.xhtml']
  yield textFile('EPUB/title.xhtml', titleDocument(thread, posts, options))
  for (let from = 0; from < posts.length; from += POSTS_A_FILE) {
    const part = posts.slice(from, from + POSTS_A_FILE)
    const body = part.map((post) => postMarkup(post, how)).join('')
    const name = fileName(from / POSTS_A_FILE)
    documents.push(name)
    yield textFile(`EPUB/${name}`, postsDocument(body, part, posts, options))
  }
  // Which pictures there are is known when all posts are written; only then can the book be described.
  yield textFile('EPUB/package.opf', packageDocument(thread, posts, documents, pictures.files, options))
  yield textFile('EPUB/nav.xhtml', navDocument(thread, posts, addressOf, options))
  yield textFile('EPUB/style.css', BOOK_STYLE)
  for (const { name, bytes } of pictures.files) {
    yield { name: `EPUB/${name}`, bytes: blobPieces(bytes), isStored: true }
  }
}

function textFile(name: string, text: string): ZipFile {
  return { name, bytes: [strToU8(text)] }
}

function fileName(index: number): string {
  return `posts-${String(index + 1).padStart(3, '0')}.xhtml`
}
