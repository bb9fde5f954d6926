import type { Archive } from './database.ts'
import { takeFiles } from './kept-files.ts'
import type { ThreadFiles } from './kept-files.ts'
import { inOrder } from './place-posts.ts'
import { forgetTexts } from './search/note-texts.ts'

/** Removes a thread's rows, and gives those of its pictures and files; the caller has the transaction, over `threadTables`. */
export async function removeThread(archive: Archive, key: string): Promise<ThreadFiles> {
  await inOrder(archive, key).delete()
  await archive.threads.delete(key)
  await forgetTexts(archive, key)
  return takeFiles(archive, key)
}
