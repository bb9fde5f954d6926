import { uiLocale } from './ui-locale.ts'

/** Tells the browser, and screen readers, what a page of the extension is called and in which language it is. */
export function describePage(document: Document, title: string): void {
  document.title = title
  document.documentElement.lang = uiLocale()
}
