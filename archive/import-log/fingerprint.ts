import type { PostRecord } from '../records.ts'
import { archivedPostOf } from '../records.ts'

/** Tells whether a post is still as it was left; where it stands is told apart. */
export function fingerprintPost(record: PostRecord): string {
  return fingerprint(JSON.stringify(archivedPostOf(record)))
}

/** Tells words of a post from other words. */
export function fingerprintWords({ html, text }: { html: string; text: string }): string {
  return fingerprint(`${html}\n${text}`)
}

/**
 * 53 bits of a text, and its length (the mixing is cyrb53's, which is in the public domain). Against chance, not
 * against people: who can write a post that collides with another could have written the other.
 */
function fingerprint(text: string): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return `${(4294967296 * (2097151 & b) + (a >>> 0)).toString(36)}-${text.length.toString(36)}`
}
