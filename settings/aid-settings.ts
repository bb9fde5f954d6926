import { browser } from 'wxt/browser'
import type { Setting } from '../core/setting.ts'
import { readStored } from './stored.ts'

/** What a reader's word on one aid may touch; the aids declare it, so defaults stand in one place only. */
export interface AidDeclaration {
  readonly id: string
  readonly enabledByDefault: boolean
  readonly options: Readonly<Record<string, Setting<boolean> | Setting<number> | Setting<string>>>
}

export interface AidSettings {
  enabled: boolean
  /** A value for every declared option. */
  options: Record<string, boolean | number | string>
}

/** Keys of the storage begin so; the aid's id follows. */
export const AID_PREFIX = 'aid:'

/** Reads one stored record; every field that is missing or not a value falls back to what the aid declares. */
export function parseAidSettings(aid: AidDeclaration, stored: unknown): AidSettings {
  const record = isRecord(stored) ? stored : {}
  const options = isRecord(record.options) ? record.options : {}
  return {
    enabled: typeof record.enabled === 'boolean' ? record.enabled : aid.enabledByDefault,
    options: Object.fromEntries(
      Object.entries(aid.options).map(([name, option]) => [name, option.parse(options[name]) ?? option.default]),
    ),
  }
}

/** Reads the settings of all given aids, by aid id. */
export async function readAidSettings(aids: readonly AidDeclaration[]): Promise<Record<string, AidSettings>> {
  const stored = await readStored(aids.map((aid) => AID_PREFIX + aid.id))
  return Object.fromEntries(aids.map((aid) => [aid.id, parseAidSettings(aid, stored[AID_PREFIX + aid.id])]))
}

/** Stores one aid's settings whole. */
export async function writeAidSettings(aid: AidDeclaration, values: AidSettings): Promise<void> {
  await browser.storage.local.set({ [AID_PREFIX + aid.id]: parseAidSettings(aid, values) })
}

/** Calls `listener` whenever settings of any aid change, in whatever context, until `signal` aborts. */
export function watchAidSettings(listener: () => void, signal: AbortSignal): void {
  const onChanged = (changes: Record<string, unknown>, area: string) => {
    if (area === 'local' && Object.keys(changes).some((key) => key.startsWith(AID_PREFIX))) listener()
  }
  browser.storage.onChanged.addListener(onChanged)
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(onChanged))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
