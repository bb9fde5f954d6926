import { looksParts, parseLooks, type ReaderLooks } from '../core/reader-looks.ts'
import { MOST_MUTED, parseMutedAuthor, parseMutedWord, type Muted } from '../core/muted.ts'
import { parseLinkRules } from '../core/links/parse-link-rules.ts'
import type { UserRule } from '../core/links/user-rules.ts'
import type { AidDeclaration, AidSettings } from './aid-settings.ts'
import { MOST_OWN_SITES } from './own-sites.ts'
import { LONGEST_LOOKS_KEY, MOST_OWN_LOOKS } from './reader-looks.ts'
import { settings, type SettingName, type SettingValues } from './settings.ts'

const FORMAT = 'loulan-settings'
const VERSION = 1

/** All that the reader has wished, as a file holds it; see docs/settings-format.md. */
export interface AllWishes {
  settings: SettingValues
  aids: Readonly<Record<string, AidSettings>>
  looks: ReaderLooks
  /** Looks of single threads, by thread key. */
  threadLooks: Readonly<Record<string, ReaderLooks>>
  linkRules: readonly UserRule[]
  muted: Muted
  /** Descriptions as they are stored: each is judged by who reads it. */
  ownSites: readonly unknown[]
}

/** A field that was not taken over: `path` names it as the file does, such as `aids.outline.options.characters`. */
export interface RefusedField {
  path: string
  reason: 'bad-value' | 'unknown'
}

/** What a file of settings asks for, judged as a whole; nothing has been written yet. */
export interface JudgedSettings {
  /** The wishes with all good fields of the file in their place. */
  wishes: AllWishes
  /** Fields that will change. */
  changed: string[]
  refused: RefusedField[]
}

/** Why a file is none of settings. */
export type SettingsFileProblem = 'not-json' | 'not-settings' | 'newer-version'

/** How fields are judged that this room knows nothing of. */
export interface FieldJudges {
  aids: readonly AidDeclaration[]
  isSite: (value: unknown) => boolean
}

