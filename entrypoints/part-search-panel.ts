import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { SearchPanel } from '../aids/search-panel.ts'
import { leavePart } from '../visit/left-parts.ts'

/** Put into a thread's page when the reader first searches there. */
export default defineUnlistedScript(() => leavePart('search-panel', { SearchPanel }))
