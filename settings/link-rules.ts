import { browser } from 'wxt/browser'
import { createLinkCleaner, type LinkCleanerOptions, type LinkCleaner, type LinkWishes } from '../core/links.ts'
import { parseLinkRules, type RuleProblem } from '../core/links/parse-link-rules.ts'
import { isUserRule, type UserRule } from '../core/links/user-rules.ts'
import { readSettings } from './settings.ts'
import { readStored } from './stored.ts'

/** Key of the storage. */
export const LINK_RULES = 'link-rules'

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
 * Reads the reader's own link rules. Each was judged when it was written; here, on every page, only its shape is looked
 * at. What is no rule (written by another version) is passed over and does not take the good ones with it.
 */
export async function readLinkRules(): Promise<UserRule[]> {
  const stored = (await readStored([LINK_RULES]))[LINK_RULES]
  return Array.isArray(stored) ? stored.filter(isUserRule) : []
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
  await browser.storage.local.set({ [LINK_RULES]: parsed.rules })
  return parsed.rules
}

/** Calls `listener` whenever the rules change, in whatever context, until `signal` aborts. */
export function watchLinkRules(listener: () => void, signal: AbortSignal): void {
  const onChanged = (changes: Record<string, unknown>, area: string) => {
    if (area === 'local' && LINK_RULES in changes) listener()
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
