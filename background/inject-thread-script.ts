import { browser } from 'wxt/browser'
import { isAidPartName } from '../core/aid-parts.ts'
import { onPublicMessage, type Sender } from '../messages/messenger.ts'

/** Puts into a page what its content script asks for: the thread's script, the aids that come after the page, their parts, a style. */
export function handleSentinels(): void {
  // The page has become a thread without a reload.
  onPublicMessage('threadAddressReached', (_data, sender) => inject(sender, 'thread'))
  onPublicMessage('lateAidsWanted', (_data, sender) => inject(sender, 'late-aids'))
  onPublicMessage('aidPartWanted', (data, sender) => injectPart(data, sender))
  onPublicMessage('highlightsWanted', async (_data, sender) => {
    const target = targetOf(sender)
    if (target) await browser.scripting.insertCSS({ target, files: ['/assets/highlights.css'] })
  })
}

function targetOf({ tab, frameId }: Sender) {
  return tab?.id === undefined ? undefined : { tabId: tab.id, frameIds: [frameId ?? 0] }
}

async function inject(sender: Sender, script: 'thread' | 'late-aids'): Promise<void> {
  const target = targetOf(sender)
  if (!target) return
  await Promise.all([
    browser.scripting.insertCSS({ target, files: [`/content-scripts/${script}.css`] }),
    browser.scripting.executeScript({ target, files: [`/content-scripts/${script}.js`], injectImmediately: true }),
  ])
}

/** Rejects where there is no such part, or none may be put in: whoever asked has something to say then. */
async function injectPart(data: unknown, sender: Sender): Promise<void> {
  const name = (data as { name?: unknown } | null | undefined)?.name
  const target = targetOf(sender)
  if (!isAidPartName(name) || !target) throw new Error('No such part of an aid')
  await browser.scripting.executeScript({ target, files: [`/part-${name}.js`], injectImmediately: true })
}
