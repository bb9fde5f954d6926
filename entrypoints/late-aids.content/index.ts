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
import { lateAids } from '../../aids/late-aids.ts'
import { joinAids } from '../../visit/late-aids.ts'
import { provideStoredMuted } from '../../visit/muted-list.ts'
import { withPageAccess } from '../../visit/page-access.ts'

/** Put into the page of a thread by background/inject-thread-script.ts when the page stands. */
export default defineContentScript({
  registration: 'runtime',
  main: async () => {
    await provideStoredMuted()
    joinAids(withPageAccess(lateAids))
  },
})
