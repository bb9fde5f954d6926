import { i18n } from '#i18n'
import { cleanLink } from '../core/links.ts'
import { changeAttribute, createMark } from '../dom/page-marks.ts'
import { defineAid } from './define-aid.ts'

const ID = 'unwrap-links'

/**
 * Puts the real target behind links that lead through a jump page, and shows its host where the text hides it: a jump
 * page is an open redirector, so the host is what tells a reader where a click leads. The original stays in the title.
 */
export default defineAid({
  id: ID,
  enabledByDefault: true,
  options: {},
  start({ page, follow }) {
    follow((post) => {
      for (const link of post.element.querySelectorAll<HTMLAnchorElement>('a[href]')) unwrapLink(link, page.url)
    })
  },
})

function unwrapLink(link: HTMLAnchorElement, pageUrl: URL): void {
  const { url, unwrapped } = cleanLink(link.getAttribute('href') ?? '', pageUrl.href)
  if (unwrapped.length === 0) return
  const host = new URL(url).host
  changeAttribute(ID, link, 'title', i18n.t('unwrapLinks.original', [link.href]))
  changeAttribute(ID, link, 'href', url)
  changeAttribute(ID, link, 'rel', 'noopener noreferrer')
  if (!(link.textContent ?? '').toLowerCase().includes(host)) {
    const shown = createMark(link.ownerDocument, ID, 'span', 'host')
    shown.textContent = host
    link.after(shown)
  }
}
