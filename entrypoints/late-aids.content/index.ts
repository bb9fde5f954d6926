import { defineContentScript } from 'wxt/utils/define-content-script'
import '../../aids/join-pages.css'
import '../../aids/keyboard.css'
import '../../aids/mute.css'
import '../../aids/new-posts.css'
import '../../aids/only-author.css'
import '../../aids/outline.css'
import '../../aids/quotes.css'
import '../../aids/reading-bar.css'
import '../../aids/resume.css'
import '../../aids/thread-search.css'
import { goToPost } from '../../aids/go-to-post.ts'
import { lateAids } from '../../aids/late-aids.ts'
import { rememberContextTarget } from '../../dom/context-target.ts'
import { watchAidWishes } from '../../settings/aid-wishes.ts'
import { joinAids } from '../../visit/late-aids.ts'
import { provideStoredMuted } from '../../visit/muted-list.ts'
import { gatherReading } from '../../visit/tab-reading.ts'
import { withPageAccess } from '../../visit/page-access.ts'

/** Put into the page of a thread by background/inject-thread-script.ts when the page stands. */
export default defineContentScript({
  registration: 'runtime',
  main: async () => {
    await provideStoredMuted()
    joinAids({ aids: withPageAccess(lateAids), goToPost, rememberContextTarget, gatherReading, watchAidWishes })
  },
})
