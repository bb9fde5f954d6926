/** A signature has about one bit for each character of the text, within these bounds. In bits. */
const FEWEST_BITS = 1 << 16
const MOST_BITS = 1 << 21

/**
 * Writes down, approximately, which characters and which pairs of characters a text holds, so that most texts without
 * a word need not be read for it: a bit for each, found by {@link hash}. About a sixteenth of the text's own size.
 */
export function signatureOf(text: string): Uint32Array {
  let bits = FEWEST_BITS
  while (bits < MOST_BITS && bits < text.length) bits *= 2
  const signature = new Uint32Array(bits / 32)
  const mask = bits - 1
  let former = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    const pair = hash(former, unit) & mask
    const single = hash(0, unit) & mask
    signature[pair >>> 5]! |= 1 << (pair & 31)
    signature[single >>> 5]! |= 1 << (single & 31)
    former = unit
  }
  return signature
}

/** False when a text with that signature does not hold the word; true when it may. */
export function mayHold(signature: Uint32Array, word: string): boolean {
  const mask = signature.length * 32 - 1
  const has = (bit: number) => (signature[bit >>> 5]! & (1 << (bit & 31))) !== 0
  if (word.length === 1) return has(hash(0, word.charCodeAt(0)) & mask)
  for (let index = 1; index < word.length; index++) {
    if (!has(hash(word.charCodeAt(index - 1), word.charCodeAt(index)) & mask)) return false
  }
  return true
}

/** Mixes two UTF-16 units into 32 bits of which each prefix of low ones is well spread. */
function hash(first: number, second: number): number {
  const mixed = Math.imul(((first << 16) | second) ^ 0x9e37_79b9, 0x85eb_ca6b)
  const folded = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2_ae35)
  return folded ^ (folded >>> 16)
}
