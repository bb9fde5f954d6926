/** A setting: what it is without the reader's word, and how an untrusted stored value is read. */
export interface Setting<T> {
  readonly default: T
  /** Returns the value if it is one, brought into bounds; undefined for anything else. */
  readonly parse: (stored: unknown) => T | undefined
}

/** A number setting with bounds, both included; fractions are kept. */
export interface NumberSetting extends Setting<number> {
  readonly minimum: number
  readonly maximum: number
  readonly step: number
}

export function booleanSetting(defaultValue: boolean): Setting<boolean> {
  return { default: defaultValue, parse: (stored) => (typeof stored === 'boolean' ? stored : undefined) }
}

export function numberSetting(
  defaultValue: number,
  bounds: { minimum: number; maximum: number; step?: number },
): NumberSetting {
  const { minimum, maximum, step = 1 } = bounds
  const parse = (stored: unknown) =>
    typeof stored === 'number' && Number.isFinite(stored) ? Math.min(maximum, Math.max(minimum, stored)) : undefined
  return { default: defaultValue, parse, minimum, maximum, step }
}

/** One of a few words. */
export interface ChoiceSetting<T extends string> extends Setting<T> {
  readonly choices: readonly T[]
}

export function choiceSetting<const T extends string>(
  defaultValue: NoInfer<T>,
  choices: readonly T[],
): ChoiceSetting<T> {
  return { default: defaultValue, parse: (stored) => choices.find((choice) => choice === stored), choices }
}
