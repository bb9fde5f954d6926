import { collectFiles } from '../../archive/collect-files.ts'
import { finishFiles, storeFilesProgress } from '../../archive/save-files.ts'
import { reportOf } from '../../archive/save-record.ts'
import type { SaveRecord } from '../../archive/save-record.ts'
import { readSettings } from '../../settings/settings.ts'
import { gatherFiles } from './gather-files.ts'
import type { SaveRun } from './run-save.ts'

/**
 * Finds out which pictures and files a thread has, asks for those that are wanted, and ends the save. Returns its row,
 * undefined where it does not run any more. Throws what {@link gatherFiles} throws.
 */
export async function gatherThreadFiles(save: SaveRecord, run: SaveRun): Promise<SaveRecord | undefined> {
  const { archive, signal, onChange } = run
  const { keepPictures, keepFiles } = await readSettings()
  const wanted = { picture: keepPictures || save.files?.isWished === true, file: keepFiles }
  await collectFiles(archive, save.key, wanted, save.files?.since ?? save.queuedAt)
  const begun = await storeFilesProgress(archive, save.key)
  if (!begun) return undefined
  onChange(reportOf(begun))
  const stopped = new AbortController()
  let before = Date.now()
  await gatherFiles({
    archive,
    threadKey: save.key,
    forumHosts: [save.url, save.addresses.first].flatMap((url) => (URL.canParse(url) ? [new URL(url).host] : [])),
    signal: AbortSignal.any([signal, stopped.signal]),
    onFile: async () => {
      const now = Date.now()
      const stored = await storeFilesProgress(archive, save.key, now - before)
      before = now
      if (stored) onChange(reportOf(stored))
      else stopped.abort()
    },
  }).catch((error: unknown) => {
    if (!stopped.signal.aborted) throw error
  })
  return stopped.signal.aborted ? undefined : finishFiles(archive, save.key)
}
