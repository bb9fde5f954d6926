import type { Archive } from '../archive/database.ts'

let archive: Promise<Archive> | undefined

/**
 * The archive of this page, opened once. Its code is loaded when first asked for: it brings the database library, which
 * no first paint must wait for.
 */
export function useArchive(): Promise<Archive> {
  archive ??= open()
  return archive
}

async function open(): Promise<Archive> {
  const [{ openArchive }, { keepTextsTidy }] = await Promise.all([
    import('../archive/database.ts'),
    import('../archive/search/tidy-texts.ts'),
  ])
  const opened = openArchive()
  keepTextsTidy(opened)
  return opened
}

/** Closes the archive, so that the next use opens it anew; for pages that end, such as a test's. */
export async function closeArchive(): Promise<void> {
  const opened = archive
  archive = undefined
  if (opened) (await opened).close()
}
