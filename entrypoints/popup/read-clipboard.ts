import { browser } from 'wxt/browser'

/**
 * Reads the clipboard's text; the permission is asked for at this click, where the browser wants one. Undefined when
 * the reader or the browser says no.
 */
export async function findClipboardText(): Promise<string | undefined> {
  try {
    const isGranted = await browser.permissions.request({ permissions: ['clipboardRead'] })
    return isGranted ? await navigator.clipboard.readText() : undefined
  } catch {
    return undefined
  }
}
