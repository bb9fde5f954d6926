import { browser } from 'wxt/browser'
import { booleanSetting, numberSetting, type Setting } from '../core/setting.ts'
import { pageSettings, readSettingsOf, SETTING_PREFIX } from './page-settings.ts'

/**
 * Every setting of the extension but the aids' own (see aid-settings.ts), each once: its default and how a stored value
 * is read. Each lies under a storage key of its own, so that two pages writing two settings never undo each other.
 */
export const settings = {
  /** Whether thread pages that are read are kept for reading offline. */
  caching: booleanSetting(true),
  /** What the cache of read threads may take, in megabytes; saved threads do not count. */
  cacheMegabytes: numberSetting(500, { minimum: 10, maximum: 20_000, step: 10 }),
  ...pageSettings,
  /** From one request of a save to a host to the next, in seconds. */
  saveSecondsBetweenRequests: numberSetting(1, { minimum: 0.2, maximum: 60, step: 0.1 }),
  /** Whether the pictures of saved threads are kept with them, and other attachments. */
  keepPictures: booleanSetting(true),
  keepFiles: booleanSetting(false),
  /** What a picture or file may take, what those of a thread, and what all together, in megabytes. */
  fileMegabytes: numberSetting(10, { minimum: 1, maximum: 200, step: 1 }),
  threadFilesMegabytes: numberSetting(300, { minimum: 1, maximum: 20_000, step: 10 }),
  allFilesMegabytes: numberSetting(3000, { minimum: 10, maximum: 200_000, step: 100 }),
  /** From one picture or file to the next from a host, in seconds. */
  secondsBetweenFiles: numberSetting(0.3, { minimum: 0, maximum: 60, step: 0.1 }),
} satisfies Record<string, Setting<never> | Setting<boolean> | Setting<number>>

export type SettingName = keyof typeof settings
export type SettingValue<Name extends SettingName> = (typeof settings)[Name]['default']
export type SettingValues = { [Name in SettingName]: SettingValue<Name> }

const names = Object.keys(settings) as SettingName[]

/** Reads all settings; what is missing or not a value falls back to its default. */
export function readSettings(): Promise<SettingValues> {
  return readSettingsOf(settings)
}

/** Stores one setting. Rejects with a `RangeError` when the value is not one. */
export async function writeSetting<Name extends SettingName>(name: Name, value: SettingValue<Name>): Promise<void> {
  const parsed = settings[name].parse(value)
  if (parsed === undefined) throw new RangeError(`${String(value)} is not a value for the setting ${name}`)
  await browser.storage.local.set({ [SETTING_PREFIX + name]: parsed })
}

/** Calls `listener` with all settings whenever one of them changes, in whatever context, until `signal` aborts. */
export function watchSettings(listener: (values: SettingValues) => void, signal: AbortSignal): void {
  const onChanged = (changes: Record<string, unknown>, area: string) => {
    if (area === 'local' && names.some((name) => SETTING_PREFIX + name in changes)) void readSettings().then(listener)
  }
  browser.storage.onChanged.addListener(onChanged)
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(onChanged))
}