/** The text of a settings file. */
export function formatSettingsFile(wishes: AllWishes, writtenAt: string): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, writtenAt, ...wishes }, undefined, 2)}\n`
}

/**
 * Judges the text of a settings file field by field against what is wished now. A field that the file lacks stays as it
 * is; one that is not a value, or that nobody knows, is named. Never throws.
 */
export function judgeSettingsFile(
  text: string,
  now: AllWishes,
  judges: FieldJudges,
): JudgedSettings | { problem: SettingsFileProblem } {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return { problem: 'not-json' }
  }
  if (!isRecord(file) || file.format !== FORMAT || typeof file.version !== 'number') return { problem: 'not-settings' }
  if (file.version > VERSION) return { problem: 'newer-version' }
  const judge = new FieldJudge()
  const wishes: AllWishes = {
    settings: judge.values('settings', file.settings, now.settings, (name) =>
      Object.hasOwn(settings, name) ? settings[name as SettingName].parse : undefined,
    ),
    aids: judgeAids(judge, file.aids, now.aids, judges.aids),
    looks: judgeLooks(judge, 'looks', file.looks, now.looks),
    threadLooks: judgeThreadLooks(judge, file.threadLooks, now.threadLooks),
    linkRules: judge.list('linkRules', file.linkRules, now.linkRules, judgeRule),
    muted: judgeMuted(judge, file.muted, now.muted),
    ownSites: judge.list('ownSites', file.ownSites, now.ownSites, (site, known) =>
      judges.isSite(site) && known.length < MOST_OWN_SITES ? [...known, site] : undefined,
    ),
  }
  const known = ['format', 'version', 'writtenAt', ...Object.keys(wishes)]
  for (const name of Object.keys(file)) if (!known.includes(name)) judge.refuse(name, 'unknown')
  return { wishes, changed: judge.changed, refused: judge.refused }
}

/** Notes what becomes of each field while a file is judged. */
class FieldJudge {
  readonly changed: string[] = []
  readonly refused: RefusedField[] = []

  refuse(path: string, reason: RefusedField['reason']): void {
    this.refused.push({ path, reason })
  }

  /** Judges a record of values; a value that would have to be brought into bounds is none. */
  values<Values extends object>(
    path: string,
    given: unknown,
    now: Values,
    parserOf: (name: string) => ((value: unknown) => unknown) | undefined,
  ): Values {
    const next = { ...now } as Record<string, unknown>
    for (const [name, value] of this.entries(path, given)) {
      const parse = parserOf(name)
      if (!parse) this.refuse(`${path}.${name}`, 'unknown')
      else if (value === null || typeof value === 'object' || parse(value) !== value)
        this.refuse(`${path}.${name}`, 'bad-value')
      else this.take(`${path}.${name}`, next, name, value)
    }
    return next as Values
  }

  /** Judges a list; good items take the place of those there are now. */
  list<Item>(
    path: string,
    given: unknown,
    now: readonly Item[],
    add: (item: unknown, known: readonly Item[]) => readonly Item[] | undefined,
  ): readonly Item[] {
    if (given === undefined) return now
    if (!Array.isArray(given)) {
      this.refuse(path, 'bad-value')
      return now
    }
    let items: readonly Item[] = []
    for (const [index, item] of (given as unknown[]).entries()) {
      const longer = add(item, items)
      if (longer) items = longer
      else this.refuse(`${path}[${index + 1}]`, 'bad-value')
    }
    if (JSON.stringify(items) !== JSON.stringify(now)) this.changed.push(path)
    return items
  }

  take(path: string, into: Record<string, unknown>, name: string, value: unknown): void {
    if (into[name] !== value) this.changed.push(path)
    into[name] = value
  }

  entries(path: string, given: unknown): [string, unknown][] {
    if (isRecord(given)) return Object.entries(given)
    if (given !== undefined) this.refuse(path, 'bad-value')
    return []
  }
}

function judgeAids(
  judge: FieldJudge,
  given: unknown,
  now: AllWishes['aids'],
  aids: readonly AidDeclaration[],
): AllWishes['aids'] {
  const next: Record<string, AidSettings> = { ...now }
  for (const [id, wish] of judge.entries('aids', given)) {
    const aid = aids.find((each) => each.id === id)
    const current = aid && now[id]
    const path = `aids.${id}`
    if (!current) judge.refuse(path, 'unknown')
    else if (!isRecord(wish)) judge.refuse(path, 'bad-value')
    else next[id] = judgeAid(judge, path, wish, current, aid.options)
  }
  return next
}

function judgeAid(
  judge: FieldJudge,
  path: string,
  wish: Record<string, unknown>,
  now: AidSettings,
  options: AidDeclaration['options'],
): AidSettings {
  const { options: given, ...rest } = wish
  const isBoolean = (value: unknown) => (typeof value === 'boolean' ? value : undefined)
  const { enabled } = judge.values(path, rest, { enabled: now.enabled }, (name) =>
    name === 'enabled' ? isBoolean : undefined,
  )
  const parserOf = (name: string) => (Object.hasOwn(options, name) ? options[name]!.parse : undefined)
  return { enabled, options: judge.values(`${path}.options`, given, now.options, parserOf) }
}

function judgeLooks(judge: FieldJudge, path: string, given: unknown, now: ReaderLooks): ReaderLooks {
  return judge.values(path, given, now, (name) =>
    Object.hasOwn(looksParts, name) ? looksParts[name as keyof ReaderLooks].parse : undefined,
  )
}

function judgeThreadLooks(judge: FieldJudge, given: unknown, now: AllWishes['threadLooks']): AllWishes['threadLooks'] {
  const next = new Map(Object.entries(now))
  for (const [key, looks] of judge.entries('threadLooks', given)) {
    const path = `threadLooks.${key}`
    const isRoom = next.has(key) || next.size < MOST_OWN_LOOKS
    if (!isRecord(looks) || key.length > LONGEST_LOOKS_KEY || !isRoom) judge.refuse(path, 'bad-value')
    else next.set(key, judgeLooks(judge, path, looks, next.get(key) ?? parseLooks(undefined)))
  }
  return Object.fromEntries(next)
}

/** Authors and words take the place of those there are, each list by itself. */
function judgeMuted(judge: FieldJudge, given: unknown, now: Muted): Muted {
  const lists = new Map(judge.entries('muted', given))
  const judged = {
    authors: judge.list('muted.authors', lists.get('authors'), now.authors, unlikeOnes(parseMutedAuthor)),
    words: judge.list('muted.words', lists.get('words'), now.words, unlikeOnes(parseMutedWord)),
  }
  for (const name of lists.keys()) if (!Object.hasOwn(judged, name)) judge.refuse(`muted.${name}`, 'unknown')
  return judged
}

/** Takes items over as long as there is room; of two alike the first. */
function unlikeOnes<Item>(parse: (value: unknown) => { item: Item; key: string } | undefined) {
  const keys = new Set<string>()
  return (value: unknown, known: readonly Item[]): readonly Item[] | undefined => {
    const parsed = parse(value)
    if (!parsed || keys.has(parsed.key) || known.length >= MOST_MUTED) return undefined
    keys.add(parsed.key)
    return [...known, parsed.item]
  }
}

/** Of two alike the first is kept, and none that the reader could not have written. */
function judgeRule(rule: unknown, known: readonly UserRule[]): readonly UserRule[] | undefined {
  const parsed = parseLinkRules([...known, rule])
  return 'rules' in parsed ? parsed.rules : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
