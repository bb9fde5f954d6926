import type { Aid } from './define-aid.ts'
import { earlyAids } from './early-aids.ts'
import { lateAids } from './late-aids.ts'

/** Every aid, in the order in which they start and in which settings show them. */
export const aids: readonly Aid[] = [...earlyAids, ...lateAids]
