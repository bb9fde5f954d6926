import type { TagChange, ThreadHistory } from './records.ts'

/** Tags whose changes are remembered for one thread; of more, the oldest removals are forgotten. */
const MOST_CHANGES = 200

type Tagged = Pick<ThreadHistory, 'tags' | 'tagChanges'>

/**
 * Merges the tags of two histories, tag by tag: the side that changed it last says whether it is there. A tag of which
 * neither side remembers a change (threads of earlier versions) is there when either has it. Merging twice changes nothing.
 */
export function mergeTags(a: Tagged, b: Tagged): Tagged {
  const changes = [changesOf(a), changesOf(b)] as const
  const has = [new Set(a.tags), new Set(b.tags)] as const
  const tags = [...new Set([...a.tags, ...b.tags])].filter((tag) => {
    const [atA, atB] = [changes[0].get(tag) ?? '', changes[1].get(tag) ?? '']
    if (atA === atB) return true
    return (atA > atB ? has[0] : has[1]).has(tag)
  })
  const merged = new Map(changes[0])
  for (const [tag, at] of changes[1]) if (at > (merged.get(tag) ?? '')) merged.set(tag, at)
  return taggedOf(tags, merged)
}

/** A thread's tags after some were given and some taken away at a time, ISO 8601 in UTC. */
export function changeTagsOf(
  tagged: Tagged,
  { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly string[] },
  at: string,
): Tagged {
  const taken = new Set(remove)
  const added = add.filter((tag) => !tagged.tags.includes(tag) && !taken.has(tag))
  const removed = tagged.tags.filter((tag) => taken.has(tag))
  const changes = changesOf(tagged)
  for (const tag of [...added, ...removed]) changes.set(tag, at)
  return taggedOf([...tagged.tags.filter((tag) => !taken.has(tag)), ...new Set(added)], changes)
}

function changesOf({ tagChanges = [] }: Tagged): Map<string, string> {
  return new Map(tagChanges.map(({ tag, at }) => [tag, at]))
}

function taggedOf(tags: string[], changes: ReadonlyMap<string, string>): Tagged {
  let kept: TagChange[] = [...changes].map(([tag, at]) => ({ tag, at })).sort(byTag)
  if (kept.length > MOST_CHANGES) {
    const present = new Set(tags)
    const rank = ({ tag, at }: TagChange) => (present.has(tag) ? '~' : at)
    kept = kept.sort((a, b) => (rank(a) < rank(b) ? 1 : -1)).slice(0, MOST_CHANGES)
    kept.sort(byTag)
  }
  return { tags, ...(kept.length ? { tagChanges: kept } : {}) }
}

/** One order whichever side came first. */
function byTag(a: TagChange, b: TagChange): number {
  return a.tag < b.tag ? -1 : 1
}
