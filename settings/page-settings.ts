import { booleanSetting, numberSetting, type Setting } from '../core/setting.ts'
import { readStored } from './stored.ts'

/** The settings that scripts in pages need too: theirs is not the weight of the others. */
export const pageSettings = {
  /** The reader's own speed; the defaults and their sources are in core/reading.ts. */
  charactersPerMinute: numberSetting(400, { minimum: 50, maximum: 3000, step: 10 }),
  wordsPerMinute: numberSetting(238, { minimum: 30, maximum: 2000, step: 1 }),
  /** Whether partner links lead straight to the shop too, which takes someone's commission. */
  unwrapAffiliates: booleanSetting(false),
}

/** Keys of the storage begin so; the setting's name follows. */
export const SETTING_PREFIX = 'setting:'

type Settings = Readonly<Record<string, Setting<boolean> | Setting<number>>>
type Values<Table extends Settings> = { [Name in keyof Table]: Table[Name]['default'] }

/** Reads all settings of a table; what is missing or not a value falls back to its default. */
export async function readSettingsOf<Table extends Settings>(table: Table): Promise<Values<Table>> {
  const names = Object.keys(table)
  const stored = await readStored(names.map((name) => SETTING_PREFIX + name))
  const values = names.map((name) => [name, table[name]!.parse(stored[SETTING_PREFIX + name]) ?? table[name]!.default])
  return Object.fromEntries(values) as Values<Table>
}
