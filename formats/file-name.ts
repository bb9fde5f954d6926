/** Longest name in UTF-8 bytes, its ending included: file systems take 255, and some room is for ` (2)`. */
const LONGEST = 180

/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)(?:\.|$)/i

const encoder = new TextEncoder()

/**
 * A file name for a title, safe on Windows, macOS, Linux and Android and in a zip: no separators, control or invisible
 * characters, no dots or spaces at its ends, no device name, at most 180 bytes. Never empty.
 *
 * @param ending without its dot
 */
export function safeFileName(title: string, ending: string, fallback = 'thread'): string {
  const clean = title
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[<>:"/\\|?*%~]+/g, ' ')
    .replace(/\s+/g, ' ')
  const stem = trimEnds(cut(trimEnds(clean), LONGEST - ending.length - 1)) || fallback
  return `${DEVICE.test(stem) ? `_${stem}` : stem}.${ending}`
}

/** A file's own name made safe in the same way, with its ending where it has one. */
export function safeOwnName(name: string, fallback: string): string {
  const [, stem = name, ending = 'bin'] = /^(.*)\.([a-z\d]{1,10})$/is.exec(name) ?? []
  return safeFileName(stem, ending, fallback)
}

/** Makes names unique among those given before, also where a file system knows no upper case: `a.md`, `a (2).md`. */
export class UniqueNames {
  #taken = new Set<string>()
  /** The number to try next for each name, so that ten thousand equal titles are not ten thousand squared tries. */
  #next = new Map<string, number>()

  take(name: string): string {
    const dot = name.lastIndexOf('.')
    const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
    let number = this.#next.get(fold(name)) ?? 1
    let unique = number === 1 ? name : `${stem} (${number})${ending}`
    while (this.#taken.has(fold(unique))) unique = `${stem} (${++number})${ending}`
    this.#next.set(fold(name), number + 1)
    this.#taken.add(fold(unique))
    return unique
  }
}

function fold(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase()
}

function trimEnds(text: string): string {
  let [from, to] = [0, text.length]
  while (from < to && (text[from] === '.' || text[from] === ' ')) from++
  while (to > from && (text[to - 1] === '.' || text[to - 1] === ' ')) to--
  return text.slice(from, to)
}

/** The longest beginning that is so many bytes at most, without half a character at its end. */
function cut(text: string, bytes: number): string {
  if (encoder.encode(text.slice(0, bytes + 1)).length <= bytes && text.length <= bytes) return text
  const whole = encoder.encodeInto(text, new Uint8Array(bytes)).read
  return text.slice(0, whole)
}
