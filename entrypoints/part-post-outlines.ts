import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { startOutlines } from '../aids/post-outlines.ts'
import { leavePart } from '../visit/left-parts.ts'

/** Put into a thread's page when one of its posts is very long. */
export default defineUnlistedScript(() => leavePart('post-outlines', { startOutlines }))
