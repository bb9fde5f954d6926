/** What the picker is told of by mouse and keys. */
export interface PickListener {
  point: (element: Element) => void
  take: () => void
  back: () => void
  cancel: () => void
  /** What the keys go on from. */
  pointed: () => Element | undefined
  /** False at the end, where clicks on the page mean nothing more. */
  isAsking: () => boolean
  /** True while one of the panel's buttons has the focus. */
  isOnButton: () => boolean
}

const CLICKS = [
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'click',
  'dblclick',
  'auxclick',
  'touchend',
] as const

/**
 * Takes mouse and keys from the page until `signal` aborts: links are not followed, and the page hears of nothing. Only what
 * the reader does counts; what a script of the page dispatches is let through and ignored.
 */
export function listenForPicks(document: Document, host: Element, signal: AbortSignal, listener: PickListener): void {
  const view = document.defaultView!
  const options = { capture: true, signal }
  const isOurs = (event: Event) => event.composedPath().includes(host)
  const withhold = (event: Event) => {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  for (const type of CLICKS) {
    view.addEventListener(
      type,
      (event) => {
        if (!event.isTrusted || isOurs(event) || !listener.isAsking()) return
        withhold(event)
        if (type !== 'click' || !(event.target instanceof view.Element)) return
        listener.point(event.target)
        listener.take()
      },
      options,
    )
  }
  view.addEventListener(
    'pointermove',
    (event) => {
      if (event.isTrusted && !isOurs(event) && event.target instanceof view.Element) listener.point(event.target)
    },
    options,
  )
  view.addEventListener(
    'keydown',
    (event) => {
      if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'Tab') return
      if (listener.isOnButton() && (event.key === 'Enter' || event.key === ' ')) return event.stopImmediatePropagation()
      if (press(event.key, document, listener)) withhold(event)
    },
    options,
  )
}

/** Arrow keys go through the tree: up and down its levels, left and right along one. */
function press(key: string, document: Document, listener: PickListener): boolean {
  if (key === 'Escape') listener.cancel()
  else if (key === 'Backspace') listener.back()
  else if (!listener.isAsking()) return false
  else if (key === 'Enter') listener.take()
  else if (!key.startsWith('Arrow')) return false
  else {
    const from = listener.pointed()
    const next = from ? neighbour(key, from) : startOf(document)
    if (next) {
      listener.point(next)
      next.scrollIntoView({ block: 'nearest' })
    }
  }
  return true
}

function neighbour(key: string, from: Element): Element | undefined {
  const isPage = (element: Element | null): element is Element => element !== null && element.localName !== 'html'
  const found =
    key === 'ArrowUp'
      ? from.parentElement
      : key === 'ArrowDown'
        ? from.firstElementChild
        : key === 'ArrowLeft'
          ? (from.previousElementSibling ?? from.parentElement)
          : (from.nextElementSibling ?? from.firstElementChild)
  return isPage(found) ? found : undefined
}

/** The keys begin in the middle of what is on the screen. */
function startOf(document: Document): Element {
  const { innerWidth, innerHeight } = document.defaultView!
  return document.elementFromPoint(innerWidth / 2, innerHeight / 3) ?? document.body
}
