import { foldText } from '../../core/search/fold-text.ts'

/**
 * Shows of a page of settings what has all words that were typed: of a card with parts (`data-findable`) those parts, or
 * all of them where the card's heading has the words; other cards whole. Returns how many are shown.
 */
export function filterSettings(root: ParentNode, typed: string): number {
  const words = typed.split(/\s+/).map(foldText).filter(Boolean)
  const has = (element: Element | null) => {
    const text = foldText(element?.textContent ?? '')
    return words.every((word) => text.includes(word))
  }
  let shown = 0
  for (const card of root.querySelectorAll<HTMLElement>('section.card')) {
    const parts = card.querySelectorAll<HTMLElement>('[data-findable]')
    const isWhole = words.length === 0 || (parts.length > 0 ? has(card.querySelector('h2')) : has(card))
    const fitting = [...parts].filter((part) => isWhole || has(part))
    for (const part of parts) part.hidden = !fitting.includes(part)
    card.hidden = !isWhole && fitting.length === 0
    if (!card.hidden) shown += Math.max(1, fitting.length)
  }
  return shown
}
