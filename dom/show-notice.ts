/** How long a confirmation stands. In milliseconds. */
const SHOWN_FOR = 2000

/** A live region has to stand before its words come, or they are not read. In milliseconds. */
const SPOKEN_AFTER = 50

const TAG = 'loulan-notice'

/**
 * Everything that the page could set on the host is set here, and through the style object: a page's content
 * security policy may forbid style elements, and its style sheets reach the host, though not into the shadow tree.
 */
const HOST_STYLE: Readonly<Record<string, string>> = {
  all: 'initial',
  display: 'block',
  position: 'fixed',
  inset: 'auto 0 24px 0',
  margin: '0 auto',
  width: 'fit-content',
  'max-width': 'min(90vw, 480px)',
  'z-index': '2147483647',
  'pointer-events': 'none',
}

const BOX_STYLE: Readonly<Record<string, string>> = {
  padding: '8px 16px',
  border: '1px solid #6b6b6b',
  'border-radius': '12px',
  background: '#26231f',
  color: '#fff',
  'box-shadow': '0 2px 12px rgb(0 0 0 / 30%)',
  font: '14px/1.5 system-ui, sans-serif',
  'text-align': 'center',
  'overflow-wrap': 'anywhere',
}

/**
 * Shows a short confirmation on a page, in a closed shadow tree above everything, and has it read aloud. It takes no
 * focus and no clicks, does not move, and is gone after two seconds; a newer one replaces it.
 *
 * @param detail a second line, such as the address that was copied
 */
export function showNotice(document: Document, words: string, detail = ''): void {
  for (const former of document.querySelectorAll(TAG)) former.remove()
  const host = document.createElement(TAG)
  // Marked as ours, so that a capture of the page does not take it for the site's.
  host.setAttribute('data-loulan', 'notice')
  const box = document.createElement('div')
  box.setAttribute('role', 'status')
  box.setAttribute('aria-live', 'polite')
  setStyle(host, HOST_STYLE)
  host.attachShadow({ mode: 'closed' }).append(box)
  document.documentElement.append(host)
  raise(host)
  setTimeout(() => {
    setStyle(box, BOX_STYLE)
    box.textContent = words
    if (detail) box.append(document.createElement('br'), detail)
  }, SPOKEN_AFTER)
  setTimeout(() => host.remove(), SHOWN_FOR)
}

function setStyle({ style }: HTMLElement, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) style.setProperty(name, value, 'important')
}

/** Above an open dialog of the page too, where the browser can; a manual popover leaves the focus where it is. */
function raise(host: HTMLElement): void {
  try {
    host.popover = 'manual'
    host.showPopover()
  } catch {
    host.removeAttribute('popover') // As high as its z-index goes.
  }
}
