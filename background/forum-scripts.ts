import { browser, type Browser } from 'wxt/browser'
import { HOME_PAGES } from '../core/site-access.ts'
import { onPublicMessage, type Sender } from '../messages/messenger.ts'
import { readSiteRecords } from '../settings/site-records.ts'
import { findPlace } from '../sites/described/site.ts'
import { threadPatterns } from '../sites/granted/match-patterns.ts'
import { filesOf, frameOf, injectContentScript } from './inject-content-script.ts'
import { readOwnSites } from './read-page.ts'
import { isSiteGranted } from './site-access.ts'

const SENTINEL = '/forum-sentinel.js'

const ALWAYS = { runAt: 'document_start' as const, persistAcrossSessions: true }

/** A content script as the browser keeps it, as far as it differs from one registration to the next. */
interface Registration {
  id: string
  js: string[]
  css?: string[]
  matches: string[]
  excludeMatches: string[]
}

type RegisteredScript = Pick<Browser.scripting.RegisteredContentScript, 'js' | 'matches' | 'excludeMatches'>

/**
 * Has the browser put the script that knows the engines into threads' pages of these sites, as far as their addresses are
 * known, and the sentinel into all others. What is registered for other sites is taken out.
 */
export async function registerForumScripts(sites: readonly string[]): Promise<void> {
  const wanted = await findWanted(sites)
  const known = await browser.scripting.getRegisteredContentScripts({ ids: ['forum', 'forum-sentinel'] })
  const isKnown = ({ id }: { id: string }) => known.some((each) => each.id === id)
  const gone = known.filter(({ id }) => !wanted.some((each) => each.id === id))
  if (gone.length > 0) await browser.scripting.unregisterContentScripts({ ids: gone.map(({ id }) => id) })
  const changed = wanted.filter((each) => isKnown(each) && !known.some((other) => isSame(each, other)))
  if (changed.length > 0) await browser.scripting.updateContentScripts(changed.map((each) => ({ ...each, ...ALWAYS })))
  const added = wanted.filter((each) => !isKnown(each))
  if (added.length > 0) await browser.scripting.registerContentScripts(added.map((each) => ({ ...each, ...ALWAYS })))
}

async function findWanted(sites: readonly string[]): Promise<Registration[]> {
  if (sites.length === 0) return []
  const { matches, excludeMatches } = await findThreads(sites)
  const elsewhere = { matches: [...sites], excludeMatches: [...HOME_PAGES, ...matches] }
  const sentinel = { id: 'forum-sentinel', js: [SENTINEL], ...elsewhere }
  if (matches.length === 0) return [sentinel]
  const engines = {
    id: 'forum',
    ...filesOf('forum'),
    matches,
    excludeMatches: [...HOME_PAGES, ...excludeMatches],
  }
  return [sentinel, engines]
}

async function findThreads(sites: readonly string[]): Promise<{ matches: string[]; excludeMatches: string[] }> {
  const [records, own] = await Promise.all([readSiteRecords(sites), readOwnSites()])
  return threadPatterns(
    sites.map((pattern) => ({ pattern, ...records.get(pattern) })),
    own,
  )
}

function isSame(one: Registration, other: RegisteredScript): boolean {
  const told = ({ js, matches, excludeMatches }: RegisteredScript) =>
    JSON.stringify([js, matches?.toSorted(), excludeMatches?.toSorted()])
  return told(one) === told(other)
}

/** Where threads stand on granted sites that the reader described, as match patterns. */
export async function findDescribedPages(sites: readonly string[]): Promise<string[]> {
  return threadPatterns(
    sites.map((pattern) => ({ pattern })),
    await readOwnSites(),
  ).matches
}

/** Answers the sentinel, which knows what a thread looks like but not what the reader described. */
export function handleForumSentinel(): void {
  onPublicMessage('forumScriptWanted', (data, sender) => answerSentinel(data, sender))
}

async function answerSentinel(data: unknown, sender: Sender): Promise<boolean> {
  const { url: page } = sender
  const frame = frameOf(sender)
  const { url, isThread } = (data ?? {}) as { url?: unknown; isThread?: unknown }
  if (!frame || page === undefined || typeof url !== 'string' || !URL.canParse(url)) return false
  const address = new URL(url)
  if (address.origin !== new URL(page).origin || !(await isSiteGranted(page))) return false
  const own = (await readOwnSites()).filter(({ hosts }) => hosts.includes(address.hostname))
  if (isThread !== true && !own.some((each) => findPlace(each, address))) return own.length > 0
  await injectContentScript(frame, 'forum')
  return false
}
