import { parseTime } from '../../core/dates.ts'

/**
 * Data that an engine puts into a page for its own script. As hostile as all else: each field is looked at before use,
 * and what every object has by itself (`constructor`) is no field.
 */

export type Fields = Readonly<Record<string, unknown>>

const NO_FIELDS: Fields = {}

/** Parses JSON; undefined for what is none. */
export function parseData(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '')
  } catch {
    return undefined
  }
}

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NO_FIELDS
}

/** The object in a field; without fields where there is none. */
export function objectIn(fields: Fields, name: string): Fields {
  return fieldsOf(valueIn(fields, name))
}

/** The list in a field; empty where there is none. */
export function listIn(fields: Fields, name: string): readonly unknown[] {
  const value = valueIn(fields, name)
  return Array.isArray(value) ? value : []
}

/** The text in a field, trimmed; undefined where there is none or an empty one. */
export function textIn(fields: Fields, name: string): string | undefined {
  const value = valueIn(fields, name)
  return typeof value === 'string' ? value.trim() || undefined : undefined
}

/** The whole number, zero or above, in a field. */
export function countIn(fields: Fields, name: string): number | undefined {
  const value = valueIn(fields, name)
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

/** The time in a field, as `parseTime` reads it. */
export function timeIn(fields: Fields, name: string): string | undefined {
  return parseTime(textIn(fields, name) ?? '')
}

/** A numeric id above zero in a field, written as a number or as text. */
export function idFieldIn(fields: Fields, name: string): string | undefined {
  const value = valueIn(fields, name)
  const digits = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return typeof digits === 'string' && /^[1-9]\d{0,17}$/.test(digits) ? digits : undefined
}

function valueIn(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}
