import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { restoreBackup } from '../../../archive/backup/restore-backup.ts'
import { writeBackup } from '../../../archive/backup/write-backup.ts'
import { backupOf, fillLibrary, libraryOf } from './sample-library.ts'
import { newArchive, timeAt } from './sample-thread.ts'

const now = new Date('2024-06-01T00:00:00Z')

describe('damage', () => {
  test('wherever a byte is flipped or the file cut, all else is restored and the damage told', async () => {
    const archive = newArchive()
    await fillLibrary(archive, 30, 80)
    const whole = await libraryOf(archive)
    const bytes = new Uint8Array(await (await backupOf(archive)).arrayBuffer())
    const keys = new Set(whole.posts.map(({ threadKey, id }) => `${threadKey} ${id}`))
    const run = fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (at, bits, isCut) => {
        const broken = isCut ? bytes.slice(0, at) : bytes.slice()
        if (!isCut) broken[at]! ^= bits
        const other = newArchive()
        const report = await restoreBackup(other, new Blob([broken]), { now })
        const { posts, threads } = await libraryOf(other)
        expect(posts.every(({ threadKey, id }) => keys.has(`${threadKey} ${id}`))).toBe(true)
        expect(threads.map(({ postCount }) => postCount).reduce((sum, count) => sum + count, 0)).toBe(posts.length)
        const lost =
          report.torn.reduce((sum, torn) => sum + torn.postCount - torn.posts, 0) + 80 * report.threadsMissing
        if (!isCut) {
          // The one flip costs one member of the file's several, or, in a size alone, none.
          expect(posts.length).toBeGreaterThan(keys.size / 3)
          expect(posts.length + lost).toBe(keys.size)
          expect(report.damageCount).toBeLessThanOrEqual(1)
          if (posts.length < keys.size) expect(report.damageCount).toBe(1)
        } else if (posts.length < keys.size) expect(report.isCutOff).toBe(true)
        await other.delete()
      },
    )
    await fc.assert(run, { numRuns: 15 })
  }, 120_000)

  test('members in another order, twice, or with foreign bytes between give the same library', async () => {
    const archive = newArchive()
    await fillLibrary(archive, 30, 80)
    const options = { createdAt: timeAt(1000), extension: '', settings: {} }
    const members = await Array.fromAsync(writeBackup(archive, options))
    const turned = [...members.toReversed(), new TextEncoder().encode('PK foreign {"type":"thread"}'), ...members]
    const other = newArchive()
    const report = await restoreBackup(other, new Blob(turned), { now })
    expect(report).toMatchObject({ damageCount: 1, threads: 30, tornCount: 0, threadsMissing: 0, files: 30 })
    expect(await libraryOf(other)).toEqual(await libraryOf(archive))
  })
})
