import { encodeGb18030 } from '../forum/bytes.ts'
import { readTable } from './archive.ts'
import { dumpBox, drop, expectSeed, NO_DUMP, NO_DUMP_SENTENCE, paste, SEED, SEED_NAME, TWO_THREADS } from './dumps.ts'
import { makeVariant, opened, openPopup } from './extension-pages.ts'
import { expect, SEED_FILE, test } from './fixtures.ts'

/** A dump given to the popup: pasted, typed, as a file, from the clipboard. */

test.describe('in the popup', () => {
  test('a pasted dump opens at once', async ({ extension, forum }) => {
    await forum.stop()
    const popup = await openPopup(extension)
    await expectSeed(await opened(extension, () => paste(extension, popup, SEED)))
    await expect(popup.locator('.thread-line a').first()).toContainText('关于持续解决')
    await popup.close()
  })

  test('a dump typed into the box opens by its button', async ({ extension }) => {
    const popup = await openPopup(extension)
    await dumpBox(popup).fill(SEED)
    await expectSeed(await opened(extension, () => popup.getByRole('button', { name: '打开', exact: true }).click()))
    await popup.close()
  })

  test('a dump is read though the worker was stopped just before', async ({ extension }) => {
    const popup = await openPopup(extension)
    await popup.getByText('最近读过').waitFor()
    await extension.stopServiceWorker()
    await expectSeed(await opened(extension, () => paste(extension, popup, SEED)))
    await popup.close()
  })

  test('what is pasted and is no dump stays in the box, and one sentence says why', async ({ extension }) => {
    const popup = await openPopup(extension)
    await paste(extension, popup, NO_DUMP)
    await expect(dumpBox(popup)).toHaveValue(NO_DUMP)
    await dumpBox(popup).press('Control+Enter')
    await expect(popup.getByText(NO_DUMP_SENTENCE)).toHaveCount(1)
    await expect(dumpBox(popup)).toHaveValue(NO_DUMP)
    await popup.close()
  })

  test('several threads are listed, with what was odd about them', async ({ extension }) => {
    const popup = await openPopup(extension)
    await dumpBox(popup).fill(TWO_THREADS)
    await dumpBox(popup).press('Control+Enter')
    await expect(popup.getByText('粘贴的文本：读入 2 个帖子，共 2 楼')).toBeVisible()
    await popup.locator('summary').click()
    await expect(popup.locator('details li').first()).toHaveText(/^第 \d+ 行：/)
    const reader = await opened(extension, () => popup.locator('[aria-live] a', { hasText: '乙帖' }).click())
    await expect(reader.getByText('乙的正文')).toBeVisible()
    await reader.close()
    await popup.close()
  })

  test('chosen and dropped files are read, GB18030 too', async ({ extension }) => {
    const popup = await openPopup(extension)
    const input = popup.locator('input[type=file]')
    const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/plain', buffer })
    await expectSeed(await opened(extension, () => input.setInputFiles(SEED_FILE)))
    await expectSeed(await opened(extension, () => input.setInputFiles(file('old.txt', encodeGb18030(SEED)))))
    await expect(popup.getByText('old.txt：读入 1 个帖子，共 2 楼')).toBeVisible()
    await popup.locator('summary').click()
    await expect(popup.getByText('这份文本不是 UTF-8，按 GB18030 读出。')).toBeVisible()
    await input.setInputFiles(file('walk.txt', Buffer.from(NO_DUMP)))
    await expect(popup.getByText('walk.txt：没有可读的帖子')).toBeVisible()
    await expect(popup.getByText(NO_DUMP_SENTENCE)).toBeVisible()
    await expectSeed(await opened(extension, () => drop(popup, '.dump-box', SEED_NAME, SEED)))
    await popup.close()
  })

  test('the clipboard is read by its button, with the permission', async ({ launch }) => {
    const { folder, remove } = makeVariant({
      manifest: { permissions: ['clipboardRead'], optional_permissions: undefined },
    })
    try {
      const browser = await launch({ extensionDir: folder })
      const popup = await openPopup(browser)
      const button = popup.getByRole('button', { name: '读取剪贴板' })
      await popup.evaluate((value) => navigator.clipboard.writeText(value), SEED)
      await expectSeed(await opened(browser, () => button.click()))
      await popup.bringToFront()
      await popup.evaluate(() => navigator.clipboard.writeText(' '))
      await button.click()
      await expect(popup.getByText('剪贴板里没有文字。')).toBeVisible()
    } finally {
      remove()
    }
  })
})

test('a dump opened twice is one thread, and a newer one adds to it', async ({ extension }) => {
  const popup = await openPopup(extension)
  const dump = (posts: number[]) =>
    ['#t 22 900 ada 2024-01-01 10:00:00 ada 2024-01-01 10:00:00', '长大的帖子', '']
      .concat(posts.flatMap((id) => [`#p ${id} ada 2024-01-01 10:00:00`, `第 ${id} 楼的话`, '']))
      .join('\n')
  for (const posts of [[9001], [9001], [9001, 9002]]) {
    const reader = await opened(extension, () => paste(extension, popup, dump(posts)))
    await expect(reader.locator('.post')).toHaveCount(posts.length)
    await reader.close()
  }
  const rows = await readTable<{ key: string }>(extension, 'threads')
  expect(rows.filter(({ key }) => key.endsWith('/22/900'))).toHaveLength(1)
  await popup.close()
})
