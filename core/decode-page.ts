/** Where a page may name its encoding, in bytes; the standard asks for less. */
const HEAD = 4096

/** A page's text, in the encoding that its `Content-Type` names, or else the page itself, or else UTF-8. */
export function decodePage(bytes: Uint8Array, contentType: string | null): string {
  const label = charsetIn(contentType ?? '') ?? charsetIn(new TextDecoder('latin1').decode(bytes.subarray(0, HEAD)))
  return decoderOf(label).decode(bytes)
}

function charsetIn(text: string): string | undefined {
  return /charset\s{0,5}=\s{0,5}["']?([\w:.-]{1,40})/i.exec(text)?.[1]
}

function decoderOf(label = 'utf-8'): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder() // No encoding of that name.
  }
}
