/**
 * Calls `act` once when the browser has computed the page's style and layout by itself, in the middle of drawing a frame:
 * sizes and styles that are asked for at any other time are first computed anew, which on a long page that was just marked
 * takes tens of milliseconds. Not while the tab is hidden, and not after `signal` aborts.
 */
export function afterLayout({ body }: Document, act: () => void, signal: AbortSignal): void {
  const observer = new ResizeObserver(() => {
    observer.disconnect()
    act()
  })
  observer.observe(body)
  signal.addEventListener('abort', () => observer.disconnect())
}
