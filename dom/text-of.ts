import type { Nodes } from 'hast'
import { parseFragment } from './parse-html.ts'

/**
 * The plain text that a reader sees of a tree or of HTML: blocks and `<br>` end a line, an empty paragraph is an empty
 * line, white space collapses as on the page, `&nbsp;` is an ordinary space that does not collapse (forums indent with
 * it), U+3000 stays. Pictures give nothing. No white space at line ends, no empty lines around the whole.
 */
export function textOf(source: Nodes | string): string {
  const lines = new Lines()
  const tree = typeof source === 'string' ? parseFragment(source) : source
  const waiting: (Nodes | End)[] = []
  // Asked for itself, also an element that is silent within others (a page's <title>) gives its text.
  if ('children' in tree) pushChildren(waiting, tree.children)
  else waiting.push(tree)
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('close' in next) lines.closeElement(next)
    else if (next.type === 'text') lines.addText(next.value)
    else if (next.type === 'element' && !SILENT.has(next.tagName)) {
      if (next.tagName === 'br') {
        lines.endLine()
        continue
      }
      if (SHAPING.has(next.tagName)) waiting.push(lines.openElement(next.tagName))
      pushChildren(waiting, next.children)
    }
  }
  return lines.toString()
}

function pushChildren(waiting: (Nodes | End)[], children: Nodes[]): void {
  for (let index = children.length - 1; index >= 0; index--) waiting.push(children[index]!)
}

/** An element to be closed, and how many lines stood when it opened. */
interface End {
  close: string
  lines: number
}

const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hr legend li listing main nav ol p plaintext pre section summary table ' +
    'tbody tfoot thead tr ul xmp'
  ).split(' '),
)

const PREFORMATTED = new Set(['pre', 'listing', 'plaintext', 'xmp', 'textarea'])

/** Elements whose beginning or end changes how text is set; within lines most of a post's do not. */
const SHAPING = new Set([...BLOCKS, ...PREFORMATTED, 'td', 'th'])

/** Elements whose content is not text that a reader sees. */
const SILENT = new Set(
  (
    'applet area audio base canvas embed frame frameset head iframe img input link map math meta noembed noframes ' +
    'noscript object param script select source style svg template title track video'
  ).split(' '),
)

/**
 * Collects text into lines as a page would set it, with no width. The line that grows is only ever added to: looking
 * into it after each piece would cost the square of its length.
 */
class Lines {
  #lines: string[] = []
  #current = ''
  /** Nothing but collapsible white space on the current line. */
  #isBlank = true
  #endsWithSpace = true
  #preformatted = 0

  openElement(tag: string): End {
    if (BLOCKS.has(tag)) this.#breakLine()
    if (PREFORMATTED.has(tag)) this.#preformatted++
    return { close: tag, lines: this.#lines.length }
  }

  closeElement({ close: tag, lines }: End): void {
    if (PREFORMATTED.has(tag)) this.#preformatted--
    if (tag === 'td' || tag === 'th') this.#append('\t')
    if (!BLOCKS.has(tag)) return
    this.#breakLine()
    if (tag === 'p' && lines === this.#lines.length) this.#lines.push('')
  }

  addText(text: string): void {
    if (this.#preformatted) return this.#addPreformatted(text)
    const collapsed = text.replace(/[ \t\n\f\r]+/g, ' ')
    this.#append(this.#endsWithSpace && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed)
  }

  #addPreformatted(text: string): void {
    const [first, ...more] = text.split(/\r\n?|\n/)
    this.#append(first!)
    for (const line of more) {
      this.endLine()
      this.#append(line)
    }
  }

  #append(piece: string): void {
    if (!piece) return
    this.#current += piece
    this.#isBlank &&= !/[^ \t]/.test(piece)
    this.#endsWithSpace = piece.endsWith(' ') || piece.endsWith('\t')
  }

  /** Ends the line, also an empty one. */
  endLine(): void {
    this.#lines.push(this.#current.replaceAll('\u00a0', ' ').trimEnd())
    this.#startLine()
  }

  /** Ends the line unless nothing stands on it. */
  #breakLine(): void {
    if (this.#isBlank) this.#startLine()
    else this.endLine()
  }

  #startLine(): void {
    this.#current = ''
    this.#isBlank = true
    this.#endsWithSpace = true
  }

  toString(): string {
    this.#breakLine()
    const isWritten = (line: string) => line !== ''
    const first = this.#lines.findIndex(isWritten)
    return first < 0 ? '' : this.#lines.slice(first, this.#lines.findLastIndex(isWritten) + 1).join('\n')
  }
}
