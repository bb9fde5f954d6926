import type { browser } from 'wxt/browser'

declare global {
  /** What code that runs in the service worker sees. */
  const chrome: typeof browser
}
