import { onOwnMessage } from '../messages/messenger.ts'
import type { OwnSiteReply } from '../messages/protocol.ts'
import { MOST_OWN_SITES, readStoredSites, writeStoredSites } from '../settings/own-sites.ts'
import { parseSiteDescription } from '../sites/described/description.ts'

/** Judges the sites that the reader describes, before any of them is stored. */
export function handleOwnSites(): void {
  onOwnMessage('addOwnSites', ({ text }) => addSites(text))
}

/** Adds one description, or a list of them; all or none. A host that was described before is described anew. */
async function addSites(text: unknown): Promise<OwnSiteReply> {
  const given = parseList(text)
  const parsed = given.map(parseSiteDescription)
  const bad = parsed.findIndex((each) => 'problem' in each)
  if (bad >= 0) return { added: 0, problem: { index: bad, ...(parsed[bad] as { problem: OwnProblem }).problem } }
  const added = parsed.flatMap((each) => ('description' in each ? [each.description] : []))
  const hosts = new Set(added.map((each) => each.hosts[0]))
  const kept = (await readStoredSites()).filter((stored) => {
    const known = parseSiteDescription(stored)
    return !('description' in known) || !hosts.has(known.description.hosts[0])
  })
  if (kept.length + added.length > MOST_OWN_SITES)
    return { added: 0, problem: { index: 0, field: '', reason: 'too-many' } }
  await writeStoredSites([...kept, ...added])
  return { added: added.length }
}

/** Adds a description that was made here, judged as one that the reader wrote. */
export function storeDescription(description: unknown): Promise<OwnSiteReply> {
  return addSites(JSON.stringify(description))
}

type OwnProblem = Omit<NonNullable<OwnSiteReply['problem']>, 'index'>

/** A list as an export has it, or one description by itself. */
function parseList(text: unknown): unknown[] {
  try {
    const value: unknown = JSON.parse(String(text))
    return Array.isArray(value) && value.length > 0 ? value : [value]
  } catch {
    return [String(text)]
  }
}
