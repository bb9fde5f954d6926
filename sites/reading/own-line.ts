import type { Element } from 'hast'

/** The words of an element that stand in it themselves, on one line: without those of links, labels and buttons in it. */
export function ownLine({ children }: Element): string {
  const words = children.map((child) => (child.type === 'text' ? child.value : ' '))
  return words
    .join('')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
}
