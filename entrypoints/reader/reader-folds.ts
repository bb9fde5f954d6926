import { useArchive } from '../../stores/open-archive.ts'

/** The posts of a thread whose branches were folded when it was last read; none where that cannot be found out. */
export async function readFolds(threadKey: string): Promise<readonly string[]> {
  try {
    const { findFoldedBranches } = await import('../../archive/folded-branches.ts')
    return await findFoldedBranches(await useArchive(), threadKey)
  } catch (error) {
    console.warn('[loulan] folded branches were not remembered', error)
    return []
  }
}

/** Remembers them; a disk too full for that is no reason to stop. */
export async function noteFolds(threadKey: string, postIds: readonly string[]): Promise<void> {
  try {
    const { noteFoldedBranches } = await import('../../archive/folded-branches.ts')
    await noteFoldedBranches(await useArchive(), threadKey, postIds)
  } catch (error) {
    console.warn('[loulan] folded branches will not be remembered', error)
  }
}
