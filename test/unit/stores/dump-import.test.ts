import { beforeEach, expect, test } from 'vitest'
import { useDumpImportStore } from '../../../stores/dump-import.ts'
import { useLibraryStore } from '../../../stores/library.ts'
import { startEmpty } from './sample-archive.ts'

beforeEach(startEmpty)

const dump = (id: number) =>
  `#t 22 ${id} a 2020-01-01 00:00:00 b 2020-01-02 00:00:00\n标题 ${id}\n\n#p 1 a 2020-01-01 00:00:00\n正文\n\n`

test('reads files one after another and reports on each', async () => {
  const store = useDumpImportStore()
  const files = [new File([dump(1) + dump(2)], 'good.txt'), new File(['hello\nworld\n'], 'bad.txt')]
  const [good, bad] = await store.importFiles(files)
  expect(good).toMatchObject({
    fileName: 'good.txt',
    stopped: false,
    threads: [{ title: '标题 1' }, { title: '标题 2' }],
  })
  expect(bad).toMatchObject({ fileName: 'bad.txt', threads: [], diagnostics: [{ code: 'not-a-dump' }] })
  expect([store.isBusy, store.progress, store.reports.length]).toEqual([false, undefined, 2])
  const library = useLibraryStore()
  await library.load()
  expect(library.threadCount).toBe(2)
})

test('tells how far it is while it reads', async () => {
  const store = useDumpImportStore()
  const done = store.importFiles([new File([dump(1)], 'a.txt'), new File([dump(2)], 'b.txt')])
  expect(store.isBusy).toBe(true)
  await done
  store.clear()
  expect(store.reports).toEqual([])
})

test('stopping keeps what was read and leaves the other files', async () => {
  const store = useDumpImportStore()
  const done = store.importFiles([new File([dump(1)], 'a.txt'), new File([dump(2)], 'b.txt')])
  store.stop()
  const reports = await done
  expect(reports).toMatchObject([{ fileName: 'a.txt', stopped: true }])
  expect(store.isBusy).toBe(false)
})

test('a source that fails outside of the dump becomes a report, too', async () => {
  const store = useDumpImportStore()
  // No background answers in this test: sending the text fails, as it does while an update replaces the extension.
  const report = await store.importText(dump(1))
  expect(report).toMatchObject({ threads: [], failure: { code: 'failed' } })
  expect(store.isBusy).toBe(false)
})
