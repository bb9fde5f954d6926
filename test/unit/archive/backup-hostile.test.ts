import { describe, expect, test } from 'vitest'
import { restoreBackup } from '../../../archive/backup/restore-backup.ts'
import { packMember } from '../../../formats/backup/members.ts'
import { libraryOf } from './sample-library.ts'
import { newArchive, timeAt } from './sample-thread.ts'

const now = new Date('2024-06-01T00:00:00Z')
const packed = async (...lines: unknown[]) =>
  new File([await packMember(lines.map((line) => JSON.stringify(line)).join('\n'))], 'a.gz')

describe('a hostile backup', () => {
  const fields = { key: 'k', site: 's', id: '1', url: 'https://example.org/', title: 't' }
  const history = { firstReadAt: timeAt(0), lastReadAt: timeAt(0), source: 'page', pages: {}, tags: [] }
  const post = { id: '1', author: { username: 'a' }, html: '', text: 'w', quotes: [], attachments: [] }

  test('has no picture missing from a time to come, which would never be asked for again', async () => {
    const archive = newArchive()
    const url = 'https://example.org/a.png'
    const row = { threadKey: 'k', url, kind: 'picture', state: 'missing', reason: 'timeout', position: 0, size: 0 }
    const posts = [{ post, readAt: timeAt(0), source: 'page' }]
    const thread = { type: 'thread', fields, history, postCount: 1, posts }
    const rows = [{ ...row, triedAt: '9999-01-01T00:00:00.000Z' }]
    await restoreBackup(archive, await packed(thread, { type: 'addresses', rows }), { now })
    expect(await archive.fileAddresses.toArray()).toEqual([{ ...row, triedAt: now.toISOString() }])
  })

  test('has its HTML cleaned, its addresses of the web, its times from the past', async () => {
    const html = '<img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a><script>alert(1)</script><p>kept</p>'
    const evil = { ...post, html, url: 'javascript:alert(1)' }
    const version = { html, text: 'v', seenAt: '9999-01-01T00:00:00.000Z', source: 'page' }
    const readAt = '9999-01-01T00:00:00.000Z'
    const line = {
      ...{ type: 'thread', fields: { ...fields, url: 'javascript:alert(1)' } },
      history: { ...history, lastReadAt: readAt, pages: { 1: readAt, __proto__: 'x', constructor: readAt } },
      posts: [{ post: evil, readAt, source: 'page', versions: [version, null, { html }], goneSince: 'never' }, null, 5],
    }
    const archive = newArchive()
    await restoreBackup(archive, await packed(line), { now })
    const text = JSON.stringify(await libraryOf(archive))
    expect(text).toContain('kept')
    expect(text).not.toMatch(/script|onerror|9999|never|constructor/)
  })

  test('of foreign, broken and absurd lines stores nothing and counts them', async () => {
    const lines = [
      1,
      null,
      [],
      {},
      { type: 'thread' },
      { type: 'toString' },
      { type: 'thread', fields: { key: 'k' }, posts: [] },
    ]
    const archive = newArchive()
    const report = await restoreBackup(archive, await packed(...lines), { now })
    expect(report).toMatchObject({ threads: 0, unknownLines: lines.length, isCutOff: true })
    expect(report).not.toHaveProperty('importId')
    expect(await archive.threads.count()).toBe(0)
  })

  test('whose files are not what their hashes say has them refused', async () => {
    const piece = (more: object) => ({ type: 'file', hash: 'a'.repeat(64), size: 4, at: 0, data: 'AAAA', ...more })
    const lines = [
      piece({ size: 3 }),
      piece({ at: 3, data: 'AA==' }),
      piece({ data: '!' }),
      piece({ hash: 'x' }),
      piece({ size: 2 }),
    ]
    const archive = newArchive()
    const report = await restoreBackup(archive, await packed(...lines), { now })
    expect(report).toMatchObject({ files: 0, unknownLines: 1 })
    expect(report.filesDamaged).toBeGreaterThan(0)
    expect(await archive.files.count()).toBe(0)
  })

  test('that unpacks to gigabytes is not unpacked', async () => {
    const bomb = await packMember('a'.repeat(101_000_000))
    expect(bomb.length).toBeLessThan(2_000_000)
    const report = await restoreBackup(newArchive(), new Blob([bomb]), { now })
    expect(report).toMatchObject({ damageCount: 1, threads: 0 })
  })

  test('of a newer version is said to be one, and read as far as it is known', async () => {
    const manifest = { type: 'manifest', format: 'loulan-backup', version: 9, createdAt: timeAt(0), future: true }
    const line = { type: 'thread', fields, history, posts: [{ post, readAt: timeAt(0), source: 'page', mood: 'glad' }] }
    const file = await packed(manifest, line, { type: 'dream' })
    const report = await restoreBackup(newArchive(), file, { now })
    expect(report).toMatchObject({ isNewer: true, threads: 1, posts: 1, unknownLines: 1, manifest: { version: 9 } })
  })
})
