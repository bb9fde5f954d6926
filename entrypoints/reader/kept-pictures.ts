/** A picture begins to load when it is this near to the screen. */
const NEAR = '1200px 0px'

/**
 * Shows kept pictures when they come near the screen. They come from the archive, never from the web. A drawing (SVG) is
 * shown from a `data:` address: opened in a tab it is then a document of nobody, where as a blob it would be one of ours.
 */
export class KeptPictures {
  #findBytes: (hash: string) => Promise<Blob | undefined>
  #onGone: (picture: HTMLImageElement) => void
  #observer: IntersectionObserver
  /** Addresses by hash: a picture that stands in many posts has one. */
  #addresses = new Map<string, Promise<string | undefined>>()
  #made: string[] = []

  /**
   * @param onGone called with a picture whose bytes are no longer there
   * @param signal when it aborts, the pictures' addresses are given back
   */
  constructor(
    findBytes: (hash: string) => Promise<Blob | undefined>,
    onGone: (picture: HTMLImageElement) => void,
    signal: AbortSignal,
  ) {
    this.#findBytes = findBytes
    this.#onGone = onGone
    this.#observer = new IntersectionObserver((entries) => this.#look(entries), { rootMargin: NEAR })
    signal.addEventListener('abort', () => this.#end())
  }

  /** Watches for the kept pictures below an element, or for itself. */
  watch(element: HTMLElement): void {
    if (element.matches('img.kept-picture')) this.#observer.observe(element)
    for (const picture of element.querySelectorAll('img.kept-picture')) this.#observer.observe(picture)
  }

  /** Shows all kept pictures below an element; resolves when they are there or are known to be gone. */
  async loadAll(element: HTMLElement): Promise<void> {
    const pictures = [...element.querySelectorAll<HTMLImageElement>('img.kept-picture:not([src])')]
    for (const picture of pictures) this.#observer.unobserve(picture)
    await Promise.all(pictures.map((picture) => this.#show(picture)))
    // One that is broken, or gone, holds up none of the others.
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined)))
  }

  #look(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue
      this.#observer.unobserve(target)
      void this.#show(target as HTMLImageElement)
    }
  }

  async #show(picture: HTMLImageElement): Promise<void> {
    const hash = picture.dataset.hash ?? ''
    let address = this.#addresses.get(hash)
    if (!address) this.#addresses.set(hash, (address = this.#makeAddress(hash)))
    const found = await address
    if (found === undefined) this.#onGone(picture)
    else picture.src = found
  }

  async #makeAddress(hash: string): Promise<string | undefined> {
    const bytes = await this.#findBytes(hash)
    if (!bytes?.type.startsWith('image/')) return undefined
    if (bytes.type === 'image/svg+xml') return `data:image/svg+xml,${encodeURIComponent(await bytes.text())}`
    const address = URL.createObjectURL(bytes)
    this.#made.push(address)
    return address
  }

  #end(): void {
    this.#observer.disconnect()
    for (const address of this.#made) URL.revokeObjectURL(address)
  }
}
