import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startForum } from './forum.ts'
import { generateThread } from './generate.ts'

/** Runs the forum by hand: `node test/forum/serve.ts [PORT]`; Ctrl-C ends it. */
const seeds = fileURLToPath(new URL('../../seeds/', import.meta.url))
const forum = await startForum({
  port: Number(process.argv[2] ?? 0),
  dumps: readdirSync(seeds)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => seeds + name),
  threads: [
    generateThread({ posts: 95, seed: 2, gaps: [7, 23] }),
    generateThread({ posts: 600, seed: 3, board: '414' }),
    generateThread({ posts: 10_000, seed: 4, board: '414' }),
  ],
})
console.log(`${forum.localOrigin}/v2/home.php`)
