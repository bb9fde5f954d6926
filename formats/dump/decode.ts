/**
 * Bytes to text (rule 7). UTF-8 first; a block that is not UTF-8 decides by which of UTF-8 and GB18030 fits it better,
 * so that one damaged byte does not turn a UTF-8 dump into mojibake. After a good deal of valid UTF-8 only a block that
 * is clearly GB18030 changes the choice, and the other way round: dumps of both kinds may have been joined. A block is
 * cut at a line feed, which is a byte of no longer character in either encoding, and does not depend on how the bytes
 * arrived. UTF-16 is known by its BOM.
 */
import type { DiagnosticCode } from './diagnostic.ts'

const BLOCK_BYTES = 64 * 1024
const LINE_FEED = 0x0a

/** Bytes that UTF-8 takes beyond one for a UTF-16 unit: this many are no chance, whatever else comes. */
const MUCH_EVIDENCE = 1000

export interface DecodedBlock {
  text: string
  notes: DecodingNote[]
}

export interface DecodingNote {
  code: DiagnosticCode
  message: string
  /** Offset in the block's text. */
  at: number
}

export class ByteDecoder {
  #block = new Uint8Array(BLOCK_BYTES)
  #filled = 0
  #isStarted = false
  /** Set while the encoding is not a guess: UTF-16, or the one that was asked for. */
  #fixed: TextDecoder | undefined
  #mode: 'utf-8' | 'gb18030' = 'utf-8'
  #evidence = 0
  #strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  #lenient = new TextDecoder('utf-8', { ignoreBOM: true })
  #gb18030 = new TextDecoder('gb18030', { ignoreBOM: true })

  /** `encoding`: a label of the Encoding standard; anything else is a RangeError. */
  constructor(encoding?: string) {
    if (encoding !== undefined) this.#fixed = new TextDecoder(encoding, { ignoreBOM: true })
  }

  /** The blocks that are complete with these bytes. */
  *push(bytes: Uint8Array): Generator<DecodedBlock> {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + BLOCK_BYTES - this.#filled)
      this.#block.set(part, this.#filled)
      this.#filled += part.length
      at += part.length
      if (this.#filled === BLOCK_BYTES) yield this.#decode(false)
    }
  }

  /** The bytes have ended: the last block. */
  end(): DecodedBlock {
    return this.#decode(true)
  }

  #decode(isLast: boolean): DecodedBlock {
    const all = this.#block.subarray(0, this.#filled)
    const notes = this.#sniff(all)
    if (this.#fixed) {
      this.#filled = 0
      const text = this.#fixed.decode(all, { stream: !isLast })
      return { text, notes: [...notes, ...damageIn(text)] }
    }
    const size = isLast ? all.length : cutSize(all)
    const decoded = this.#guess(all.subarray(0, size), isLast)
    this.#block.copyWithin(0, size, this.#filled)
    this.#filled -= size
    return decoded
  }

  /** Settles on UTF-16 if the first bytes are its BOM. */
  #sniff(bytes: Uint8Array): DecodingNote[] {
    const isFirst = !this.#isStarted
    this.#isStarted = true
    const bom = isFirst && !this.#fixed && bytes.length >= 2 ? bytes[0]! * 256 + bytes[1]! : 0
    if (bom !== 0xfffe && bom !== 0xfeff) return []
    this.#fixed = new TextDecoder(bom === 0xfffe ? 'utf-16le' : 'utf-16be', { ignoreBOM: true })
    return [{ code: 'read-as-utf-16', message: 'The bytes begin as UTF-16 and were read so.', at: 0 }]
  }

  #guess(bytes: Uint8Array, isLast: boolean): DecodedBlock {
    const strict = this.#findStrictText(bytes)
    const evidence = strict === undefined ? 0 : bytes.length - strict.length
    const notes: DecodingNote[] = []
    if (this.#mode === 'gb18030' && evidence > MUCH_EVIDENCE) {
      this.#mode = 'utf-8'
      notes.push({ code: 'read-as-utf-8', message: 'From here on the bytes are UTF-8 and were read so.', at: 0 })
    }
    if (this.#mode === 'utf-8') {
      this.#evidence += evidence
      if (strict !== undefined) return { text: strict, notes }
      const lenient = this.#lenient.decode(bytes)
      if (!this.#isGb18030(lenient, this.#gb18030.decode(bytes))) return { text: lenient, notes: damageIn(lenient) }
      this.#mode = 'gb18030'
      notes.push({ code: 'read-as-gb18030', message: 'The bytes are not UTF-8 and were read as GB18030.', at: 0 })
    }
    const text = this.#gb18030.decode(bytes, { stream: !isLast })
    return { text, notes: [...notes, ...damageIn(text)] }
  }

  #findStrictText(bytes: Uint8Array): string | undefined {
    try {
      return this.#strict.decode(bytes)
    } catch {
      return undefined
    }
  }

  /** True if a block that is not UTF-8 is GB18030 rather than damaged UTF-8, from both readings of it. */
  #isGb18030(asUtf8: string, asGb18030: string): boolean {
    const bad = countReplacements(asUtf8)
    const badGb18030 = countReplacements(asGb18030)
    const good = countMultibyte(asUtf8) - bad
    const isGb18030 =
      this.#evidence > MUCH_EVIDENCE ? bad > 50 && bad > good && badGb18030 * 50 < bad : bad >= good && badGb18030 < bad
    if (!isGb18030) this.#evidence += good
    return isGb18030
  }
}

/** How much of a full block to decode: whole lines; without one, all but a character that its end may cut. */
function cutSize(bytes: Uint8Array): number {
  const lines = bytes.lastIndexOf(LINE_FEED) + 1
  if (lines > 0) return lines
  let lead = bytes.length - 1
  while (lead > bytes.length - 4 && (bytes[lead]! & 0xc0) === 0x80) lead--
  return bytes[lead]! >= 0xc0 ? lead : bytes.length
}

function damageIn(text: string): DecodingNote[] {
  const at = text.indexOf('\ufffd')
  const message = 'Some bytes, first on this line, fit no encoding and were read as U+FFFD.'
  return at === -1 ? [] : [{ code: 'damaged-bytes', message, at }]
}

function countReplacements(text: string): number {
  return text.split('\ufffd').length - 1
}

function countMultibyte(text: string): number {
  return text.match(/[^\0-\x7f]/g)?.length ?? 0
}
