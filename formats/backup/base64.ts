/** Bytes that are turned at once; a multiple of three, so that the pieces join without padding between them. */
const PIECE = 24_576

/** What newer browsers do a hundred times as fast. */
type WithBase64 = Uint8Array & { toBase64?: () => string }

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  const native = (bytes as WithBase64).toBase64?.()
  if (native !== undefined) return native
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += PIECE)
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE))))
  return pieces.join('')
}

/** The bytes of a text in base64; undefined for what is none. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text)
    const bytes = new Uint8Array(binary.length)
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
    return bytes
  } catch {
    return undefined
  }
}
