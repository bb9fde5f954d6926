import type { Archive } from '../../archive/database.ts'
import { nextPage } from '../../archive/save-plan.ts'
import { reportOf } from '../../archive/save-record.ts'
import type { SaveRecord } from '../../archive/save-record.ts'
import { storeFailure, storeSavedPage } from '../../archive/store-saved-page.ts'
import type { SaveReport } from '../../core/save-report.ts'
import { failureOf } from './failure.ts'
import { fetchSavedPage } from './fetch-page.ts'
import { gatherThreadFiles } from './gather-thread-files.ts'
import { readSpacing } from './host-pace.ts'

export interface SaveRun {
  archive: Archive
  /** Aborted when the reader pauses or cancels the save. */
  signal: AbortSignal
  /** Called after each page that was stored or failed. */
  onChange: (report: SaveReport) => void
}

/**
 * Runs a save, page by page, until it is done, has to wait, or the reader stops it. Nothing of it is in memory alone:
 * after a kill another run goes on from the save's row. Rejects only where the archive cannot be written.
 */
export async function runSave(started: SaveRecord, { archive, signal, onChange }: SaveRun): Promise<void> {
  let save: SaveRecord | undefined = started
  while (save?.state === 'running' && !signal.aborted) {
    save = await (save.files ? takeFilesStep(save, { archive, signal, onChange }) : takeStep(save, archive, signal))
    if (save) onChange(reportOf(save))
  }
}

/** Fetches and stores one page; returns the save's row, or undefined where the save does not run any more. */
async function takeStep(save: SaveRecord, archive: Archive, signal: AbortSignal): Promise<SaveRecord | undefined> {
  const page = nextPage(save.plan) ?? save.plan.pageCount ?? 1
  try {
    const saved = await fetchSavedPage(save, page, signal)
    return await storeSavedPage(archive, save.key, saved)
  } catch (error) {
    return signal.aborted ? undefined : noteFailure(error, save, archive, page)
  }
}

/** Asks for all pictures and files of a thread whose pages are done. */
async function takeFilesStep(save: SaveRecord, run: SaveRun): Promise<SaveRecord | undefined> {
  try {
    return await gatherThreadFiles(save, run)
  } catch (error) {
    return run.signal.aborted ? undefined : noteFailure(error, save, run.archive)
  }
}

async function noteFailure(
  error: unknown,
  save: SaveRecord,
  archive: Archive,
  page?: number,
): Promise<SaveRecord | undefined> {
  const spacing = await readSpacing()
  const { page: failedPage, ...failure } = failureOf(error, save, page ?? 0, {
    now: Date.now(),
    spacing,
    isOnline: navigator.onLine,
  })
  const isPages = page !== undefined && failedPage !== undefined
  return storeFailure(archive, save.key, { ...failure, ...(isPages && { page: failedPage }) })
}
