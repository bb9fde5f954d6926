import { drop, NO_DUMP, NO_DUMP_SENTENCE, SEED, SEED_NAME, TWO_THREADS } from './dumps.ts'
import { openOwnPage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'

/** Dumps as files in the library, and its word on a text that is none. */

test.describe('in the library', () => {
  test('files are imported and listed', async ({ extension }) => {
    const library = await openOwnPage(extension, 'library.html')
    await library
      .getByLabel('选择文件', { exact: true })
      .and(library.locator('input'))
      .setInputFiles([
        { name: 'two.txt', mimeType: 'text/plain', buffer: Buffer.from(TWO_THREADS) },
        { name: 'walk.txt', mimeType: 'text/plain', buffer: Buffer.from(NO_DUMP) },
      ])
    await expect(library.getByText('two.txt：读入 2 个帖子，共 2 楼')).toBeVisible()
    await expect(library.getByText('walk.txt：没有可读的帖子')).toBeVisible()
    await expect(library.locator('.thread-line a', { hasText: '甲帖' })).toBeVisible()
    await drop(library, '.drop', SEED_NAME, SEED)
    await expect(library.getByText(`${SEED_NAME}：读入 1 个帖子，共 2 楼`)).toBeVisible()
    await library.close()
  })

  for (const [code, sentence] of [
    ['not-a-dump/1', NO_DUMP_SENTENCE],
    ['quota-exceeded/1', '磁盘空间或浏览器给扩展的配额用完了'],
    ['source-failed/7', '第 7 行：文件读到这里中断了'],
    ['brand-new/1', '这段文字没能当作帖子打开'],
  ] as const) {
    test(`its address says why a text was not opened: ${code}`, async ({ extension }) => {
      const library = await openOwnPage(extension, `library.html#import-problem/${code}`)
      await expect(library.getByText('这段文字没能当作帖子打开')).toBeVisible()
      await expect(library.getByText(sentence)).toBeVisible()
      await library.evaluate(() => (location.hash = ''))
      await expect(library.getByText('这段文字没能当作帖子打开')).toHaveCount(0)
      await library.close()
    })
  }

  for (const hash of ['import-problem/%3Cimg%20src=x%3E/1', 'import-problem/not-a-dump/-1', 'import-problem/']) {
    test(`an address that nobody wrote shows no problem: ${hash}`, async ({ extension }) => {
      const library = await openOwnPage(extension, `library.html#${hash}`)
      await expect(library.getByRole('heading', { level: 1 })).toHaveText('书架')
      await expect(library.getByText('这段文字没能当作帖子打开')).toHaveCount(0)
      await library.close()
    })
  }
})
