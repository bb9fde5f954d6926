import { isDeadSection, replacedSince, type DeadTexts } from './live-texts.ts'
import { RunBuilder } from './run-builder.ts'
import { BLOCK, idAt, orderOf, startOf } from './text-run.ts'
import type { TextBody, TextRun, TextSection, ThreadName } from './text-run.ts'

/** A run with its texts. */
export interface WholeRun extends TextRun {
  body: TextBody
}

/**
 * Merges runs that stand next to each other (one alone is only cleared of what counts no more). The posts of a thread
 * come together; what later runs say is dead is left out. `hasEarlier` tells whether runs before these hold posts of a
 * thread: if not, there is nothing left that would have to be called dead. Returns the runs to be stored in their
 * place, with the order of the last one; none where nothing is left.
 */
export function mergeRuns(
  runs: readonly WholeRun[],
  dead: DeadTexts,
  hasEarlier: (key: string) => boolean,
): { order: number; builders: RunBuilder[] } {
  const threads = gather(runs, dead)
  const total = [...threads.values()].reduce((sum, { characters }) => sum + characters, 0)
  const limit = Math.ceil(total / Math.max(1, Math.round(total / BLOCK)))
  const builders = [new RunBuilder()]
  for (const [key, { name, reset, replaced, posts }] of threads) {
    const isFirst = !hasEarlier(key)
    const marks: Marks = isFirst ? {} : { ...(reset && { reset: true }), replaced: [...replaced] }
    const isEmpty = posts.length === 0 && !marks.reset && !marks.replaced?.length
    // A name without posts corrects that of an earlier run; where there is none, the thread's row tells it.
    if (isEmpty && (isFirst || !name)) continue
    if (name) marks.name = name
    const isFull = () => posts.length > 0 && builders.at(-1)!.characters >= limit
    if (isFull()) builders.push(new RunBuilder())
    builders.at(-1)!.addSection(key, marks)
    for (const { body, post } of posts) {
      if (isFull()) {
        builders.push(new RunBuilder())
        builders.at(-1)!.addSection(key)
      }
      builders.at(-1)!.addPost(postAt(body, post))
    }
  }
  return { order: orderOf(runs.at(-1)!), builders: builders.filter(({ isEmpty }) => !isEmpty) }
}

type Marks = Pick<TextSection, 'name' | 'reset' | 'replaced'>

interface Gathered {
  name?: ThreadName
  reset: boolean
  replaced: Set<string>
  posts: { body: TextBody; post: number }[]
  characters: number
}

/** What counts of each thread, in the order of the runs. */
function gather(runs: readonly WholeRun[], dead: DeadTexts): Map<string, Gathered> {
  const threads = new Map<string, Gathered>()
  for (const run of runs) {
    const order = orderOf(run)
    let from = 0
    for (const section of run.sections) {
      const thread: Gathered = threads.get(section.key) ?? {
        reset: false,
        replaced: new Set(),
        posts: [],
        characters: 0,
      }
      threads.set(section.key, thread)
      if (section.reset) {
        thread.reset = true
        delete thread.name
      }
      if (section.name) thread.name = section.name
      for (const id of section.replaced ?? []) thread.replaced.add(id)
      const gone = replacedSince(dead, section, order)
      const isDead = isDeadSection(dead, section, order)
      for (let post = from; post < from + section.posts && !isDead; post++) {
        if (gone?.has(idAt(run.body, post))) continue
        thread.posts.push({ body: run.body, post })
        thread.characters += run.body.ends[post]! - startOf(run.body, post)
      }
      from += section.posts
    }
  }
  return threads
}

function postAt(body: TextBody, post: number) {
  return {
    id: idAt(body, post),
    text: body.text.slice(startOf(body, post), body.ends[post]),
    floor: body.floors[post]!,
    minute: body.minutes[post]!,
  }
}
