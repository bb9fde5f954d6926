import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { fillKeyList } from '../aids/key-list.ts'
import { leavePart } from '../visit/left-parts.ts'

/** Put into a thread's page when the reader first asks for the list of keys. */
export default defineUnlistedScript(() => leavePart('key-list', { fillKeyList }))
