type JsonProblemCode =
  'not-json' | 'not-threads' | 'newer-version' | 'thread-left-out' | 'post-left-out' | 'repeated-post' | 'wrong-value'

/** What is wrong with a document, and where. */
export interface JsonProblem {
  /** Such as `threads[0].posts[3].postedAt`; empty for the document. */
  path: string
  code: JsonProblemCode
  /** In English, for reports of errors. */
  message: string
}

/** Problems told, of however many there are. */
const MOST_PROBLEMS = 1000

/** True for an object that is no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads the fields of unknown values, and collects what is wrong with them. */
export class FieldReader {
  readonly problems: JsonProblem[] = []

  tell(path: string, code: JsonProblemCode, message: string): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ path, code, message })
  }

  /** The fields of a value; undefined, and told, for what is no record. */
  record(value: unknown, path: string): Fields | undefined {
    if (isRecord(value)) return new Fields(value, path, this)
    this.tell(path, 'wrong-value', 'It must be an object.')
    return undefined
  }
}

/** ISO 8601 as the model has it: to the day, or to the second with or without offset. */
const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/

/** One record. An absent field is undefined in silence, one of a wrong kind is undefined and told. */
class Fields {
  #from: Record<string, unknown>
  #path: string
  #reader: FieldReader

  constructor(from: Record<string, unknown>, path: string, reader: FieldReader) {
    this.#from = from
    this.#path = path
    this.#reader = reader
  }

  text(name: string): string | undefined {
    return this.#read(name, 'a text', (value) => (typeof value === 'string' ? value : undefined))
  }

  flag(name: string): boolean | undefined {
    return this.#read(name, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined))
  }

  /** A whole number from `least` on. */
  count(name: string, least: number): number | undefined {
    const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= least
    return this.#read(name, `a whole number from ${least} on`, (value) => (isCount(value) ? value : undefined))
  }

  /** An address of the web, as it stands. */
  address(name: string): string | undefined {
    return this.#read(name, 'an address of the web', (value) => {
      const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
      return url?.protocol === 'https:' || url?.protocol === 'http:' ? (value as string) : undefined
    })
  }

  time(name: string): string | undefined {
    const isTime = (value: unknown): value is string => {
      const [, year, month, day] = (typeof value === 'string' && TIME.exec(value)) || []
      if (year === undefined || Number.isNaN(Date.parse(value as string))) return false
      // Engines take the 30th of February for the 1st of March. The calendar repeats every 400 years.
      const date = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month) - 1, Number(day)))
      return date.getUTCDate() === Number(day)
    }
    return this.#read(name, 'a time (ISO 8601)', (value) => (isTime(value) ? value : undefined))
  }

  inside(name: string): Fields | undefined {
    const value = this.#read(name, 'an object', (found) => (isRecord(found) ? found : undefined))
    return value && new Fields(value, `${this.#path}.${name}`, this.#reader)
  }

  list(name: string): readonly unknown[] {
    return this.#read(name, 'a list', (value) => (Array.isArray(value) ? (value as unknown[]) : undefined)) ?? []
  }

  records(name: string): Fields[] {
    return this.list(name).flatMap(
      (value, index) => this.#reader.record(value, `${this.#path}.${name}[${index}]`) ?? [],
    )
  }

  #read<T>(name: string, expected: string, parse: (value: unknown) => T | undefined): T | undefined {
    if (!Object.hasOwn(this.#from, name)) return undefined
    const found = this.#from[name]
    // A file that holds a NUL is taken for no text, and what was exported could not be read again.
    const value = parse(typeof found === 'string' ? found.replaceAll('\0', '\ufffd') : found)
    if (value === undefined) this.#reader.tell(`${this.#path}.${name}`, 'wrong-value', `It must be ${expected}.`)
    return value
  }
}
