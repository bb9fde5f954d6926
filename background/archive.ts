import { openArchive, type Archive } from '../archive/database.ts'
import { keepTextsTidy } from '../archive/search/tidy-texts.ts'

let archive: Archive | undefined

/** The archive, opened once in the life of the worker: opening takes longer than most of what is asked of it. */
export function useArchive(): Archive {
  if (!archive) {
    archive = openArchive()
    keepTextsTidy(archive)
  }
  return archive
}
