/**
 * Stands in for WXT's context of a content script, under its name (see wxt.config.ts): that one is 6 KB, announces
 * itself to the page by a message and an event, and watches for things we do not need. What is used of it is the same.
 *
 * It holds its controller instead of being one: in Firefox a content script sees the page's classes through wrappers,
 * and what is built by a class that extends one of them has nothing of that class's own.
 */
export class ContentScriptContext {
  readonly #controller = new AbortController()

  /** Aborts once the extension was updated or removed, at the first look at {@link isValid} after that. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** False once the extension was updated or removed. */
  get isValid(): boolean {
    if (chrome.runtime?.id === undefined) this.#controller.abort()
    return !this.signal.aborted
  }
}

/** Asked for when it is needed, not when the script starts: the first touch of the API takes a while. */
declare const chrome: { runtime?: { id?: string } }
