/**
 * A body's bytes; undefined, and the rest is not asked for, when there are more than `most`. Rejects where the connection
 * ends before the body does.
 *
 * @param onPiece called for each piece that came
 */
export async function readBody(
  body: ReadableStream<Uint8Array>,
  most: number,
  onPiece: () => void = () => {},
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  // Not every browser can iterate streams.
  const reader = body.getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    onPiece()
    length += value.length
    if (length > most) {
      await reader.cancel().catch(() => undefined) // Nothing more is read of it either way.
      return undefined
    }
    pieces.push(value)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
