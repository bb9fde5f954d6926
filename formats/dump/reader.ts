/**
 * The one parser of dumps, for whole texts and for streams: pieces of text in, threads and diagnostics out. Text
 * between directives is taken in whole slices: a line costs one search for its end and a look at its first character.
 *
 * A title may be any line, also one that looks like a directive; it is one where the grammar says so (a title, a blank
 * line, then a directive or the end). Otherwise such a line is a directive, and the title is missing.
 */
import type { Thread } from '../../core/thread.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Directive } from './directives.ts'
import { findDirective, hasImpossibleDate, isEscapedLine } from './directives.ts'
import { LineBlocks } from './lines.ts'
import type { BuilderLimits } from './thread-builder.ts'
import { LONGEST_HELD, shortened, ThreadBuilder } from './thread-builder.ts'

const HASH = 0x23
const BACKSLASH = 0x5c

/** Below this length V8 copies a slice instead of keeping its source alive. */
const SHORTEST_SLICE = 13

/** Where the parser is in a thread's two header lines; `text` is everything after them, or before any. */
type State = 'title' | 'blank' | 'after-blank' | 'text'

export class DumpReader {
  #builder: ThreadBuilder
  #isBounded: boolean
  #lines = new LineBlocks()
  #line = 0
  #state: State = 'text'
  /** A title line that looks like a directive, until the lines after it decide. */
  #held: { text: string; line: number; directive: Directive } | undefined
  #isInsideLine = false
  #isLongLineKept = false

  constructor(limits: BuilderLimits) {
    this.#builder = new ThreadBuilder(limits)
    this.#isBounded = limits.isBounded
  }

  /** The 1-based line that the next character belongs to. */
  get line(): number {
    return this.#line + 1
  }

  /** Takes a piece of text, of any size and cut anywhere. */
  push(piece: string): void {
    const block = this.#lines.push(piece)
    if (block !== '') this.#readBlock(block)
    if (!this.#isBounded) return
    this.#handOnLongLine()
    this.#builder.handOnStray()
  }

  /** The text has ended: completes what is open. */
  end(): void {
    const rest = this.#lines.end()
    const isCut = rest === '' ? this.#isInsideLine : !rest.endsWith('\n')
    if (isCut || rest !== '') this.#readBlock(isCut ? `${rest}\n` : rest)
    this.#endHeader(isCut)
    this.#builder.end(this.#line, isCut)
  }

  /** Puts a diagnostic of the caller's into its place among those of the dump. */
  add(diagnostic: Diagnostic): void {
    this.#builder.add(diagnostic)
  }

  /** Everything that was completed since the last call, in order. */
  take(): (Thread | Diagnostic)[] {
    return this.#builder.take()
  }

  /** `block`: whole lines, of which the first may continue one that was handed on. */
  #readBlock(block: string): void {
    let from = 0
    let at = 0
    if (this.#isInsideLine) {
      at = block.indexOf('\n') + 1
      this.#line++
    }
    this.#isInsideLine = false
    this.#isLongLineKept = false
    for (let end = block.indexOf('\n', at); end !== -1; at = end + 1, end = block.indexOf('\n', at)) {
      const line = ++this.#line
      const first = block.charCodeAt(at)
      if (this.#state !== 'text') {
        this.#readHeaderLine(detached(block.slice(at, end)), line)
        from = end + 1
      } else if (first === HASH) {
        const directive = this.#findDirective(detached(block.slice(at, end)), line)
        if (!directive) continue
        this.#builder.append(block.slice(from, at))
        this.#open(directive, line)
        from = end + 1
      } else if (first === BACKSLASH && this.#builder.hasPost && isEscapedLine(block.slice(at, end))) {
        this.#builder.append(block.slice(from, at))
        from = at + 1
      }
    }
    this.#builder.append(block.slice(from))
  }

