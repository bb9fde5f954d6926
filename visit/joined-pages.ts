import type { AidContext, PageJoining } from '../aids/define-aid.ts'
import { loadPart } from './load-part.ts'
import { plainPage } from './plain-page.ts'

/** What the aids need to join the thread's other pages to the one in the tab. */
export function joiningOf({ own, reading }: AidContext): PageJoining {
  return {
    readOwn: async () => plainPage((await own) ?? {}),
    async fetchPage(...asked) {
      // Whoever asks has the part already.
      const { fetchPage } = await loadPart('page-joiner')
      if (!fetchPage) throw new Error('The part cannot fetch pages')
      return fetchPage(...asked, reading)
    },
  }
}
