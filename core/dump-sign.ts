/** Lines at the head of a text that are looked at: a dump may begin with a few lines of something else. */
const LINES_LOOKED_AT = 50

const THREAD_LINE = /^#t \S+ \S+ .*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s*$/
const POST_LINE = /^#p \d+ .*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s*$/

/**
 * True when a text seems to be a thread dump: one of its first lines is a thread's or a post's. Cheap, for deciding
 * whether to offer anything; formats/dump.ts says what it really holds.
 */
export function looksLikeDump(text: string): boolean {
  const head = text.slice(0, 20_000).split(/\r\n|\r|\n/, LINES_LOOKED_AT)
  return head.some((line) => line.length < 1000 && (THREAD_LINE.test(line) || POST_LINE.test(line)))
}
