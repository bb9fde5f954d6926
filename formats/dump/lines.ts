/**
 * Text in pieces of any size, out in blocks of whole lines that end in `\n` (rule 7: a BOM is dropped, CRLF and CR
 * read as LF, also when a piece ends between the two).
 */
export class LineBlocks {
  #isStarted = false
  #hasCarriageReturn = false
  #tail = ''

  /** The whole lines that are complete with this piece, possibly none. */
  push(piece: string): string {
    let text = this.#isStarted || piece.charCodeAt(0) !== 0xfeff ? piece : piece.slice(1)
    this.#isStarted ||= piece !== ''
    if (this.#hasCarriageReturn) text = `\r${text}`
    this.#hasCarriageReturn = text.endsWith('\r')
    if (this.#hasCarriageReturn) text = text.slice(0, -1)
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n')
    const cut = text.lastIndexOf('\n') + 1
    if (cut === 0) {
      this.#tail += text
      return ''
    }
    const block = this.#tail + text.slice(0, cut)
    this.#tail = text.slice(cut)
    return block
  }

  /** The begun last line, whose end has not come yet. */
  get tail(): string {
    return this.#tail
  }

  /** Takes the begun last line out; what comes next continues it. */
  takeTail(): string {
    const tail = this.#tail
    this.#tail = ''
    return tail
  }

  /** The text has ended: its last line, with `\n` only if a line end had come. */
  end(): string {
    return this.#hasCarriageReturn ? `${this.takeTail()}\n` : this.takeTail()
  }
}
