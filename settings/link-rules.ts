import { browser } from 'wxt/browser'
import { createLinkCleaner, type LinkCleanerOptions, type LinkCleaner, type LinkWishes } from '../core/links.ts'
import { parseLinkRules, type RuleProblem } from '../core/links/parse-link-rules.ts'
import type { UserRule } from '../core/links/user-rules.ts'
import { readSettings } from './settings.ts'

const KEY = 'link-rules'

/** A list of rules that was refused: the first bad rule's place in it (-1: the list as a whole), and why. */
export class LinkRulesError extends Error {
  override readonly name = 'LinkRulesError'
  readonly index: number
  readonly reason: RuleProblem

  constructor({ index, reason }: { index: number; reason: RuleProblem }) {
    super(`Rule ${index} was refused: ${reason}`)
    this.index = index
    this.reason = reason
  }
}

/**
 * Reads the reader's own link rules. A stored rule that is none (written by another version) is passed over, so that it
 * does not take the good ones with it; it goes when the list is next written.
 */
export async function readLinkRules(): Promise<UserRule[]> {
  const stored = (await browser.storage.local.get(KEY))[KEY]
  const parsed = parseLinkRules(stored ?? [])
  if ('rules' in parsed) return parsed.rules
  if (!Array.isArray(stored)) return []
  const bad = new Set(parsed.problems.map(({ index }) => index))
  const rest = parseLinkRules(stored.filter((_, index) => !bad.has(index)))
  return 'rules' in rest && !bad.has(-1) ? rest.rules : []
}

/**
 * Stores a list of rules whole.
 *
 * @param input a list, or its JSON text as an import has it
 * @returns the rules as stored
 * @throws {LinkRulesError} when a rule is refused; nothing is stored then
 */
export async function writeLinkRules(input: unknown): Promise<UserRule[]> {
  const parsed = parseLinkRules(input)
  if ('problems' in parsed) throw new LinkRulesError(parsed.problems[0]!)
  await browser.storage.local.set({ [KEY]: parsed.rules })
  return parsed.rules
}

/** Calls `listener` whenever the rules change, in whatever context, until `signal` aborts. */
export function watchLinkRules(listener: () => void, signal: AbortSignal): void {
  const onChanged = (changes: Record<string, unknown>, area: string) => {
    if (area === 'local' && KEY in changes) listener()
  }
  browser.storage.onChanged.addListener(onChanged)
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(onChanged))
}

/** Reads all that the settings say of links. */
export async function readLinkWishes(): Promise<LinkWishes> {
  const [rules, { unwrapAffiliates }] = await Promise.all([readLinkRules(), readSettings()])
  return { rules, affiliate: unwrapAffiliates }
}

/** A cleaner that follows the reader's rules as they are stored now. */
export async function readLinkCleaner(forumHosts?: LinkCleanerOptions['forumHosts']): Promise<LinkCleaner> {
  return createLinkCleaner({ ...(await readLinkWishes()), ...(forumHosts && { forumHosts }) })
}
