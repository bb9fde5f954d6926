import { withParts, type AidWithParts, type LoadPart } from '../../../aids/aid-parts.ts'
import type { AidContext } from '../../../aids/define-aid.ts'
import { importPart } from '../../../aids/import-part.ts'
import { AidRunner } from '../../../aids/runner.ts'
import { aids } from '../../../aids/registry.ts'
import { parseAidSettings } from '../../../settings/aid-settings.ts'
import { sampleSite } from './sample-page.ts'

/**
 * Runs one aid by its id on the document as it stands, with its options as given, its parts from where `loadPart` brings
 * them, and `access` to what a page may ask for; `stop` undoes it.
 */
export function runAid(
  id: string,
  options: Record<string, boolean | number | string> = {},
  loadPart: LoadPart = importPart,
  access: Partial<AidContext> = {},
) {
  const aid: AidWithParts = aids.find((each) => each.id === id)!
  const controller = new AbortController()
  const before = document.documentElement.outerHTML
  const runner = new AidRunner({
    root: document,
    document,
    site: sampleSite,
    url: new URL('https://forum.example/t/1'),
    aids: withParts([aid], loadPart).map((each) => ({
      ...each,
      start: (context, signal) => each.start({ ...context, ...access }, signal),
    })),
    wishes: {
      aids: { [id]: { ...parseAidSettings(aid, {}), enabled: true, ...(Object.keys(options).length && { options }) } },
      speeds: { charactersPerMinute: 400, wordsPerMinute: 238 },
    },
    memory: () => ({ has: () => false, add: () => {}, delete: () => {} }),
    signal: controller.signal,
  })
  return { runner, before, stop: () => controller.abort() }
}
