import styles from './panel.css?inline'

/** What the panel says and offers. */
export interface PanelView {
  heading: string
  about: string
  buttons: readonly { words: string; press: () => void; isMain?: boolean }[]
}

/** The picker's own surface, in one element above the page. */
export interface Panel {
  /** The element that stands in the page. */
  host: HTMLElement
  show: (view: PanelView) => void
  /** Says something below the heading, also to screen readers. */
  say: (words: string) => void
  /** Frames what is pointed at, and what would be taken in all posts. */
  mark: (pointed: Element | undefined, others: readonly Element[]) => void
  isOnButton: () => boolean
}

/** Frames drawn at once: as many posts as a screen can hold, several times over. */
const MOST_FRAMES = 120

/** Opens the panel in a closed shadow tree, which the page cannot look into; it goes when `signal` aborts. */
export function openPanel(document: Document, signal: AbortSignal): Panel {
  const former = document.activeElement
  const host = document.createElement('loulan-picker')
  // Marked as ours, so that a capture of the page does not take it for the site's.
  host.setAttribute('data-loulan', 'picker')
  for (const [name, value] of Object.entries(HOST_STYLE)) host.style.setProperty(name, value, 'important')
  const root = host.attachShadow({ mode: 'closed' })
  // A sheet of our own, which no security policy of the page forbids.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(styles)
  root.adoptedStyleSheets = [sheet]
  const frames = document.createElement('div')
  frames.className = 'frames'
  const box = document.createElement('section')
  box.className = 'panel'
  box.setAttribute('role', 'dialog')
  box.setAttribute('aria-labelledby', 'heading')
  box.tabIndex = -1
  const [heading, said, about, buttons] = ['h2', 'p', 'p', 'div'].map((tag) => document.createElement(tag)) as [
    HTMLElement,
    HTMLElement,
    HTMLElement,
    HTMLElement,
  ]
  heading.id = 'heading'
  // Each step is read out: the focus stays where it is.
  heading.setAttribute('aria-live', 'polite')
  said.className = 'said'
  said.setAttribute('role', 'status')
  about.className = 'about'
  buttons.className = 'buttons'
  box.append(heading, said, about, buttons)
  root.append(frames, box)
  document.documentElement.append(host)
  raise(host)
  const drawing = drawFrames(document, frames, signal)
  signal.addEventListener('abort', () => {
    host.remove()
    if (former instanceof HTMLElement && former.isConnected) former.focus({ preventScroll: true })
  })
  return {
    host,
    show: (view) => {
      heading.textContent = view.heading
      about.textContent = view.about
      said.textContent = ''
      buttons.replaceChildren(...view.buttons.map((each) => makeButton(document, each)))
      box.focus({ preventScroll: true })
    },
    say: (words) => {
      said.textContent = words
    },
    mark: drawing,
    isOnButton: () => root.activeElement?.localName === 'button',
  }
}

function makeButton(document: Document, { words, press, isMain }: PanelView['buttons'][number]): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = words
  if (isMain) button.className = 'main'
  button.addEventListener('click', (event) => {
    // The tree is closed, but a page can still click what it can reach by coordinates or keys of its own making.
    if (event.isTrusted) press()
  })
  return button
}

/** Draws frames where elements stand, and keeps them there while the page moves. */
function drawFrames(document: Document, frames: HTMLElement, signal: AbortSignal): Panel['mark'] {
  let shown: { pointed: Element | undefined; others: readonly Element[] } = { pointed: undefined, others: [] }
  let isDue = false
  const draw = () => {
    isDue = false
    const height = document.defaultView!.innerHeight
    const made: HTMLElement[] = []
    const add = (element: Element, kind: string) => {
      const { left, top, width, height: tall } = element.getBoundingClientRect()
      if (top > height || top + tall < 0 || made.length >= MOST_FRAMES) return
      const frame = document.createElement('div')
      frame.className = kind
      Object.assign(frame.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${tall}px` })
      made.push(frame)
    }
    for (const other of shown.others) add(other, 'other')
    if (shown.pointed) add(shown.pointed, 'pointed')
    frames.replaceChildren(...made)
  }
  const drawSoon = () => {
    if (isDue || signal.aborted) return
    isDue = true
    requestAnimationFrame(draw)
  }
  document.defaultView!.addEventListener('scroll', drawSoon, { capture: true, passive: true, signal })
  document.defaultView!.addEventListener('resize', drawSoon, { signal })
  return (pointed, others) => {
    shown = { pointed, others }
    drawSoon()
  }
}

const HOST_STYLE: Readonly<Record<string, string>> = {
  all: 'initial',
  display: 'block',
  position: 'fixed',
  inset: '0',
  width: 'auto',
  height: 'auto',
  margin: '0',
  padding: '0',
  border: '0',
  background: 'transparent',
  overflow: 'visible',
  'z-index': '2147483647',
  'pointer-events': 'none',
}

/** Above an open dialog of the page too, where the browser can. */
function raise(host: HTMLElement): void {
  try {
    host.popover = 'manual'
    host.showPopover()
  } catch {
    host.removeAttribute('popover') // As high as its z-index goes.
  }
}
