import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { PageJoiner } from '../aids/page-joiner.ts'
import { fetchPage } from '../visit/fetch-page.ts'
import { leavePart } from '../visit/left-parts.ts'

/** Put into a thread's page where pages are joined and there is a next one. */
export default defineUnlistedScript(() => leavePart('page-joiner', { PageJoiner, fetchPage }))
