import { fileURLToPath } from 'node:url'

/** The real thread dump that the demo shows, and where its thread stands on the real site. */
export const SEED_FILE = fileURLToPath(new URL('../../seeds/000_01465295b16f78d9.txt', import.meta.url))
export const SEED_URL = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528'
