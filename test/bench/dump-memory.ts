/**
 * Reads a generated dump of so many megabytes as a stream, keeping nothing, and prints what it took as JSON: run in a
 * process of its own by dump.bench.ts, so that the peak of memory is this reading's.
 */
import { isDiagnostic, readDump } from '../../formats/dump.ts'
import { samplePosts } from './dump-sample.ts'

export interface MemoryReport {
  bytes: number
  posts: number
  milliseconds: number
  /** Growth of the resident set over the reading, at its peak, in bytes. */
  grown: number
}

const megabytes = Number(process.argv[2] ?? 200)
const POSTS_PER_CHUNK = 100

/** One thread, which is the hardest case to read in pieces, made as it is asked for. */
function dumpStream(bytes: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let text = '#t 22 1 starter 2020-04-14 00:22:00 last 2020-04-16 06:06:00\n长帖\n\n'
  let id = 1
  let sent = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      text += samplePosts(id, POSTS_PER_CHUNK)
      id += POSTS_PER_CHUNK
      const chunk = encoder.encode(text)
      text = ''
      sent += chunk.length
      controller.enqueue(chunk)
      if (sent >= bytes) controller.close()
    },
  })
}

async function countPosts(bytes: number, onItem: () => void): Promise<number> {
  let posts = 0
  for await (const item of readDump(dumpStream(bytes))) {
    if (!isDiagnostic(item)) posts += item.posts.length
    onItem()
  }
  return posts
}

// What the runtime itself takes to generate and read a first megabyte is not counted.
await countPosts(1 << 20, () => undefined)
const before = process.memoryUsage.rss()
let peak = before
const start = performance.now()
const posts = await countPosts(megabytes * 1e6, () => {
  peak = Math.max(peak, process.memoryUsage.rss())
})
const milliseconds = performance.now() - start
const report: MemoryReport = { bytes: megabytes * 1e6, posts, milliseconds, grown: peak - before }
console.log(JSON.stringify(report))
