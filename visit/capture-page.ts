import type { PageCapture } from '../messages/protocol.ts'

/** The page's address and HTML as they stand; the background takes out what aids did (dom/sweep-tree.ts). */
export function capturePage(document: Document): PageCapture {
  return { url: document.location.href, html: document.documentElement.outerHTML }
}
