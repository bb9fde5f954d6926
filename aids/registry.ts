import type { AidWithParts } from './aid-parts.ts'
import { earlyAids } from './early-aids.ts'
import { lateAids } from './late-aids.ts'

/** Every aid, in the order in which they start and in which settings show them. */
export const aids: readonly AidWithParts[] = [...earlyAids, ...lateAids]
