import { booleanSetting, choiceSetting, numberSetting, type Setting } from './setting.ts'

/** How the reader page shows a thread, each part once: its default and how a stored value is read. */
export const looksParts = {
  /** `system` follows the light or the dark of the system. */
  theme: choiceSetting('system', ['system', 'paper', 'white', 'grey', 'black']),
  /** `system`: what the browser shows by itself. */
  font: choiceSetting('serif', ['serif', 'sans', 'system']),
  /** In CSS pixels of an unchanged browser; the browser's own text size scales it. */
  textSize: numberSetting(17, { minimum: 12, maximum: 36, step: 1 }),
  /** In heights of the text. */
  lineHeight: numberSetting(1.85, { minimum: 1.3, maximum: 2.6, step: 0.05 }),
  /** The longest line, in Chinese characters. */
  lineWidth: numberSetting(38, { minimum: 16, maximum: 64, step: 1 }),
  isJustified: booleanSetting(false),
  /** Whether each paragraph begins two characters in. */
  isIndented: booleanSetting(false),
} satisfies Record<string, Setting<boolean> | Setting<number> | Setting<string>>

export type ReaderLooks = { [Part in keyof typeof looksParts]: (typeof looksParts)[Part]['default'] }

const parts = Object.keys(looksParts) as (keyof ReaderLooks)[]

/** Reads stored looks; every part that is missing or not a value is what it is by default. */
export function parseLooks(stored: unknown): ReaderLooks {
  const record = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>
  const entries = parts.map((part) => [part, looksParts[part].parse(record[part]) ?? looksParts[part].default])
  return Object.fromEntries(entries) as ReaderLooks
}

/** True where both show a thread alike. */
export function isSameLooks(a: ReaderLooks, b: ReaderLooks): boolean {
  return parts.every((part) => a[part] === b[part])
}
