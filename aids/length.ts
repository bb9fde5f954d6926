import { i18n } from '#i18n'
import { sharePercent } from '../core/shown-length.ts'
import { addMeasures, estimateReading, totalLength } from '../core/reading.ts'
import { createMark } from '../dom/page-marks.ts'
import { defineAid, type AidContext } from './define-aid.ts'
import { formatCount, formatLength, formatMinutes } from '../locales/format-length.ts'
import type { LivePost } from './live-page.ts'
import { whenMeasured } from './measured-posts.ts'
import { whenNear } from './near-posts.ts'

const ID = 'length'

/** Posts shorter than this are read in a minute: a mark on each would only add noise. In characters and words. */
const MARKED_LENGTH = 400

/** Says how long the thread's page is, at its top, and marks each long post with its own length. */
export default defineAid({
  id: ID,
  enabledByDefault: true,
  options: {},
  start(context, signal) {
    const { page, speeds, follow } = context
    const line = insertLine(page)
    const describe = () => {
      if (line) line.textContent = describePage(page, speeds)
    }
    follow(
      (post) => whenNear(context, post, () => markPost(post, speeds), signal),
      () => whenMeasured(context, describe, signal),
    )
  },
})

/** The line stands there from the start, one line high, so that nothing moves when the figures come. */
function insertLine({ document, title }: AidContext['page']): HTMLElement | undefined {
  if (!title) return undefined
  const line = createMark(document, ID, 'div')
  line.setAttribute('role', 'note')
  line.textContent = '…'
  title.after(line)
  return line
}

function markPost(post: LivePost, speeds: AidContext['speeds']): void {
  if (totalLength(post.measure) < MARKED_LENGTH) return
  const mark = createMark(post.element.ownerDocument, ID, 'span', 'mark')
  mark.textContent = formatLength(post.measure)
  mark.title = formatMinutes(estimateReading(post.measure, speeds))
  if (post.floor) post.floor.append(mark)
  else post.body.before(mark)
}

function describePage({ posts, site }: AidContext['page'], speeds: AidContext['speeds']): string {
  const { holdsWholeThread } = site
  const measureAll = (some: readonly LivePost[]) =>
    some.reduce((sum, post) => addMeasures(sum, post.measure), { characters: 0, words: 0 })
  const whole = measureAll(posts)
  const starterPosts = posts.filter((post) => post.isStarter)
  const length = totalLength(whole)
  const parts = [
    i18n.t(holdsWholeThread ? 'length.postsOfThread' : 'length.posts', posts.length, [formatCount(posts.length)]),
    formatLength(whole),
    formatMinutes(estimateReading(whole, speeds)),
  ]
  const longest = posts.reduce<LivePost | undefined>(
    (longer, post) => (longer && totalLength(longer.measure) >= totalLength(post.measure) ? longer : post),
    undefined,
  )
  if (longest && posts.length > 1) {
    parts.push(i18n.t('length.longest', [longest.author, formatLength(longest.measure)]))
  }
  // Many a forum does not mark who started the thread: none of it by the starter would be a guess.
  if (length > 0 && posts.length > 1 && starterPosts.length > 0) {
    parts.push(i18n.t('length.starter', [String(sharePercent(totalLength(measureAll(starterPosts)), length))]))
  }
  return parts.join(' · ')
}
