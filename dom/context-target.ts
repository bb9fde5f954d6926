import { isElement } from './node-kinds.ts'
/**
 * Where the reader last opened a context menu. The browser tells an extension what was clicked, but not which element:
 * the script that stands in the page remembers it for the one that is called in by the menu. Both run in the extension's
 * own world of the page, which shares this key and which the page cannot see.
 */
const KEY = Symbol.for('loulan.context-target')

type World = typeof globalThis & { [KEY]?: WeakRef<Element> }

/** Remembers the target of every context menu that the reader (not a script of the page) opens, until `signal` aborts. */
export function rememberContextTarget(document: Document, signal: AbortSignal): void {
  const onContextMenu = (event: Event) => {
    if (!event.isTrusted) return
    const [target] = event.composedPath()
    if (isElement(target)) (globalThis as World)[KEY] = new WeakRef(target)
  }
  document.addEventListener('contextmenu', onContextMenu, { capture: true, signal })
}

/** The element last remembered, while it stands on the page. */
export function findContextTarget(): Element | undefined {
  const target = (globalThis as World)[KEY]?.deref()
  return target?.isConnected ? target : undefined
}
