/**
 * Gives where elements stand on the screen once the browser has laid the page out by itself: asked for at once, it would
 * lay a long page out in the middle of our work, which takes tens of milliseconds. Not while the tab is hidden, and not
 * after `signal` aborts.
 */
export function rectsLater(
  elements: readonly Element[],
  act: (rects: readonly DOMRectReadOnly[]) => void,
  signal: AbortSignal,
): void {
  const rects = new Map<Element, DOMRectReadOnly>()
  const observer = new IntersectionObserver((entries) => {
    for (const { target, boundingClientRect } of entries) rects.set(target, boundingClientRect)
    if (rects.size < elements.length) return
    observer.disconnect()
    act(elements.map((element) => rects.get(element)!))
  })
  for (const element of elements) observer.observe(element)
  signal.addEventListener('abort', () => observer.disconnect())
}
