import type { Nodes } from 'hast'
import type { Post } from '../core/thread.ts'
import { attributeOf } from '../dom/attributes.ts'
import { parseFragment } from '../dom/parse-html.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { wantFiles } from './file-addresses.ts'
import type { WantedFile } from './file-addresses.ts'
import { isFileAddress } from './file-records.ts'
import type { FileKind } from './file-records.ts'
import { readPosts } from './read-thread.ts'

/** Addresses that are noted in one transaction. */
const PIECE = 500

/** Which kinds of files the reader wants kept. */
export type WantedKinds = Readonly<Record<FileKind, boolean>>

/**
 * Notes all addresses of a thread's posts that are wanted, in their order, piece by piece: doing it again, also after it
 * was broken off, changes nothing. What is open but no longer wanted is forgotten. Throws {@link ArchiveError}.
 *
 * @param since when the save began, ISO 8601 in UTC: what was found missing later than that is not opened again
 */
export async function collectFiles(
  archive: Archive,
  threadKey: string,
  wanted: WantedKinds,
  since: string,
): Promise<void> {
  await forgetUnwanted(archive, threadKey, wanted)
  if (!wanted.picture && !wanted.file) return
  let piece: WantedFile[] = []
  for await (const { post } of readPosts(archive, threadKey)) {
    for (const file of filesOfPost(post)) if (wanted[file.kind]) piece.push(file)
    if (piece.length < PIECE) continue
    await wantFiles(archive, threadKey, piece, since)
    piece = []
  }
  if (piece.length > 0) await wantFiles(archive, threadKey, piece, since)
}

/**
 * The pictures in a post's own words and its attachments, each address once. The forum's little pictures are among them
 * where a site has no words for them: such a one is the same on all posts, and kept once.
 */
export function filesOfPost({ html, attachments }: Pick<Post, 'html' | 'attachments'>): WantedFile[] {
  const found = new Map<string, FileKind>()
  if (/<img\s/i.test(html)) {
    for (const url of findPictures(parseFragment(html))) found.set(url, 'picture')
  }
  for (const { url, kind } of attachments) if (!found.has(url)) found.set(url, kind === 'image' ? 'picture' : 'file')
  return [...found].filter(([url]) => isFileAddress(url)).map(([url, kind]) => ({ url, kind }))
}

/** The addresses of a tree's pictures, in order, with a stack of its own: posts nest as deep as their authors like. */
function* findPictures(tree: Nodes): Generator<string> {
  const waiting: Nodes[] = [tree]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'element' && node.tagName === 'img') {
      const url = attributeOf(node, 'src')
      if (url) yield url
    }
    if ('children' in node) for (let at = node.children.length - 1; at >= 0; at--) waiting.push(node.children[at]!)
  }
}

function forgetUnwanted(archive: Archive, threadKey: string, wanted: WantedKinds): Promise<unknown> {
  return guard(archive, () =>
    archive.fileAddresses
      .where('[threadKey+state+position]')
      .between([threadKey, 'open', -Infinity], [threadKey, 'open', Infinity])
      .filter(({ kind }) => !wanted[kind])
      .delete(),
  )
}
