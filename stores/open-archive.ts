import type { Archive } from '../archive/database.ts'

let archive: Promise<Archive> | undefined

/**
 * The archive of this page, opened once. Its code is loaded when first asked for: it brings the database library, which
 * no first paint must wait for.
 */
export function useArchive(): Promise<Archive> {
  archive ??= import('../archive/database.ts').then(({ openArchive }) => openArchive())
  return archive
}

/** Closes the archive, so that the next use opens it anew; for pages that end, such as a test's. */
export async function closeArchive(): Promise<void> {
  const opened = archive
  archive = undefined
  if (opened) (await opened).close()
}
