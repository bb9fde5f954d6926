import type { Root } from 'hast'
import { Parser, html } from 'parse5'
import type { Token, TreeAdapter } from 'parse5'
import { FastTokenizer } from './fast-tokenizer.ts'
import { createHastAdapter } from './hast-adapter.ts'
import type { HastTypes } from './hast-adapter.ts'

/** Deepest nesting kept, the same figure as in browsers: below it start tags are ignored and their words stay. */
export const MAX_DEPTH = 512

/** Formatting elements (`b`, `font`, …) left open at once; each is opened anew in every later paragraph. */
const MAX_OPEN_FORMATTING = 16

/** Elements after which reading stops; a page of 1,000 posts has about 100,000. */
const MAX_ELEMENTS = 500_000

/**
 * Parses a whole HTML page as browsers do into a hast tree without positions. Never throws and never builds a tree
 * deeper than {@link MAX_DEPTH}, whatever the text: what is nested deeper stands side by side in the deepest element.
 */
export function parseHtml(page: string): Root {
  const parser = new BoundedParser({ treeAdapter: countingAdapter(), scriptingEnabled: false })
  writeBounded(parser, page)
  return parser.document
}

/** Parses a piece of HTML (a post's body, a nickname's markup) into a hast root, under the bounds of `parseHtml`. */
export function parseFragment(piece: string): Root {
  const options = { treeAdapter: countingAdapter(), scriptingEnabled: false }
  const parser = BoundedParser.getFragmentParser<HastTypes>(null, options)
  writeBounded(parser, piece)
  return parser.getFragment()
}

/**
 * The standard's algorithm with bounds on what is open at once. Without them a text of a megabyte can cost the square
 * of its length, for each paragraph reopens every formatting element; and what walks the tree later may recurse.
 */
class BoundedParser extends Parser<HastTypes> {
  /** Start tags that were ignored, by name, so that their end tags do not close an outer element instead. */
  #ignored = new Map<string, number>()

  constructor(...parts: ConstructorParameters<typeof Parser<HastTypes>>) {
    super(...parts)
    this.tokenizer = new FastTokenizer(this.options, this, () => this.#isInBody())
  }

  /** Words and the white space within them go to one place, but for what stands outside of a body: frames keep only the latter. */
  #isInBody(): boolean {
    return this.openElements.stackTop > 0 && this.openElements.currentTagId !== html.TAG_ID.FRAMESET
  }

  override onStartTag(token: Token.TagToken): void {
    const tooDeep = this.openElements.stackTop >= MAX_DEPTH && !VOID_ELEMENTS.has(token.tagName)
    const tooManyOpen = FORMATTING_ELEMENTS.has(token.tagName) && this.#hasManyFormattingElements()
    if (tooDeep || tooManyOpen) {
      if (!token.selfClosing) this.#ignored.set(token.tagName, (this.#ignored.get(token.tagName) ?? 0) + 1)
      token.ackSelfClosing = true
      return
    }
    super.onStartTag(token)
  }

  override onEndTag(token: Token.TagToken): void {
    const ignored = this.#ignored.get(token.tagName)
    if (!ignored) return super.onEndTag(token)
    this.#ignored.set(token.tagName, ignored - 1)
  }

  #hasManyFormattingElements(): boolean {
    let entry = this.activeFormattingElements.newest
    for (let count = 1; entry; count++, entry = entry.older) if (count >= MAX_OPEN_FORMATTING) return true
    return false
  }
}

const VOID_ELEMENTS = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
const FORMATTING_ELEMENTS = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '))

class TooManyElements extends Error {}

/** The tree builder, made to give up at {@link MAX_ELEMENTS}; the tree read so far stays usable. */
function countingAdapter(): TreeAdapter<HastTypes> {
  let count = 0
  return createHastAdapter(() => {
    if (++count > MAX_ELEMENTS) throw new TooManyElements()
  })
}

function writeBounded(parser: Parser<HastTypes>, text: string): void {
  try {
    // The standard reads line ends so, whatever they stand in.
    parser.tokenizer.write(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, true)
  } catch (error) {
    if (!(error instanceof TooManyElements)) throw error
  }
}
