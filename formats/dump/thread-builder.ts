import type { Post, Thread } from '../../core/thread.ts'
import { bodyHtml } from './body-html.ts'
import type { Diagnostic, DiagnosticCode } from './diagnostic.ts'
import type { Directive, PostLine, ThreadLine } from './directives.ts'
import { parseToken } from './fields.ts'
import { isSmallerId, PostIds } from './post-ids.ts'
import type { ThreadHeader } from './thread-shape.ts'
import { postOf, strayThreadHeader, threadHeader } from './thread-shape.ts'

/** Characters of a line, or of text that belongs to no post, that are held before they are handed on in pieces. */
export const LONGEST_HELD = 1 << 20

/** Threads that are remembered to report a second one; nothing else depends on it. */
const MOST_KEYS = 100_000

export interface BuilderLimits {
  /** Posts, and characters in them, after which a part of a thread is given. */
  posts: number
  characters: number
  /** Give text that belongs to no post in pieces instead of whole. */
  isBounded: boolean
}

interface OpenThread {
  header: ThreadHeader
  posts: Post[]
  characters: number
  wasGiven: boolean
  ids: PostIds
  last?: PostLine
}

/** Turns directives and the text between them into threads and diagnostics, in the order in which they are complete. */
export class ThreadBuilder {
  #limits: BuilderLimits
  #items: (Thread | Diagnostic)[] = []
  #thread: OpenThread | undefined
  /** The post at hand, and whom the lines at hand quote: nobody if undefined. */
  #post: { post: Post; quoted?: string } | undefined
  /** The lines of the body, excerpt or stray text at hand, each with its end, and the number of the first. */
  #section = ''
  #sectionLine = 1
  #hasDirective = false
  #firstText: { line: number; text: string } | undefined
  #keys = new Set<string>()

  constructor(limits: BuilderLimits) {
    this.#limits = limits
  }

  get hasPost(): boolean {
    return this.#post !== undefined
  }

  /** Adds lines, each with its end, to the body, excerpt or stray text at hand. */
  append(lines: string): void {
    this.#section += lines
  }

  /** Says which line of the dump the next text begins at. */
  startText(line: number): void {
    this.#sectionLine = line
  }

  setTitle(title: string): void {
    this.#thread!.header.title = title
  }

  report(code: DiagnosticCode, message: string, line: number, text?: string): void {
    this.add({ line, code, message, ...(text === undefined ? {} : { text }) })
  }

  add(diagnostic: Diagnostic): void {
    this.#items.push(diagnostic)
  }

  take(): (Thread | Diagnostic)[] {
    const items = this.#items
    this.#items = []
    return items
  }

