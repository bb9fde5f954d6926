import type { Inline } from './blocks.ts'

/** What a reader sees something of; white space and invisible characters alone are nothing. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/** True when there is something to see. Depth is bounded, for each kind of mark surrounds words once. */
export function hasWords(inlines: readonly Inline[]): boolean {
  return inlines.some((inline) => {
    if (inline.type === 'text') return VISIBLE.test(inline.value)
    return inline.type === 'marked' ? hasWords(inline.children) : inline.type === 'picture'
  })
}

/** Takes away white space and breaks at the end of a line; a link without words shows its address. */
export function tidyInlines(inlines: Inline[]): void {
  showAddresses(inlines)
  trimEnd(inlines)
}

function showAddresses(inlines: Inline[]): void {
  for (const inline of inlines) {
    if (inline.type !== 'marked') continue
    if (inline.mark.kind !== 'link' || hasWords(inline.children)) showAddresses(inline.children)
    else inline.children = [{ type: 'text', value: inline.mark.url }]
  }
}

function trimEnd(inlines: Inline[]): void {
  for (let last = inlines.at(-1); last; last = inlines.at(-1)) {
    if (last.type === 'text') last.value = last.value.replace(/ $/, '')
    else if (last.type === 'marked') trimEnd(last.children)
    const isEmpty = last.type === 'text' ? last.value === '' : last.type === 'marked' && last.children.length === 0
    if (!isEmpty && last.type !== 'break') return
    inlines.pop()
  }
}

/** The words of a line as plain text. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.type === 'text') return inline.value
      if (inline.type === 'break') return '\n'
      return inline.type === 'marked' ? plainText(inline.children) : inline.alt
    })
    .join('')
}
