import { i18n } from '#i18n'
import type { CleanLink } from '../../core/links.ts'
import { escapeMarkdown } from '../../core/markdown-link.ts'
import { markdownOf } from '../../dom/markdown-of.ts'
import { undoAllMarks } from '../../dom/page-marks.ts'
import { renderHtml } from '../../dom/render-html.ts'
import type { CopyRequest } from '../../messages/protocol.ts'
import type { Copied } from './copy-from-page.ts'

/** The aid that changes links: its tooltips are no part of the text. */
const LINK_AID = 'unwrap-links'

type Clean = (href: string) => CleanLink

/**
 * The selected text with its links clean: as Markdown for programs that take text, and as rich text. What the page's
 * markup holds beside the text (scripts, styles, our own marks) does not come along.
 */
export function copySelection({ selectionText }: CopyRequest, document: Document, clean: Clean): Copied | undefined {
  const words = i18n.t('copy.selection')
  const html = selectedHtml(document)
  if (html === '') return selectionText ? { content: { text: escapeMarkdown(selectionText) }, words } : undefined
  const box = document.implementation.createHTMLDocument().createElement('div')
  box.append(renderHtml(html, document, { base: document.baseURI }))
  for (const link of box.querySelectorAll('a[href]')) {
    link.setAttribute('href', clean(link.getAttribute('href') ?? '').url)
    // How the reader page opens links is no part of the text.
    for (const name of ['target', 'rel', 'referrerpolicy']) link.removeAttribute(name)
  }
  const text = markdownOf(box)
  return text === '' ? undefined : { content: { text, html: box.innerHTML }, words }
}

/** The selected markup; empty when nothing is selected. Firefox selects several ranges with the control key held. */
function selectedHtml(document: Document): string {
  const selection = document.getSelection()
  if (!selection || selection.isCollapsed) return ''
  const box = document.implementation.createHTMLDocument().createElement('div')
  for (let index = 0; index < selection.rangeCount; index++) box.append(withLink(selection.getRangeAt(index)))
  undoAllMarks(box, [LINK_AID])
  return box.innerHTML
}

/** What a range holds; a range within a link holds the link too. */
function withLink(range: Range): Node {
  const contents = range.cloneContents()
  const { commonAncestorContainer: around } = range
  const link = (around instanceof Element ? around : around.parentElement)?.closest('a[href]')
  if (!link) return contents
  const copy = link.cloneNode(false) as Element
  copy.append(contents)
  return copy
}
