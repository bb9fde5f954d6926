import type { Page } from '@playwright/test'
import type { Chromium } from '../browsers/chromium.ts'

/** What lies in the archive, read from an extension page with the browser's own IndexedDB. */
export interface ArchivedThread {
  key: string
  title: string
  postCount: number
}

/** Reads all rows of a table of the archive; none while there is no archive. */
export async function readTable<Row>(extension: Chromium, table: string): Promise<Row[]> {
  const page = await extension.context.newPage()
  try {
    await page.goto(extension.extensionUrl('/icon/loulan.svg'))
    return (await page.evaluate(readAll, table)) as Row[]
  } finally {
    await page.close()
  }
}

/** Waits until a thread with that many posts is in the archive. */
export async function waitForThread(extension: Chromium, key: string, posts: number): Promise<ArchivedThread> {
  const page: Page = await extension.context.newPage()
  try {
    await page.goto(extension.extensionUrl('/icon/loulan.svg'))
    for (let attempt = 0; attempt < 100; attempt++) {
      const rows = (await page.evaluate(readAll, 'threads')) as ArchivedThread[]
      const found = rows.find((row) => row.key === key && row.postCount >= posts)
      if (found) return found
      await page.waitForTimeout(50)
    }
    throw new Error(`${key} did not reach ${posts} posts in the archive`)
  } finally {
    await page.close()
  }
}

/** Reads all rows of a table of the archive in a page of the extension's origin. */
export async function readRows<Row>(page: Page, table: string): Promise<Row[]> {
  return (await page.evaluate(readAll, table)) as Row[]
}

/** Runs in the page; opens no database that is not there, as that would create an empty one of a wrong version. */
async function readAll(table: string): Promise<unknown[]> {
  if (!(await indexedDB.databases()).some(({ name }) => name === 'loulan')) return []
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('loulan')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  try {
    if (!database.objectStoreNames.contains(table)) return []
    return await new Promise<unknown[]>((resolve, reject) => {
      const request = database.transaction(table).objectStore(table).getAll()
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  } finally {
    database.close()
  }
}

/** Deletes all rows of all tables; runs in a page of the extension and makes no database where there is none. */
export async function emptyDatabase(): Promise<void> {
  if (!(await indexedDB.databases()).some(({ name }) => name === 'loulan')) return
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('loulan')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error!)
  })
  const names = [...database.objectStoreNames]
  if (names.length > 0) {
    const transaction = database.transaction(names, 'readwrite')
    for (const name of names) transaction.objectStore(name).clear()
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error!)
    })
  }
  database.close()
}
