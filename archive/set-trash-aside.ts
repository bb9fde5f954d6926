import type { Archive } from './database.ts'
import { inOrder } from './place-posts.ts'
import { removeThread } from './remove-thread.ts'

/**
 * Makes room for a thread that was deleted and is read anew: what lies of it in its old place moves into the trash, where
 * undoing still finds it. The caller has the transaction, and no row of that key stands in `threads`.
 */
export async function setTrashAside(archive: Archive, key: string): Promise<void> {
  const [lying] = await archive.trash
    .where('key')
    .equals(key)
    .filter(({ posts }) => posts === undefined)
    .toArray()
  if (!lying) return
  const posts = await inOrder(archive, key).toArray()
  const files = await removeThread(archive, key)
  await archive.trash.put({ ...lying, posts, files })
}
