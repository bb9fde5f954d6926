import { isElement } from '../dom/node-kinds.ts'
import { isMark } from '../dom/page-marks.ts'
import type { LivePost } from './live-page.ts'

/** The floor as the site prints it, without marks of ours; the author's name where it prints none. */
export function floorName({ floor, author }: LivePost): string {
  const texts = [...(floor?.childNodes ?? [])].map((node) => (isElement(node) && isMark(node) ? '' : node.textContent))
  return texts.join('').replace(/\s+/g, ' ').trim().slice(0, 20) || author
}
