import { i18n } from '#i18n'

/** Smaller pictures are signs and smileys. In pixels of the picture. */
const SMALLEST = 64

/**
 * Makes pictures in posts buttons that open them large: those that are kept or part of the text, once they are there.
 * A picture in a link stays a link.
 *
 * @param open gets the picture that was clicked, or on which a key was pressed
 */
export function followPictures(
  list: HTMLElement,
  open: (picture: HTMLImageElement) => void,
  signal: AbortSignal,
): void {
  // Neither event bubbles from every picture; on its way down it passes here.
  list.addEventListener('load', ({ target }) => makeZoomable(target), { capture: true, signal })
  list.addEventListener('click', ({ target }) => isZoomable(target) && open(target), { signal })
  const onKey = (event: KeyboardEvent) => {
    if (!isZoomable(event.target) || (event.key !== 'Enter' && event.key !== ' ')) return
    event.preventDefault()
    open(event.target)
  }
  list.addEventListener('keydown', onKey, { signal })
}

function makeZoomable(picture: EventTarget | null): void {
  if (!(picture instanceof HTMLImageElement) || !/^(?:blob|data):/.test(picture.src)) return
  if (picture.naturalWidth < SMALLEST || picture.naturalHeight < SMALLEST) return
  if (picture.closest('a, button, summary')) return
  const words = picture.alt.trim()
  picture.classList.add('zoomable')
  picture.tabIndex = 0
  picture.setAttribute('role', 'button')
  picture.setAttribute('aria-haspopup', 'dialog')
  picture.setAttribute('aria-label', words ? i18n.t('zoom.openOne', [words]) : i18n.t('zoom.open'))
}

function isZoomable(target: EventTarget | null): target is HTMLImageElement {
  return target instanceof HTMLImageElement && target.classList.contains('zoomable')
}
