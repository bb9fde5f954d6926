import { browser } from 'wxt/browser'
import { parseLooks } from '../core/reader-looks.ts'
import { AID_PREFIX, readAidSettings, type AidDeclaration } from './aid-settings.ts'
import { LINK_RULES, readLinkRules } from './link-rules.ts'
import { MUTED, readMuted } from './muted.ts'
import { OWN_SITES, readStoredSites } from './own-sites.ts'
import { COMMON_LOOKS, OWN_LOOKS, parseOwnLooks } from './reader-looks.ts'
import type { AllWishes } from './settings-file.ts'
import { SETTING_PREFIX } from './page-settings.ts'
import { readSettings } from './settings.ts'
import { WISH_PREFIXES, type WISH_KEYS } from './wish-keys.ts'

/** Entries of the storage as they were; `undefined` stands for none. */
export type FormerEntries = Readonly<Record<string, unknown>>

/** Reads all that the reader has wished: granted permissions and what the aids remember are no wishes. */
export async function readAllWishes(aids: readonly AidDeclaration[]): Promise<AllWishes> {
  const [values, aidSettings, stored, linkRules, ownSites, muted] = await Promise.all([
    readSettings(),
    readAidSettings(aids),
    browser.storage.local.get([COMMON_LOOKS, OWN_LOOKS]) as Promise<Record<string, unknown>>,
    readLinkRules(),
    readStoredSites(),
    readMuted(),
  ])
  return {
    settings: values,
    aids: aidSettings,
    looks: parseLooks(stored[COMMON_LOOKS]),
    threadLooks: Object.fromEntries(parseOwnLooks(stored[OWN_LOOKS])),
    linkRules,
    muted,
    ownSites,
  }
}

/** Stores wishes that were judged, all at once. Returns what was there before, for {@link putBack}. */
export function writeAllWishes(wishes: AllWishes): Promise<FormerEntries> {
  // A key that is missing here is not compiled.
  const single: Record<(typeof WISH_KEYS)[number], unknown> = {
    [COMMON_LOOKS]: wishes.looks,
    [OWN_LOOKS]: Object.entries(wishes.threadLooks),
    [LINK_RULES]: wishes.linkRules,
    [MUTED]: wishes.muted,
    [OWN_SITES]: wishes.ownSites,
  }
  const prefixed = (prefix: string, values: object) =>
    Object.entries(values).map(([name, value]) => [prefix + name, value as unknown])
  return replace({
    ...single,
    ...(Object.fromEntries([
      ...prefixed(SETTING_PREFIX, wishes.settings),
      ...prefixed(AID_PREFIX, wishes.aids),
    ]) as Record<string, unknown>),
  })
}

/** Forgets what was wished of one aid, so that it is what it declares. Returns what was there before. */
export function forgetAid(id: string): Promise<FormerEntries> {
  return replace({ [AID_PREFIX + id]: undefined })
}

/** Forgets all settings, of aids and looks too; rules, sites, what is muted and threads' own looks stay. Returns what was there before. */
export async function forgetSettings(): Promise<FormerEntries> {
  const stored: Record<string, unknown> = await browser.storage.local.get(null)
  const isSetting = (key: string) => key === COMMON_LOOKS || WISH_PREFIXES.some((prefix) => key.startsWith(prefix))
  return replace(
    Object.fromEntries(
      Object.keys(stored)
        .filter(isSetting)
        .map((key) => [key, undefined]),
    ),
  )
}

/** Puts entries back as they were. */
export async function putBack(former: FormerEntries): Promise<void> {
  await replace(former)
}

async function replace(entries: FormerEntries): Promise<FormerEntries> {
  const keys = Object.keys(entries)
  const stored: Record<string, unknown> = await browser.storage.local.get(keys)
  const gone = keys.filter((key) => entries[key] === undefined)
  await browser.storage.local.set(
    Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)),
  )
  if (gone.length > 0) await browser.storage.local.remove(gone)
  return Object.fromEntries(keys.map((key) => [key, stored[key]]))
}
