import { toArchiveError } from '../archive/archive-error.ts'
import { importText } from '../archive/import-files.ts'
import { readerAddress } from '../core/reader-address.ts'
import { onOwnMessage, onPublicMessage } from '../messages/messenger.ts'
import type { ImportReply } from '../messages/protocol.ts'
import { openPage } from './open-page.ts'
import { useArchive } from './archive.ts'

/** Reads dumps into the archive: pasted into the popup, or the text of a tab that the reader asked to open. */
export function handleDumps(): void {
  onOwnMessage('dumpPasted', ({ text }) => keepDump(text))
  onPublicMessage('dumpTextOpened', ({ text }, sender) => openDump(text, sender.tab?.index))
}

/** Keeps the threads of a dump and opens the first of them beside the tab that it came from. */
export async function openDump(text: unknown, besideIndex?: number): Promise<ImportReply> {
  const reply = await keepDump(text)
  const [first] = reply.threads
  if (first) await openPage(readerAddress(first.key), besideIndex)
  return reply
}

async function keepDump(text: unknown): Promise<ImportReply> {
  if (typeof text !== 'string') throw new TypeError('A dump is text')
  try {
    const { threads, diagnostics, diagnosticCount, failure } = await importText(useArchive(), text)
    return { threads, diagnostics, diagnosticCount, ...(failure && { failure }) }
  } catch (error) {
    // The archive cannot be opened at all: nothing was begun.
    const { code, message } = toArchiveError(error)
    return { threads: [], diagnostics: [], diagnosticCount: 0, failure: { code, message } }
  }
}
