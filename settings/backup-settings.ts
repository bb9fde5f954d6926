import { browser } from 'wxt/browser'
import { isUserRule, type UserRule } from '../core/links/user-rules.ts'
import { parseMuted, type Muted } from '../core/muted.ts'
import { parseLinkRules } from '../core/links/parse-link-rules.ts'
import { parseLooks } from '../core/reader-looks.ts'
import { AID_PREFIX } from './aid-settings.ts'
import { MEMORY_PREFIX, MOST_REMEMBERED } from './aid-memory.ts'
import { LINK_RULES } from './link-rules.ts'
import { MUTED } from './muted.ts'
import { MOST_OWN_SITES, OWN_SITES } from './own-sites.ts'
import { COMMON_LOOKS, MOST_OWN_LOOKS, OWN_LOOKS, parseOwnLooks } from './reader-looks.ts'
import { SETTING_PREFIX } from './page-settings.ts'
import { settings, type SettingName } from './settings.ts'
import { WISH_KEYS } from './wish-keys.ts'

const LONGEST_TEXT = 1000
const LONGEST_SITE = 50_000
/** Aids and their options, of however many a file claims to know. */
const MOST_NAMES = 200

/**
 * What of the extension's storage goes into a backup: the settings, what the reader wants of the aids, link rules,
 * who and what is muted, described sites, how threads look, and which posts were unfolded. Not what belongs to this
 * machine, such as permissions and what is under way.
 */
export async function readBackupSettings(): Promise<Record<string, unknown>> {
  const stored: Record<string, unknown> = await browser.storage.local.get(null)
  const kept = Object.entries(stored).filter(([key]) => isKept(key))
  return Object.fromEntries(kept)
}

/**
 * Puts settings of a backup back. What is set here already stays; rules and remembered posts of both are kept. Whatever is
 * not what it must be is left out: anyone may have written the file. Returns how many entries of the storage changed.
 */
export async function restoreBackupSettings(values: Record<string, unknown>): Promise<number> {
  const here: Record<string, unknown> = await browser.storage.local.get(null)
  const changed: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(values).slice(0, MOST_NAMES)) {
    const merged = mergeValue(key, here[key], value)
    if (merged !== undefined && JSON.stringify(merged) !== JSON.stringify(here[key])) changed[key] = merged
  }
  await browser.storage.local.set(changed)
  return Object.keys(changed).length
}

function isKept(key: string): boolean {
  if ((WISH_KEYS as readonly string[]).includes(key)) return true
  if (key.startsWith(SETTING_PREFIX)) return Object.hasOwn(settings, key.slice(SETTING_PREFIX.length))
  const prefix = [AID_PREFIX, MEMORY_PREFIX].find((each) => key.startsWith(each))
  return prefix !== undefined && /^[a-z\d-]{1,50}$/.test(key.slice(prefix.length))
}

function mergeValue(key: string, here: unknown, value: unknown): unknown {
  if (!isKept(key)) return undefined
  if (key === LINK_RULES) return mergeRules(here, value)
  if (key === OWN_SITES) return mergeSites(here, value)
  if (key === MUTED) return mergeMuted(here, value)
  if (key === OWN_LOOKS) return mergeLooks(here, value)
  if (key.startsWith(MEMORY_PREFIX)) return mergeMemory(here, value)
  if (here !== undefined) return undefined
  if (key === COMMON_LOOKS) return Array.isArray(value) || typeof value !== 'object' ? undefined : parseLooks(value)
  if (key.startsWith(AID_PREFIX)) return parseAid(value)
  return settings[key.slice(SETTING_PREFIX.length) as SettingName].parse(value)
}

/** The rules here come first; of two alike one is kept, and none that the reader could not have written. */
function mergeRules(here: unknown, value: unknown): UserRule[] | undefined {
  let rules: UserRule[] = Array.isArray(here) ? here.filter(isUserRule) : []
  for (const rule of Array.isArray(value) ? value.slice(0, MOST_NAMES) : []) {
    const parsed = parseLinkRules([...rules, rule])
    if ('rules' in parsed) rules = parsed.rules
  }
  return rules.length > 0 ? rules : undefined
}

/** Descriptions here come first, and an id is one site's. Each is judged anew whenever it is read. */
function mergeSites(here: unknown, value: unknown): unknown[] | undefined {
  const sites = new Map<unknown, unknown>()
  for (const site of [here, value].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))) {
    const id = typeof site === 'object' && site !== null && 'id' in site ? site.id : undefined
    if (typeof id === 'string' && !sites.has(id) && JSON.stringify(site).length <= LONGEST_SITE) sites.set(id, site)
  }
  return sites.size > 0 ? [...sites.values()].slice(0, MOST_OWN_SITES) : undefined
}

/** A thread's looks here stay; those that were used last are kept where there are too many. */
function mergeLooks(here: unknown, value: unknown): [string, unknown][] | undefined {
  const own = new Map(parseOwnLooks(value))
  for (const [key, looks] of parseOwnLooks(here)) {
    own.delete(key)
    own.set(key, looks)
  }
  return own.size > 0 ? [...own].slice(-MOST_OWN_LOOKS) : undefined
}

/** What is muted here or in the backup is muted; where there are too many, those here. */
function mergeMuted(here: unknown, value: unknown): Muted {
  const [mine, theirs] = [parseMuted(here), parseMuted(value)]
  return parseMuted({ authors: [...mine.authors, ...theirs.authors], words: [...mine.words, ...theirs.words] })
}

function mergeMemory(here: unknown, value: unknown): string[] {
  return [...new Set([...textsOf(value), ...textsOf(here)])].slice(-MOST_REMEMBERED)
}

function textsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.filter((text): text is string => typeof text === 'string' && text.length <= LONGEST_TEXT)
}

/** The shape alone: what the aid does not know of it is passed over when it is read. */
function parseAid(value: unknown): { enabled?: boolean; options: Record<string, unknown> } | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { enabled, options } = value as Record<string, unknown>
  const entries = Object.entries(typeof options === 'object' && options !== null ? options : {}).slice(0, MOST_NAMES)
  const isPlain = (part: unknown) =>
    typeof part === 'boolean' || typeof part === 'number' || (typeof part === 'string' && part.length <= LONGEST_TEXT)
  return {
    ...(typeof enabled === 'boolean' ? { enabled } : {}),
    options: Object.fromEntries(entries.filter(([, part]) => isPlain(part))),
  }
}
