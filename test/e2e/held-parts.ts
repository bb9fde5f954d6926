import type { Chromium } from '../browsers/chromium.ts'
import type { AidPartName } from '../../core/aid-parts.ts'

/**
 * Holds a part of an aid back when a page asks for it, as a slow machine would, until `letGo`; `refuse` has it fail, as on a
 * page that takes no scripts any more. To be ended with `end`.
 */
export async function holdParts(extension: Chromium, name: AidPartName) {
  const worker = await extension.serviceWorker()
  await worker.evaluate((file) => {
    const scripting = chrome.scripting as unknown as Scripting
    const put = scripting.executeScript
    const parts: Held = { asked: 0, waiting: [], end: () => (scripting.executeScript = put) }
    Object.assign(globalThis, { heldParts: parts })
    scripting.executeScript = async (injection) => {
      if (injection.files?.[0] !== file) return put.call(scripting, injection)
      parts.asked++
      const isRefused = await new Promise<boolean>((resolve) => parts.waiting.push(resolve))
      if (isRefused) throw new Error('Cannot access contents of the page')
      return put.call(scripting, injection)
    }
  }, `/part-${name}.js`)
  const answer = (isRefused: boolean) =>
    worker.evaluate((refused) => {
      const { waiting } = (globalThis as unknown as { heldParts: Held }).heldParts
      for (const go of waiting.splice(0)) go(refused)
    }, isRefused)
  return {
    /** How many times it was asked for. */
    asked: () => worker.evaluate(() => (globalThis as unknown as { heldParts: Held }).heldParts.asked),
    letGo: () => answer(false),
    refuse: () => answer(true),
    end: () => worker.evaluate(() => void (globalThis as unknown as { heldParts: Held }).heldParts.end()),
  }
}

interface Scripting {
  executeScript: (injection: { files?: string[] }) => Promise<unknown>
}

interface Held {
  asked: number
  waiting: ((isRefused: boolean) => void)[]
  end: () => void
}
