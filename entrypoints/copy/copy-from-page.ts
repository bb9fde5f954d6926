import { i18n } from '#i18n'
import { createLinkCleaner, type CleanLink } from '../../core/links.ts'
import { formatMarkdownLink } from '../../core/markdown-link.ts'
import { writeClipboard, type ClipboardContent } from '../../dom/clipboard.ts'
import { showNotice } from '../../dom/show-notice.ts'
import type { CopyOutcome, CopyRequest } from '../../messages/protocol.ts'
import { findLink } from './find-link.ts'
import { findPost } from './find-post.ts'
import { copySelection } from './copy-selection.ts'

/** What a page knows of itself beyond what every page has. */
export interface CopyPlace {
  /** Address that others can open, where it is not the one in the address bar. */
  address: string
  /** A proxy's addresses as the ones they stand for. */
  mapAddress: (address: string) => string
  /** Hosts that are known to be forums. */
  forumHosts: (host: string) => boolean
  /** Selector of the posts; undefined where there are none. */
  post: string | undefined
  /** Permalink of a post that `post` found. */
  permalink: (post: Element) => string | undefined
}

/** What is about to be copied, and the words that say so. */
export interface Copied {
  content: ClipboardContent
  words: string
  detail?: string
}

/** Longest address shown in a confirmation. In UTF-16 units. */
const SHOWN_ADDRESS = 80

/** Copies what the reader asked for and says so on the page; never throws, takes no focus. */
export async function copyFromPage(request: CopyRequest, document: Document, place: CopyPlace): Promise<CopyOutcome> {
  const copied = findContent(request, document, place)
  if (!copied) {
    showNotice(document, i18n.t(MISSING[request.what]))
    return 'nothing-there'
  }
  const isCopied = await writeClipboard(copied.content, document)
  if (isCopied) showNotice(document, copied.words, copied.detail)
  else showNotice(document, i18n.t('copy.refused'))
  return isCopied ? 'copied' : 'refused'
}

const MISSING = {
  link: 'copy.noLink',
  page: 'copy.noPage',
  post: 'copy.noPost',
  selection: 'copy.noSelection',
} as const satisfies Record<CopyRequest['what'], string>

function findContent(request: CopyRequest, document: Document, place: CopyPlace): Copied | undefined {
  const cleaner = createLinkCleaner({ ...request.links, forumHosts: place.forumHosts })
  const clean = (href: string) => cleaner(place.mapAddress(href), document.baseURI)
  switch (request.what) {
    case 'link': {
      const link = findLink(request, document)
      return link === undefined ? undefined : linkContent(request, link.text, clean(link.url))
    }
    case 'page':
      return linkContent(request, document.title, clean(place.address))
    case 'post': {
      const post = findPost(request, document, place)
      return post ? linkContent(request, document.title, cleaner(post), i18n.t('copy.post')) : undefined
    }
    case 'selection':
      return copySelection(request, document, clean)
  }
}

function linkContent(
  { what, form }: CopyRequest,
  text: string,
  { url, warning }: CleanLink,
  words = i18n.t(what === 'page' ? 'copy.page' : 'copy.link'),
): Copied | undefined {
  if (!/^(?:https?|mailto|ftp|file|magnet|ed2k|tel):/i.test(url)) return undefined
  const isUnknown = warning === 'target-unknown' || warning === 'too-many-wrappers'
  return {
    content: { text: form === 'markdown' ? formatMarkdownLink(text, url) : url },
    words: form === 'markdown' ? i18n.t('copy.markdown') : isUnknown ? i18n.t('copy.unknown') : words,
    detail: url.length <= SHOWN_ADDRESS ? url : `${url.slice(0, SHOWN_ADDRESS).toWellFormed()}…`,
  }
}
