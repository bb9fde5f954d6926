import type { Chromium } from '../browsers/chromium.ts'

/**
 * Holds back the parts of aids that pages ask for, as a slow machine would, until `letGo`; `refuse` has the next one fail,
 * as on a page that takes no scripts any more.
 */
export async function holdParts(extension: Chromium) {
  const worker = await extension.serviceWorker()
  await worker.evaluate(() => {
    const scripting = chrome.scripting as unknown as Scripting
    const put = scripting.executeScript
    const held: ((isRefused: boolean) => void)[] = []
    const asked: string[] = []
    Object.assign(globalThis, { heldParts: { asked, held, end: () => (scripting.executeScript = put) } })
    scripting.executeScript = async (injection) => {
      const [file = ''] = injection.files ?? []
      if (!file.startsWith('/part-')) return put.call(scripting, injection)
      asked.push(file)
      if (await new Promise<boolean>((resolve) => held.push(resolve)))
        throw new Error('Cannot access contents of the page')
      return put.call(scripting, injection)
    }
  })
  const answer = (isRefused: boolean) =>
    worker.evaluate((refused) => {
      for (const go of (globalThis as unknown as Held).heldParts.held.splice(0)) go(refused)
    }, isRefused)
  return {
    /** The files that were asked for. */
    asked: () => worker.evaluate(() => (globalThis as unknown as Held).heldParts.asked),
    letGo: () => answer(false),
    refuse: () => answer(true),
    end: () => worker.evaluate(() => void (globalThis as unknown as Held).heldParts.end()),
  }
}

interface Scripting {
  executeScript: (injection: { files?: string[] }) => Promise<unknown>
}

interface Held {
  heldParts: { asked: string[]; held: ((isRefused: boolean) => void)[]; end: () => void }
}
