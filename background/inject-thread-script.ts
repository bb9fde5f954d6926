import { browser } from 'wxt/browser'
import { isAidPartName } from '../core/aid-parts.ts'
import { onPublicMessage, type Sender } from '../messages/messenger.ts'
import { frameOf, injectContentScript, type ContentScript } from './inject-content-script.ts'

/** Puts into a page what its content script asks for: the thread's script, the aids that come after the page, their parts, a style. */
export function handleSentinels(): void {
  // The page has become a thread without a reload.
  onPublicMessage('threadAddressReached', (_data, sender) => inject(sender, 'thread'))
  onPublicMessage('lateAidsWanted', (_data, sender) => inject(sender, 'late-aids'))
  onPublicMessage('aidPartWanted', (data, sender) => injectPart(data, sender))
  onPublicMessage('highlightsWanted', async (_data, sender) => {
    const target = frameOf(sender)
    if (target) await browser.scripting.insertCSS({ target, files: ['/assets/highlights.css'] })
  })
}

async function inject(sender: Sender, script: ContentScript): Promise<void> {
  const frame = frameOf(sender)
  if (frame) await injectContentScript(frame, script)
}

/** Rejects where there is no such part, or none may be put in: whoever asked has something to say then. */
async function injectPart(data: unknown, sender: Sender): Promise<void> {
  const name = (data as { name?: unknown } | null | undefined)?.name
  const target = frameOf(sender)
  if (!isAidPartName(name) || !target) throw new Error('No such part of an aid')
  await browser.scripting.executeScript({ target, files: [`/part-${name}.js`], injectImmediately: true })
}
