import { i18n } from '#i18n'
import { authorName } from '../../components/thread/author-name.ts'
import { readerAddress } from '../../core/reader-address.ts'
import { formatCount } from '../../locales/format-length.ts'
import { createElement } from './create-element.ts'
import type { PlacedPost } from './tree-order.ts'

/** Shows on a post's element where it stands in the tree; leaves posts of flat threads as they are. */
export function markBranch(element: HTMLElement, { record, place, parent }: PlacedPost): void {
  const document = element.ownerDocument
  if (parent) {
    element.classList.add('reply')
    element.style.setProperty('--depth', String(place.depth))
    const link = createElement(document, 'a', 'post-parent', i18n.t('thread.replyTo', [authorName(parent.post.author)]))
    link.href = readerAddress(record.threadKey, parent.post.id)
    element.querySelector(':scope > .post-head > .post-times')!.before(link)
  }
  if (!place.hasReplies) return
  const button = createElement(document, 'button', 'branch-button quiet small')
  button.type = 'button'
  setBranchButton(button, true, place.replies)
  element.append(button)
}

/** Says on a branch's button whether it is open, and how many posts there are in it; `undefined` while more may come. */
export function setBranchButton(button: HTMLElement, isOpen: boolean, replies: number | undefined): void {
  button.setAttribute('aria-expanded', String(isOpen))
  if (replies === undefined) button.textContent = i18n.t(isOpen ? 'thread.foldBranch' : 'thread.unfoldBranch')
  else if (isOpen) button.textContent = i18n.t('thread.foldReplies', replies, [formatCount(replies)])
  else button.textContent = i18n.t('thread.unfoldReplies', replies, [formatCount(replies)])
}
