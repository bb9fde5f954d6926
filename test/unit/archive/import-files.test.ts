import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { importFiles } from '../../../archive/import-files.ts'
import { undoImport } from '../../../archive/import-log/undo-import.ts'
import { formatHtml } from '../../../formats/html.ts'
import { newArchive, postOf, threadOf } from './sample-thread.ts'

const dumpOf = (id: number) =>
  `#t 22 ${id} a 2020-01-01 00:00:00 b 2020-01-02 00:00:00\n标题 ${id}\n\n#p ${id}01 a 2020-01-01 00:00:00\n正文\n\n`
const codesOf = (files: { diagnostics: { code: string }[] }[]) =>
  files.map(({ diagnostics }) => diagnostics.map(({ code }) => code))

describe('an import of many files', () => {
  test('reads dumps, documents and zips of both as one, and tells how far it is', async () => {
    const archive = newArchive()
    const zip = zipSync({
      'a.txt': strToU8(dumpOf(2)),
      'deep/b.txt': [strToU8(dumpOf(3)), { level: 0 }],
      '__MACOSX/x': strToU8('x'),
    })
    const files = [new File([dumpOf(1)], 'folder/1.txt'), new File([zip], 'two.zip')]
    const shares: number[] = []
    const report = await importFiles(archive, files, {
      onProgress: ({ bytesRead, bytesTotal }) => shares.push(bytesRead / bytesTotal),
    })
    expect(report.files.map(({ fileName, threads }) => [fileName, threads.length])).toEqual([
      ['folder/1.txt', 1],
      ['two.zip / a.txt', 1],
      ['two.zip / deep/b.txt', 1],
    ])
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBeLessThanOrEqual(1)
    expect(await archive.imports.toArray()).toMatchObject([{ sources: ['folder/1.txt', 'two.zip'], threads: 3 }])
  })

  test('refuses in words what cannot be read, and reads the rest', async () => {
    const archive = newArchive()
    const book = new File([zipSync({ mimetype: strToU8('application/epub+zip') })], 'a.epub')
    const nested = new File([zipSync({ 'in.zip': zipSync({ a: strToU8('a') }) })], 'b.zip')
    const files = [
      new File([], 'empty'),
      new File([new Uint8Array([1, 0, 2])], 'binary'),
      new File([new Uint8Array([0x1f, 0x8b, 8])], 'backup.gz'),
      new File(['{"broken'], 'a.json'),
      new File(['PK\u0003\u0004'], 'broken.zip'),
      ...[book, nested],
      new File([zipSync({})], 'nothing.zip'),
      new File(['[{"title":"x"}]'], 'list.json'),
      new File([formatHtml(threadOf([postOf('1')]))], 'exported.html'),
      new File([dumpOf(1)], 'good.txt'),
    ]
    const report = await importFiles(archive, files)
    expect(codesOf(report.files)).toEqual([
      ['file-empty'],
      ['file-binary'],
      ['file-backup'],
      ['not-json'],
      ['zip-damaged'],
      ['file-book'],
      ['file-zip'],
      ['file-empty'],
      ['not-threads'],
      ['own-page'],
      [],
    ])
    expect(await archive.threads.count()).toBe(1)
  })

  test('a zip that is cut, flipped or grows without measure is told and harms nothing', async () => {
    const whole = zipSync({ 'a.txt': strToU8(dumpOf(1).repeat(5)), 'b.txt': strToU8(dumpOf(2)) })
    for (let at = 0; at < whole.length; at += 23) {
      const archive = newArchive()
      const broken = whole.slice()
      broken[at]! ^= 0x55
      for (const bytes of [broken, whole.slice(0, at)]) {
        const report = await importFiles(archive, [new File([bytes], 'a.zip')])
        expect(report.files.every(({ failure }) => failure === undefined)).toBe(true)
      }
      await archive.delete()
    }
    const bomb = zipSync({ 'bomb.txt': new Uint8Array(120_000_000) }, { level: 9 })
    const report = await importFiles(newArchive(), [new File([bomb], 'bomb.zip')])
    expect(codesOf(report.files)[0]).toContain('source-failed')
    expect(report.files[0]!.threads).toEqual([])
  })

  test('a zip of many names for the same bytes is refused before any is read', async () => {
    const one = zipSync({ 'a.txt': strToU8(dumpOf(1).repeat(50)) }, { level: 0 })
    // The list says the one file three times.
    const view = new DataView(one.buffer)
    const [end, size] = [one.length - 22, view.getUint32(one.length - 10, true)]
    const start = view.getUint32(one.length - 6, true)
    const entry = one.subarray(start, start + size)
    const tail = one.slice(end)
    const changed = new DataView(tail.buffer)
    changed.setUint16(8, 3, true)
    changed.setUint16(10, 3, true)
    changed.setUint32(12, 3 * size, true)
    const file = new File([one.subarray(0, start), entry, entry, entry, tail], 'same.zip')
    expect(codesOf((await importFiles(newArchive(), [file])).files)).toEqual([['zip-damaged']])
  })

  test('a full disk ends it; what was stored stays and can be undone', async () => {
    const archive = newArchive()
    archive.threads.hook('creating', (_key, { title }) => {
      if (title === '标题 2') throw new DOMException('disk full', 'QuotaExceededError')
    })
    const files = [1, 2, 3].map((id) => new File([dumpOf(id)], `${id}.txt`))
    const report = await importFiles(archive, files)
    expect(report.files.map(({ failure }) => failure?.code)).toEqual([undefined, 'quota-exceeded'])
    expect(report.importId).toBeDefined()
    expect(await archive.threads.count()).toBe(1)
  })

  test('a disk too full to note its end loses no report of it', async () => {
    const archive = newArchive()
    archive.imports.hook('updating', (changes) => {
      if ('state' in changes && changes.state === 'done') throw new DOMException('disk full', 'QuotaExceededError')
    })
    const report = await importFiles(archive, [new File([dumpOf(1)], '1.txt')])
    expect(report.files.map(({ threads }) => threads.length)).toEqual([1])
    await undoImport(archive, report.importId!)
    expect(await archive.threads.count()).toBe(0)
  })
})
