import type { PostRecord } from '../../archive/records.ts'
import type { PostSections } from '../../components/panel/OutlineList.vue'
import { findHeadings } from '../../core/headings.ts'
import { totalLength } from '../../core/reading.ts'
import { renderHtml } from '../../dom/render-html.ts'
import { textLinesOf } from '../../dom/text-lines.ts'

/** One heading is a title, not an outline. */
const FEWEST_HEADINGS = 2
/** The panel must go on answering: so long at a stretch. In milliseconds. */
const SLICE_MILLISECONDS = 25

/**
 * Finds the sections of all posts longer than `characters` (characters and words), in slices of time. Gives what it has
 * found when `signal` aborts.
 */
export async function findOutlines(
  posts: readonly PostRecord[],
  characters: number,
  signal: AbortSignal,
): Promise<PostSections[]> {
  // Nothing that is made in here loads.
  const inert = document.implementation.createHTMLDocument()
  const found: PostSections[] = []
  let end = performance.now() + SLICE_MILLISECONDS
  for (const { post, measure } of posts) {
    if (totalLength(measure) <= characters) continue
    const body = inert.createElement('div')
    body.append(renderHtml(post.html, inert))
    const headings = findHeadings(textLinesOf(body, () => false))
    if (headings.length >= FEWEST_HEADINGS) found.push({ post, headings })
    if (performance.now() < end) continue
    await new Promise((resolve) => setTimeout(resolve))
    if (signal.aborted) break
    end = performance.now() + SLICE_MILLISECONDS
  }
  return found
}
