import { totalLength } from '../core/reading.ts'
import { numberSetting } from '../core/setting.ts'
import { defineAidWithParts } from './aid-parts.ts'
import type { LivePost } from './live-page.ts'
import { whenNear } from './near-posts.ts'
import { followScreen } from './posts-on-screen.ts'

/**
 * Lists the sections of very long posts while they are on the screen: beside the text where there is room, else behind
 * a button in the corner. It lies above the page and moves nothing.
 */
export default defineAidWithParts({
  id: 'outline',
  enabledByDefault: true,
  options: {
    /** Characters and words above which a post gets an outline. */
    characters: numberSetting(3000, { minimum: 500, maximum: 100_000, step: 500 }),
  },
  start(context, signal) {
    const { fail, follow, loadPart, options } = context
    const isLong = ({ measure }: LivePost) => totalLength(measure) > options.characters
    let isAsked = false
    const look = (post: LivePost) => {
      if (isAsked || !isLong(post)) return
      isAsked = true
      // Most pages have no post that is so long.
      loadPart('post-outlines')
        .then(
          ({ startOutlines }) =>
            signal.aborted || startOutlines({ ...context, followScreen, whenNear, isLong }, signal),
        )
        .catch((error: unknown) => signal.aborted || fail(error))
    }
    follow((post) => whenNear(context, post, look, signal))
  },
})
