import { guard } from '../archive-error.ts'
import type { Archive } from '../database.ts'

/** Approximate bytes that the texts for searching take, two a character. Throws {@link ArchiveError}. */
export function measureTexts(archive: Archive): Promise<number> {
  return guard(archive, async () => {
    let characters = 0
    await archive.textRuns.each((run) => {
      characters += run.characters
    })
    return 2 * characters
  })
}
