import type { PostRecord } from '../../archive/records.ts'
import { buildAttachments, postElementId } from './build-post.ts'
import { KeptPictures } from './kept-pictures.ts'
import { createPictureButton, settlePicture, showPicture } from './picture-parts.ts'
import type { FindAddress } from './picture-parts.ts'

export interface ShownPicturesParts {
  list: HTMLElement
  find: FindAddress
  findBytes: (hash: string) => Promise<Blob | undefined>
  signal: AbortSignal
}

/** The pictures and attachments on the reader page, kept in step with what is kept of them. */
export class ShownPictures {
  #parts: ShownPicturesParts
  #kept: KeptPictures
  #showsAll = false

  constructor(parts: ShownPicturesParts) {
    this.#parts = parts
    this.#kept = new KeptPictures(parts.findBytes, putButtonBack, parts.signal)
  }

  /** Takes posts that have come onto the page. */
  add(elements: readonly HTMLElement[]): void {
    for (const element of elements) this.#kept.watch(element)
    if (this.#showsAll) this.showAll()
  }

  /** Buttons of pictures that are not shown. */
  get hidden(): HTMLButtonElement[] {
    return [...this.#parts.list.querySelectorAll<HTMLButtonElement>('.picture-button')]
  }

  /** Shows every picture from the web that is not kept, also those of posts that are still to come. */
  showAll(): void {
    this.#showsAll = true
    for (const button of this.hidden) showPicture(button)
  }

  /** Resolves when every kept picture is there, also those that are far from the screen. */
  loadAll(): Promise<void> {
    return this.#kept.loadAll(this.#parts.list)
  }

  /** Brings what stands on the page in step after something was kept, or could not be. */
  settle(posts: readonly PostRecord[]): void {
    const { find, list } = this.#parts
    for (const button of this.hidden) {
      const picture = settlePicture(button, find)
      if (picture) this.#kept.watch(picture)
    }
    for (const { post } of posts) {
      if (!post.attachments.some(({ url }) => find(url))) continue
      const shown = document.getElementById(postElementId(post.id))?.querySelector(':scope > .post-attachments')
      const built = buildAttachments(post.attachments, list.ownerDocument, find)
      // A picture that is shown already would be built without what it shows.
      if (!shown || shown.childElementCount === 0 || isSame(shown, built)) continue
      shown.replaceWith(built)
      this.#kept.watch(built)
    }
  }
}

/** True where two lists of attachments say the same, whatever of them is shown by now. */
function isSame(a: Element, b: Element): boolean {
  const kept = (list: Element) =>
    [...list.querySelectorAll<HTMLElement>('[data-hash]')].map(({ dataset }) => dataset.hash)
  return a.textContent === b.textContent && kept(a).join() === kept(b).join()
}

/** A picture that was kept and is no longer there can still be had from the web. */
function putButtonBack(picture: HTMLImageElement): void {
  const { src = '' } = picture.dataset
  picture.replaceWith(createPictureButton({ src, alt: picture.alt }, picture.ownerDocument))
}
