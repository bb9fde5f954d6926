import type { ReaderLooks } from '../../core/reader-looks.ts'

/** Text sizes are told for the browser's own size of 16 pixels; who has set another gets that many times more. */
const BROWSER_SIZE = 16

/** Puts looks on the page's root, where `looks.css` and `themes.css` take them from. */
export function applyLooks(root: HTMLElement, looks: ReaderLooks): void {
  root.dataset.theme = looks.theme
  root.dataset.font = looks.font
  root.toggleAttribute('data-justified', looks.isJustified)
  root.toggleAttribute('data-indented', looks.isIndented)
  root.style.setProperty('--text-size', `${looks.textSize / BROWSER_SIZE}rem`)
  root.style.setProperty('--line-height', String(looks.lineHeight))
  root.style.setProperty('--measure', `${looks.lineWidth}em`)
}
