import type { Scope } from '../../dom/query.ts'
import { lineOf } from '../../dom/query.ts'

/** Longest line and most names looked into: the line that forums write has three names and a number. */
const LONGEST = 2000
const MOST = 50

/**
 * How many liked a post, from the line that names them: `Ann, Bo 7 and 3 others like this.` Names may hold numbers, so
 * the number of the others is looked for in what is left of the line without them.
 */
export function countNames(post: Scope, line: string, names: string): number | undefined {
  const found = post.first(line)
  if (!found) return undefined
  const named = post.within(found).all(names)
  let rest = lineOf(found).slice(0, LONGEST)
  for (const name of named.slice(0, MOST)) rest = rest.replace(lineOf(name), ' ')
  const others = /\d{1,9}/.exec(rest.replace(/[,.](?=\d{3}(?!\d))/g, ''))?.[0]
  return named.length + Number(others ?? 0) || undefined
}
