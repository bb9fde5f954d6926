import { isInTime } from '../../core/search/match-post.ts'
import { hasName, matchesNames, type SearchQuery } from '../../core/search/parse-query.ts'
import { isDeadSection, replacedSince, type DeadTexts } from './live-texts.ts'
import { mayHold } from './signature.ts'
import type { IndexedRun } from './text-index.ts'
import { AFTER_NAMES, BETWEEN_NAMES, idAt, startOf, type TextBody } from './text-run.ts'
import type { ThreadPlan } from './thread-plan.ts'

/** A section of a run that may match, with what its posts must hold. */
export interface PlannedSection {
  key: string
  /** Its posts in the body: `from` included, `to` not. */
  from: number
  to: number
  plan: ThreadPlan
  /** Posts that no longer count. */
  gone: ReadonlySet<string> | undefined
}

/**
 * Finds the sections of a run that may match, in order, by its signature and without its text; none for a run that need
 * not be read.
 */
export function planRun(
  run: IndexedRun,
  query: SearchQuery,
  dead: DeadTexts,
  planOf: (key: string) => ThreadPlan | undefined,
): PlannedSection[] {
  const holds = (word: string) => !run.signature || mayHold(run.signature, word)
  if (query.authors.length > 0 && !query.authors.some(({ name }) => holds(name))) return []
  const holdsWords = query.words.every(holds)
  const sections: PlannedSection[] = []
  let to = 0
  for (const section of run.sections) {
    const from = to
    to += section.posts
    if (section.posts === 0 || isDeadSection(dead, section, run.order)) continue
    const plan = planOf(section.key)
    if (!plan || (plan.isPlain ? !holdsWords : !plan.required.every(holds))) continue
    sections.push({ key: section.key, from, to, plan, gone: replacedSince(dead, section, run.order) })
  }
  return sections
}

/**
 * Finds the posts of planned sections that match. Returns their places in the body, ascending. With `candidates`, the
 * places that a query found which this one narrows, sections whose titles hold no word are looked at there only.
 */
export function scanRun(
  body: TextBody,
  sections: readonly PlannedSection[],
  query: SearchQuery,
  candidates?: Uint32Array,
): Uint32Array {
  const found: number[] = []
  const plain = sections.filter(({ plan }) => plan.isPlain)
  const seed = query.words.length ? longest(query.words) : singleAuthor(query)
  if (candidates) scanCandidates(body, plain, query, candidates, found)
  else if (seed === undefined) scanAll(body, plain, query, found)
  else scanBySeed(body, plain, query, seed, found)
  const fromPlain = found.length
  if (plain.length < sections.length) {
    const titled = sections.filter(({ plan }) => !plan.isPlain)
    scanAll(body, titled, query, found)
  }
  const posts = Uint32Array.from(found)
  return fromPlain > 0 && fromPlain < found.length ? posts.sort() : posts
}

function longest(words: readonly string[]): string {
  return words.reduce((a, b) => (b.length > a.length ? b : a))
}

/** A name that every post found must hold. */
function singleAuthor({ authors }: SearchQuery): string | undefined {
  return authors.length === 1 ? authors[0]!.name : undefined
}

/** Jumps from one place of a word that all must hold to the next. */
function scanBySeed(
  body: TextBody,
  sections: readonly PlannedSection[],
  query: SearchQuery,
  seed: string,
  found: number[],
): void {
  const { text, ends } = body
  const needsLook = isMoreThan(query, seed)
  let index = 0
  let next = 0
  for (let at = text.indexOf(seed); at >= 0; at = text.indexOf(seed, startOf(body, next))) {
    const post = postAround(ends, next, at)
    while (index < sections.length && sections[index]!.to <= post) index++
    const section = sections[index]
    if (!section) return
    next = Math.max(post + 1, section.from)
    if (post >= section.from && ((!needsLook && !section.gone) || matches(body, post, section, query))) found.push(post)
    if (next === ends.length) return
  }
}

/** True when a post that holds the word may still not match. */
function isMoreThan(query: SearchQuery, word: string): boolean {
  const { words, excluded, authors, excludedAuthors, after, before } = query
  const isAlone = words.length === 1 && words[0] === word
  return !isAlone || excluded.length + authors.length + excludedAuthors.length > 0 || (after ?? before) !== undefined
}

function scanAll(body: TextBody, sections: readonly PlannedSection[], query: SearchQuery, found: number[]): void {
  for (const section of sections) {
    for (let post = section.from; post < section.to; post++) {
      if (matches(body, post, section, query)) found.push(post)
    }
  }
}

function scanCandidates(
  body: TextBody,
  sections: readonly PlannedSection[],
  query: SearchQuery,
  candidates: Uint32Array,
  found: number[],
): void {
  let index = 0
  for (const post of candidates) {
    while (index < sections.length && sections[index]!.to <= post) index++
    const section = sections[index]
    if (!section) return
    if (post >= section.from && matches(body, post, section, query)) found.push(post)
  }
}

/** The post, from `from` on, in which a place of the text lies. */
function postAround(ends: Uint32Array, from: number, at: number): number {
  if (ends[from]! > at) return from
  let step = 1
  while (from + step < ends.length && ends[from + step]! <= at) step *= 2
  let low = from + (step >> 1)
  let high = Math.min(from + step, ends.length - 1)
  while (low < high) {
    const middle = (low + high) >> 1
    if (ends[middle]! > at) high = middle
    else low = middle + 1
  }
  return low
}

function matches(body: TextBody, post: number, { plan, gone }: PlannedSection, query: SearchQuery): boolean {
  if (gone?.has(idAt(body, post))) return false
  if (!isInTime(body.minutes[post], query)) return false
  const text = body.text.slice(startOf(body, post), body.ends[post])
  for (const word of plan.required) if (!text.includes(word)) return false
  for (const word of query.excluded) if (text.includes(word)) return false
  if (plan.anyOf && !plan.anyOf.some((word) => text.includes(word))) return false
  if (query.authors.length + query.excludedAuthors.length === 0) return true
  const names = text.slice(0, text.indexOf(AFTER_NAMES)).split(BETWEEN_NAMES)
  return matchesNames(query.authors, names) && !hasName(query.excludedAuthors, names)
}
