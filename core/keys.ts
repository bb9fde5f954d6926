import type { Setting } from './setting.ts'

/** A setting that holds one key: the character it writes, or nothing where it is switched off. */
export interface KeySetting extends Setting<string> {
  readonly isKey: true
}

export function keySetting(defaultKey: string): KeySetting {
  const parse = (stored: unknown) => (stored === '' || isKey(stored) ? stored : undefined)
  return { default: defaultKey, isKey: true, parse }
}

/** True for a character that can be a key: one that every keyboard has, whatever language it writes. */
export function isKey(value: unknown): value is string {
  return typeof value === 'string' && /^[!-~]$/.test(value)
}

/**
 * The key that was pressed, as a {@link KeySetting} holds it; undefined for what can be none. Capitals count as small
 * letters unless Shift is held. A keyboard or input method that writes other letters gives those in their place.
 */
export function keyOf({ key, code, shiftKey }: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string | undefined {
  if ([...key].length !== 1) return undefined
  const typed = key.normalize('NFKC')
  const letter = /^[a-z]$/i.test(typed) ? typed : isKey(typed) ? undefined : /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return shiftKey ? letter.toUpperCase() : letter.toLowerCase()
  if (isKey(typed)) return typed
  return code === 'Slash' ? (shiftKey ? '?' : '/') : undefined
}

/** The name that has a key already, other than the one it is meant for; undefined where the key is free. */
export function findKeyHolder(keys: Readonly<Record<string, string>>, key: string, name: string): string | undefined {
  if (key === '') return undefined
  return Object.keys(keys).find((other) => other !== name && keys[other] === key)
}
