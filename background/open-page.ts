import { browser } from 'wxt/browser'

/** Opens a page of the extension, given its path, in a new tab: beside another one, where its index is given. */
export async function openPage(path: string, besideIndex?: number): Promise<void> {
  const index = besideIndex === undefined ? {} : { index: besideIndex + 1 }
  await browser.tabs.create({ url: browser.runtime.getURL('/') + path.replace(/^\//, ''), ...index })
}
