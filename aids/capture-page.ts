import { hasMarks } from '../dom/page-marks.ts'
import type { Aid } from './define-aid.ts'
import { sweepPage } from './runner.ts'

/**
 * The page's HTML as the site made it, whatever aids have done to it since: where they did, it is a copy from which all
 * of that is taken out, made in an inert document where nothing loads and no script of the page sees it.
 */
export function capturePage(document: Document, aids: readonly Aid[]): string {
  if (!hasMarks(document)) return document.documentElement.outerHTML
  const inert = document.implementation.createHTMLDocument()
  const copy = inert.importNode(document.documentElement, true)
  sweepPage(copy, aids)
  return copy.outerHTML
}
