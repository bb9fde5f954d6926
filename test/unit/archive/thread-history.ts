import fc from 'fast-check'
import type { Post, Thread } from '../../../core/thread.ts'
import { omit } from '../../../archive/plain-value.ts'
import type { Reading } from '../../../archive/records.ts'
import { postOf, threadOf, timeAt } from './sample-thread.ts'

/** What a forum tells of its posts. */
interface Habits {
  floors: boolean
  times: boolean
  numericIds: boolean
}

export interface ReadingOfThread {
  thread: Thread
  reading: Reading
}

/**
 * A thread as its forum has it, and readings of it in any order: pages (with posts deleted meanwhile, so that the later
 * ones shift), and dumps of the whole, without floors. `order` is the ids as they stand on the forum, of those read.
 */
export const threadHistory = fc
  .record({
    count: fc.integer({ min: 1, max: 60 }),
    pageSize: fc.integer({ min: 1, max: 12 }),
    habits: fc.record({ floors: fc.boolean(), times: fc.boolean(), numericIds: fc.boolean() }),
    deleted: fc.array(fc.nat(59), { maxLength: 8 }),
    visits: fc.array(fc.record({ page: fc.nat(60), isDump: fc.boolean(), afterDeletions: fc.nat(8) }), {
      minLength: 1,
      maxLength: 12,
    }),
  })
  // A dump has no floors and no pages: without times or ids nothing would tell where a deleted post stood in it.
  .filter(({ habits, visits }) => habits.times || habits.numericIds || !visits.some(({ isDump }) => isDump))
  .map(({ count, pageSize, habits, deleted, visits }) => {
    const all = Array.from({ length: count }, (_, index) => forumPost(index, habits))
    const times = visits.map(({ afterDeletions }) => afterDeletions).sort((a, b) => a - b)
    const hasNoMark = !habits.floors && !habits.times && !habits.numericIds
    const readings = visits.map(({ page, isDump }, index): ReadingOfThread => {
      const gone = new Set(hasNoMark ? [] : deleted.slice(0, times[index]!))
      const posts = all.filter((_, position) => !gone.has(position))
      const pageCount = Math.max(1, Math.ceil(posts.length / pageSize))
      const readAt = timeAt(index)
      if (isDump) return { thread: threadOf(posts.map(asInDump)), reading: { source: 'dump', readAt } }
      const number = (page % pageCount) + 1
      const shown = posts.slice((number - 1) * pageSize, number * pageSize)
      return { thread: threadOf(shown, { pageCount }), reading: { source: 'page', page: number, readAt } }
    })
    const told = readings.filter(({ thread }) => thread.posts.length > 0)
    const read = new Set(told.flatMap(({ thread }) => thread.posts.map(({ id }) => id)))
    return { readings: told, order: all.map(({ id }) => id).filter((id) => read.has(id)) }
  })
  .filter(({ readings }) => readings.length > 0)

function forumPost(index: number, { floors, times, numericIds }: Habits): Post {
  return postOf(numericIds ? String(95 + index) : `p${(index * 37) % 101}`, {
    ...(floors ? { floor: index + 1, votes: { up: index } } : {}),
    // Where ids tell, two posts have one time: many pages give no seconds.
    ...(times ? { postedAt: timeAt(numericIds ? index >> 1 : index).replace('Z', '+00:00') } : {}),
    text: `第${index}个帖子，见 说明`,
    html: `<p>第${index}个帖子，见 <a href="https://example.org/${index}">说明</a></p>`,
  })
}

function asInDump(post: Post, index: number): Post {
  return {
    ...omit(post, 'floor', 'votes'),
    text: post.text.replace('说明', `[说明](jump-to.php?url=https%3A%2F%2Fexample.org%2F${index})`),
  }
}