  /** A directive on this line ends what was open before it. A quote is only one within a post. */
  open(directive: Directive, line: number): void {
    if (directive.kind === 'quote') {
      this.#closeSection()
      this.#post!.quoted = directive.username
      return
    }
    this.#hasDirective = true
    if (this.#post) this.#closePost(line, false)
    else this.#closeStray()
    if (directive.kind === 'thread') this.#openThread(directive, line)
    else this.#openPost(directive, line)
    this.#sectionLine = line + 1
  }

  /** Gives stray text that has grown long, in a stream where it may never end. */
  handOnStray(): void {
    if (!this.#post && this.#section.length > LONGEST_HELD) this.#closeStray()
  }

  /** The dump has ended with this line, `isCut` within it. */
  end(line: number, isCut: boolean): void {
    if (isCut && this.#hasDirective) {
      this.report('truncated-line', 'The last line has no line end: the dump may have been cut off here.', line)
    }
    if (this.#post) this.#closePost(line, isCut)
    else if (this.#hasDirective) this.#closeStray()
    else this.#reportNoDump()
    this.#giveThread(true)
  }

  #openThread(directive: ThreadLine, line: number): void {
    this.#giveThread(true)
    const header = threadHeader(directive)
    if (this.#keys.has(header.key)) {
      this.report('duplicate-thread', `Thread ${shortened(header.id)} was in this dump before.`, line)
    } else if (this.#keys.size < MOST_KEYS) this.#keys.add(header.key)
    this.#thread = openThread(header)
  }

  #openPost(directive: PostLine, line: number): void {
    if (!this.#thread) {
      this.report('post-outside-thread', 'There is no "#t" line before this post.', line)
      this.#thread = openThread(strayThreadHeader(directive.id))
    }
    const { header, ids, last } = this.#thread
    const name = `Post ${shortened(directive.id)}`
    const repeats = ids.add(directive.id)
    const id = repeats === 0 ? directive.id : `${directive.id}~${repeats + 1}`
    if (repeats > 0) {
      const message = `${name} was in this thread before; this one is kept beside it, as number ${repeats + 1}.`
      this.report('duplicate-post', message, line)
    }
    if (last && (isSmallerId(directive.id, last.id) || directive.postedAt < last.postedAt)) {
      this.report('post-out-of-order', `${name} is older than the one above it; the order is kept.`, line)
    }
    this.#thread.last = directive
    this.#post = { post: postOf(directive, id, header) }
  }

  /** `line`: where the post's blank line is missed if it has none. */
  #closePost(line: number, isCut: boolean): void {
    if (this.#section === '\n' || this.#section.endsWith('\n\n')) this.#section = this.#section.slice(0, -1)
    else if (!isCut) this.report('missing-blank-line', 'There is no blank line at the end of the post.', line)
    this.#closeSection()
    const { post } = this.#post!
    const thread = this.#thread!
    this.#post = undefined
    post.html = bodyHtml(post.text)
    thread.posts.push(post)
    thread.characters += post.quotes.reduce((sum, { excerpt }) => sum + excerpt.length, post.text.length)
    const isFull = thread.posts.length >= this.#limits.posts || thread.characters >= this.#limits.characters
    if (isFull) this.#giveThread(false)
  }

  /** Ends the lines at hand, which are the post's own or a quote's. */
  #closeSection(): void {
    const text = textOfLines(this.#section)
    const { post, quoted } = this.#post!
    this.#section = ''
    if (quoted === undefined) post.text = text
    else post.quotes.push({ username: parseToken(quoted), excerpt: text })
  }

  /** Gives text that belongs to no post; blank lines alone are no text. */
  #closeStray(): void {
    const stray = this.#takeStray()
    if (!stray) return
    const isInThread = this.#thread !== undefined
    const code = isInThread ? 'text-before-post' : 'text-before-thread'
    const place = isInThread ? 'the first post of its thread' : 'the first "#t" or "#p" line'
    this.report(code, `This text stands before ${place}.`, stray.line, stray.text)
  }

  #takeStray(): { line: number; text: string } | undefined {
    const section = this.#section
    const first = section.search(/\S/)
    const line = this.#sectionLine + countLineEnds(section.slice(0, Math.max(first, 0)))
    this.#section = ''
    this.#sectionLine += countLineEnds(section)
    if (first === -1) return undefined
    this.#firstText ??= { line, text: section.slice(first, first + 200).split('\n', 1)[0]! }
    return { line, text: section.endsWith('\n') ? section.slice(0, -1) : section }
  }

  #reportNoDump(): void {
    const text = this.#takeStray()?.text
    const { line, text: failed } = this.#firstText ?? { line: 1, text: '' }
    const message = failed
      ? `This is not a thread dump: line ${line}, "${shortened(failed)}", is no "#t" line, and none follows.`
      : 'This is not a thread dump: there is no text.'
    this.report('not-a-dump', message, line, text)
  }

  /** Gives what there is of the thread, `isComplete` or as a piece: an empty one only if nothing was given before. */
  #giveThread(isComplete: boolean): void {
    const thread = this.#thread
    if (!thread) return
    if (thread.posts.length > 0 || !thread.wasGiven) this.#items.push({ ...thread.header, posts: thread.posts })
    thread.wasGiven = true
    thread.posts = []
    thread.characters = 0
    if (isComplete) this.#thread = undefined
  }
}

function openThread(header: ThreadHeader): OpenThread {
  return { header, posts: [], characters: 0, wasGiven: false, ids: new PostIds() }
}

/**
 * The text that lines, each with its end, are: without the last end. No line and one empty line would both be an empty
 * text, so lines that are all empty keep every end.
 */
function textOfLines(lines: string): string {
  return /^\n*$/.test(lines) ? lines : lines.slice(0, -1)
}

function countLineEnds(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** The beginning of a text, for a message: one line, without control characters. */
export function shortened(text: string): string {
  const start = text
    .slice(0, 60)
    .replace(/\p{Cc}/gu, ' ')
    .toWellFormed()
  return text.length > 60 ? `${start}…` : start
}
