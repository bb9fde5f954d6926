/**
 * Stands in for WXT's context of a content script, under its name (see wxt.config.ts): that one is 6 KB, announces
 * itself to the page by a message and an event, and watches for things we do not need. What is used of it is the same.
 */
export class ContentScriptContext extends AbortController {
  /** False once the extension was updated or removed; the first look aborts `signal`. */
  get isValid(): boolean {
    if (chrome.runtime?.id === undefined) this.abort()
    return !this.signal.aborted
  }
}

/** Asked for when it is needed, not when the script starts: the first touch of the API takes a while. */
declare const chrome: { runtime?: { id?: string } }
