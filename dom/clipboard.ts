/** What goes to the clipboard; programs that understand rich text take `html`, the others `text`. */
export interface ClipboardContent {
  text: string
  html?: string
}

/** Both ways want the focus, which may be still on its way back from a menu. In milliseconds before each attempt. */
const WAITS = [0, 50, 150, 300]

/** Writes to the clipboard from a page; false when the browser allows neither of the two ways. */
export async function writeClipboard(content: ClipboardContent, document: Document): Promise<boolean> {
  for (const wait of WAITS) {
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    if ((await writeByClipboard(content)) || writeByCopyEvent(content, document)) return true
  }
  return false
}

/** The modern way: there on pages that came safely, and only while they have the focus. */
async function writeByClipboard({ text, html }: ClipboardContent): Promise<boolean> {
  try {
    if (html === undefined) await navigator.clipboard.writeText(text)
    else
      await navigator.clipboard.write([
        new ClipboardItem({ 'text/plain': blob(text), 'text/html': blob(html, 'html') }),
      ])
    return true
  } catch {
    return false // No such interface on this page, no focus, or refused: there is another way.
  }
}

function blob(text: string, kind = 'plain'): Blob {
  return new Blob([text], { type: `text/${kind}` })
}

/** The old way, also on pages without encryption: a copy command whose event we fill before the page sees it. */
function writeByCopyEvent({ text, html }: ClipboardContent, document: Document): boolean {
  let isFilled = false
  const onCopy = (event: ClipboardEvent) => {
    if (!event.clipboardData) return
    event.preventDefault()
    event.stopImmediatePropagation()
    event.clipboardData.setData('text/plain', text)
    if (html !== undefined) event.clipboardData.setData('text/html', html)
    isFilled = true
  }
  const window = document.defaultView
  window?.addEventListener('copy', onCopy, { capture: true })
  try {
    return document.execCommand('copy') && isFilled
  } catch {
    return false
  } finally {
    window?.removeEventListener('copy', onCopy, { capture: true })
  }
}
