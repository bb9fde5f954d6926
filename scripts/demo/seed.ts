import { fileURLToPath } from 'node:url'
import { generateThread } from '../../test/forum/generate.ts'
import { threadAddress } from '../../test/forum/thread-markup.ts'

/** The real thread dump that the demo shows, and where its thread stands on the real site. */
export const SEED_FILE = fileURLToPath(new URL('../../seeds/000_01465295b16f78d9.txt', import.meta.url))
export const SEED_URL = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528'

/** What the archive calls it. */
export const SEED_KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'

/** A made-up thread of five pages beside it, for saving a whole thread. */
export const LONG_THREAD = generateThread({ posts: 95, seed: 2, gaps: [7, 23], plain: true })
export const LONG_URL = new URL(threadAddress(LONG_THREAD, 1), 'https://bbs.pku.edu.cn/v2/').href
