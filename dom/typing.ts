import { isElement, isHtmlElement } from './node-kinds.ts'
/** Kinds of elements that take keys for themselves. */
const TAKES_KEYS =
  'input, textarea, select, option, iframe, embed, object, [role="textbox"], [role="searchbox"], [role="combobox"], ' +
  '[role="spinbutton"], [role="listbox"], [role="menu"], [role="menubar"], [role="tree"], [role="grid"], [role="application"]'

/**
 * True when a key is not meant for the page as a whole: the reader types, an input method composes, a dialog is open, a
 * modifier is held, or the page has done something with the key. Sees through shadow trees, closed ones too.
 */
export function isKeyTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return true
  if (event.ctrlKey || event.altKey || event.metaKey || event.getModifierState('AltGraph')) return true
  const target = event.composedPath()[0]
  if (!isElement(target)) return false
  const focused = innermostFocus(target)
  return takesKeys(focused) || hasModal(focused.ownerDocument)
}

function takesKeys(element: Element): boolean {
  if ((element as HTMLElement).isContentEditable) return true
  // What is focused inside of an element of the site's own making may be out of sight.
  return (
    element.closest(`${TAKES_KEYS}, [contenteditable]:not([contenteditable="false" i])`) !== null || isHost(element)
  )
}

/** A host has the focus in the place of what is in its tree; where that cannot be looked into, it may be a text field. */
function isHost(element: Element): boolean {
  return element.localName.includes('-') && !openRoot(element)
}

function innermostFocus(element: Element): Element {
  let inner = element
  for (let next = openRoot(inner)?.activeElement; next; next = openRoot(inner)?.activeElement) inner = next
  return inner
}

/** The shadow tree of an element, a closed one too: browsers let extensions look into it. */
function openRoot(element: Element): ShadowRoot | null | undefined {
  const { chrome } = globalThis as {
    chrome?: { dom?: { openOrClosedShadowRoot?: (host: Element) => ShadowRoot | null } }
  }
  // Chromium's function refuses elements that can have none.
  if (isHtmlElement(element) && chrome?.dom?.openOrClosedShadowRoot) {
    return chrome.dom.openOrClosedShadowRoot(element)
  }
  return (element as { openOrClosedShadowRoot?: ShadowRoot | null }).openOrClosedShadowRoot ?? element.shadowRoot
}

function hasModal(document: Document): boolean {
  if (document.querySelector('dialog:modal')) return true
  return [...document.querySelectorAll('[aria-modal="true"]')].some((dialog) => dialog.checkVisibility())
}
