import { openArchive, type Archive } from '../archive/database.ts'

let archive: Archive | undefined

/** The archive, opened once in the life of the worker: opening takes longer than most of what is asked of it. */
export function useArchive(): Archive {
  return (archive ??= openArchive())
}
