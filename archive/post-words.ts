import type { Post } from '../core/thread.ts'
import type { ThreadSource } from './records.ts'

/**
 * The words of a text that holds inline markup: `[TEXT](TARGET)` becomes TEXT, `![ALT](TARGET)` goes. A target may hold
 * balanced parentheses; markup does not run over a line's end.
 */
export function plainText(text: string): string {
  if (!text.includes('](')) return text
  return text.split('\n').map(plainLine).join('\n')
}

function plainLine(line: string): string {
  if (!line.includes('](')) return line
  const targetEnds = matchParentheses(line)
  const kept: string[] = []
  const brackets: number[] = [] // Where in `kept` each bracket that is still open stands.
  for (let index = 0; index < line.length; index++) {
    const character = line[index]!
    if (character === '[') brackets.push(kept.length)
    const opened = character === ']' ? brackets.pop() : undefined
    const end = opened === undefined ? undefined : targetEnds.get(index + 1)
    if (opened === undefined || end === undefined) {
      kept.push(character)
      continue
    }
    if (kept[opened - 1] === '!') kept.length = opened - 1
    else kept[opened] = ''
    index = end
  }
  return kept.join('')
}

/** Where each parenthesis that is closed on the line is closed. */
function matchParentheses(line: string): Map<number, number> {
  const ends = new Map<number, number>()
  const open: number[] = []
  for (let index = 0; index < line.length; index++) {
    if (line[index] === '(') open.push(index)
    else if (line[index] === ')' && open.length) ends.set(open.pop()!, index)
  }
  return ends
}

/** What a post says and from where that was read. */
export interface Words extends Pick<Post, 'html' | 'text' | 'editedAt'> {
  source: ThreadSource
}

/**
 * True when two readings say the same: white space does not count, and where one is not from a page, neither does the
 * inline markup that dumps have in their text.
 */
export function hasSameWords(a: Words, b: Words): boolean {
  if (a.text === b.text) return true
  if (withoutSpace(a.text) === withoutSpace(b.text)) return true
  if (a.source === 'page' && b.source === 'page') return false
  return withoutSpace(plainText(a.text)) === withoutSpace(plainText(b.text))
}

/**
 * True when two readings are one version of a post. Markup alone (a link's target, a picture's address) changes on many
 * forums with every visit: it makes a version only when the page says that the post was edited.
 */
export function isSameVersion(a: Words, b: Words): boolean {
  if (!hasSameWords(a, b)) return false
  return a.html === b.html || a.editedAt === b.editedAt || a.source !== 'page' || b.source !== 'page'
}

/** True when a reading has neither words nor pictures. */
export function isBlank(words: Words): boolean {
  return withoutSpace(words.text) === '' && !words.html.includes('<img')
}

/** How many links and pictures a reading holds, to tell a poor one from a rich one. */
export function countTargets(words: Words): number {
  return words.html.split('<a ').length + words.html.split('<img').length - 2
}

function withoutSpace(text: string): string {
  return text.replace(/[\s\u200b-\u200d\u2060]+/g, '')
}