  /** The directive that a line is, here: a quote outside a post is none. Reports an impossible date. */
  #findDirective(text: string, line: number): Directive | undefined {
    const directive = findDirective(text)
    if (directive?.kind === 'quote' && !this.#builder.hasPost) return undefined
    if (!directive && hasImpossibleDate(text)) {
      const message = `No calendar or clock shows this time: "${shortened(text)}". The line is kept as text.`
      this.#builder.report('impossible-date', message, line)
    }
    return directive
  }

  #open(directive: Directive, line: number): void {
    this.#builder.open(directive, line)
    if (directive.kind === 'thread') this.#state = 'title'
  }

  #readHeaderLine(text: string, line: number): void {
    const directive = findDirective(text)
    const isOpening = directive !== undefined && directive.kind !== 'quote'
    if (this.#state === 'title') {
      if (isOpening) this.#held = { text, line, directive }
      else this.#setTitle(text, line)
      this.#state = 'blank'
    } else if (this.#state === 'blank' && text === '') {
      this.#state = this.#held ? 'after-blank' : 'text'
      this.#builder.startText(line + 1)
    } else if (this.#state === 'after-blank' && isOpening) {
      this.#takeHeldTitle()
      this.#open(directive, line)
    } else if (this.#held) {
      const hadBlank = this.#state === 'after-blank'
      this.#openHeld()
      if (hadBlank) this.#readLine('', line - 1)
      this.#readLine(text, line)
    } else {
      this.#builder.report('missing-blank-line', 'There is no blank line after the title.', line)
      this.#state = 'text'
      this.#builder.startText(line)
      this.#readLine(text, line)
    }
  }

  /** One line, wherever the parser is: for the few lines that are not read in a block. */
  #readLine(text: string, line: number): void {
    if (this.#state !== 'text') return this.#readHeaderLine(text, line)
    const directive = text.startsWith('#') ? this.#findDirective(text, line) : undefined
    if (directive) this.#open(directive, line)
    else this.#builder.append(`${this.#builder.hasPost && isEscapedLine(text) ? text.slice(1) : text}\n`)
  }

  #setTitle(text: string, line: number): void {
    if (text.startsWith('#')) this.#findDirective(text, line)
    this.#builder.setTitle(text)
  }

  #takeHeldTitle(): void {
    this.#builder.setTitle(this.#held!.text)
    this.#held = undefined
    this.#state = 'text'
  }

  /** What was held as a title is a directive, and the title is missing. */
  #openHeld(): void {
    const { directive, line } = this.#held!
    this.#held = undefined
    this.#state = 'text'
    this.#builder.report('missing-title', 'There is no title line after the "#t" line.', line)
    this.#open(directive, line)
  }

  #endHeader(isCut: boolean): void {
    if (this.#state === 'after-blank') return this.#takeHeldTitle()
    if (this.#held) this.#openHeld()
    if (this.#state === 'title') {
      this.#builder.report('missing-title', 'The dump ends before the title.', this.#line)
    } else if (this.#state === 'blank' && !isCut) {
      this.#builder.report('missing-blank-line', 'There is no blank line after the title.', this.#line)
    }
  }

  /** Nothing as long as this is a directive: the line is text, and what there is of it need not be held back. */
  #handOnLongLine(): void {
    const { tail } = this.#lines
    if (tail.length <= LONGEST_HELD || this.#state !== 'text' || this.#isLongLineKept) return
    // A nickname of any length is still a nickname, so a line that begins like a directive is waited for.
    this.#isLongLineKept = !this.#isInsideLine && /^\\*#[tpq]/.test(tail)
    if (this.#isLongLineKept) return
    this.#builder.append(this.#lines.takeTail())
    this.#isInsideLine = true
  }
}

/** The same text without a tie to the block that it was cut from, which it would keep in memory. */
function detached(text: string): string {
  return text.length < SHORTEST_SLICE ? text : ` ${text}`.slice(1)
}
