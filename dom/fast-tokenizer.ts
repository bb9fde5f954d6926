import { Token, Tokenizer, TokenizerMode } from 'parse5'

const { TokenType } = Token

/** Codes of characters that end a run, or begin something. */
const AMPERSAND = 0x26
const QUOTE = 0x22
const HYPHEN = 0x2d
const LESS_THAN = 0x3c

/** References with their semicolon mean the same wherever they stand. */
const REFERENCES: readonly (readonly [written: string, meant: string])[] = [
  ['&quot;', '"'],
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
]

/** Shortest part of a string that V8 keeps as a part of the whole, and the whole with it. */
const SHARED_LENGTH = 13

/**
 * parse5's tokenizer, which reads a character at a time through three calls, made to take runs of plain characters at
 * once: most of a page is words, attributes and scripts. Whatever else there is goes the standard's way. Only for a text
 * that is written in one piece, without carriage returns, and read without positions.
 *
 * What it overrides is no promise of parse5's, so `package.json` names one version. A later one is tried by `npm run types`
 * and `test/unit/dom/fast-tokenizer.test.ts`.
 */
export class FastTokenizer extends Tokenizer {
  /** True while white space within words may be handed on with them, as one piece of text. */
  readonly #mayMixSpace: () => boolean

  constructor(
    options: ConstructorParameters<typeof Tokenizer>[0],
    handler: ConstructorParameters<typeof Tokenizer>[1],
    mayMixSpace: () => boolean,
  ) {
    super(options, handler)
    this.#mayMixSpace = mayMixSpace
    // What was read is kept: the text is in memory as a whole anyway, and cutting it costs more.
    this.preprocessor.bufferWaterline = Infinity
  }

  protected override _stateData(cp: number): void {
    super._stateData(cp)
    if (this.state === TokenizerMode.DATA) this.#takeText(AMPERSAND)
  }

  protected override _stateRcdata(cp: number): void {
    super._stateRcdata(cp)
    if (this.state === TokenizerMode.RCDATA) this.#takeText(AMPERSAND)
  }

  protected override _stateRawtext(cp: number): void {
    super._stateRawtext(cp)
    if (this.state === TokenizerMode.RAWTEXT) this.#takeText(LESS_THAN)
  }

  protected override _stateScriptData(cp: number): void {
    super._stateScriptData(cp)
    if (this.state === TokenizerMode.SCRIPT_DATA) this.#takeText(LESS_THAN)
  }

  protected override _stateAttributeValueDoubleQuoted(cp: number): void {
    const { state } = this
    if (cp === AMPERSAND && this.#takeReferences()) return
    super._stateAttributeValueDoubleQuoted(cp)
    if (this.state === state) this.#takeRun(QUOTE, AMPERSAND)
  }

  protected override _stateComment(cp: number): void {
    const { state } = this
    super._stateComment(cp)
    if (this.state === state) this.#takeRun(HYPHEN, LESS_THAN)
  }

  protected override _stateTagName(cp: number): void {
    if (isNameCode(cp)) (this.currentToken as Token.TagToken).tagName += this.#takeName()
    else super._stateTagName(cp)
  }

  protected override _stateAttributeName(cp: number): void {
    if (isNameCode(cp)) this.currentAttr.name += this.#takeName()
    else super._stateAttributeName(cp)
  }

  /** Adds to the text that was begun what follows of its kind, up to the next tag or `stop`. */
  #takeText(stop: number): void {
    const token = this.currentCharacterToken
    if (!token || this.runEnd !== this.preprocessor.pos + 1) return
    const { html } = this.preprocessor
    let at = this.runEnd
    if (token.type === TokenType.WHITESPACE_CHARACTER) {
      while (isSpace(html.charCodeAt(at))) at++
    } else if (token.type === TokenType.CHARACTER) {
      const mixes = this.#mayMixSpace()
      for (let code = html.charCodeAt(at); code !== LESS_THAN && code !== stop; code = html.charCodeAt(++at)) {
        if (!isPlain(code) && !(mixes && isSpace(code))) break
      }
    }
    this.#endRun(at)
  }

  /** Adds to the attribute's value or the comment that was begun what follows of it, up to one of two characters. */
  #takeRun(stop: number, otherStop: number): void {
    if (this.runEnd !== this.preprocessor.pos + 1) return
    const { html } = this.preprocessor
    let at = this.runEnd
    for (let code = html.charCodeAt(at); code !== stop && code !== otherStop; code = html.charCodeAt(++at)) {
      if (!isPlain(code) && !isSpace(code)) break
    }
    this.#endRun(at)
  }

  /**
   * Takes the references that stand for the four characters of markup itself, with the plain text between them: data for
   * scripts is an attribute with thousands of quotes. False where another reference, or none, stands here.
   */
  #takeReferences(): boolean {
    const { html, pos } = this.preprocessor
    let at = pos
    let value = ''
    while (html.charCodeAt(at) === AMPERSAND) {
      const found = REFERENCES.find(([written]) => html.startsWith(written, at))
      if (!found) break
      at += found[0].length
      const start = at
      for (let code = html.charCodeAt(at); code !== QUOTE && code !== AMPERSAND; code = html.charCodeAt(++at)) {
        if (!isPlain(code) && !isSpace(code)) break
      }
      value += found[1] + ownCopy(html, start, at)
    }
    if (at === pos) return false
    this._flushRun(value)
    this.runStart = at
    this.#endRun(at)
    return true
  }

  #endRun(end: number): void {
    this.runEnd = end
    this.preprocessor.pos = end - 1
  }

  /** The plain part of a name, from the character just read. */
  #takeName(): string {
    const { html, pos } = this.preprocessor
    let end = pos + 1
    while (isNameCode(html.charCodeAt(end))) end++
    this.preprocessor.pos = end - 1
    return ownCopy(html, pos, end)
  }
}

/** A part of a page that is kept for longer than it: the whole page must not stay with one. */
function ownCopy(html: string, start: number, end: number): string {
  const part = html.slice(start, end)
  return part.length < SHARED_LENGTH ? part : ` ${part}`.slice(1)
}

/** Stands for itself wherever text stands; halves of pairs and controls, which do not, go the long way. NaN is none. */
function isPlain(code: number): boolean {
  return (code > 0x20 && code < 0xd800) || code > 0xdfff
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0c
}

/** `a` to `z`, digits and the hyphen. */
function isNameCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || code === HYPHEN || (code >= 0x30 && code <= 0x39)
}
