import { browser } from 'wxt/browser'
import { onPublicMessage, type Sender } from '../messages/messenger.ts'

/** Puts into a page what its content script asks for: the thread's script, or the aids that come after the page. */
export function handleSentinels(): void {
  // The page has become a thread without a reload.
  onPublicMessage('threadAddressReached', (_data, sender) => inject(sender, 'thread'))
  onPublicMessage('lateAidsWanted', (_data, sender) => inject(sender, 'late-aids'))
}

async function inject({ tab, frameId }: Sender, script: 'thread' | 'late-aids'): Promise<void> {
  if (tab?.id === undefined) return
  const target = { tabId: tab.id, frameIds: [frameId ?? 0] }
  await Promise.all([
    browser.scripting.insertCSS({ target, files: [`/content-scripts/${script}.css`] }),
    browser.scripting.executeScript({ target, files: [`/content-scripts/${script}.js`], injectImmediately: true }),
  ])
}
