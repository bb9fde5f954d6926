import { openArchive } from '../../archive/database.ts'
import type { Archive } from '../../archive/database.ts'
import { queueSave, takeTurn } from '../../archive/queue-save.ts'
import { storeSavedPage } from '../../archive/store-saved-page.ts'
import type { Post } from '../../core/thread.ts'

/** Runs in the browser's page of saving.bench.ts. */

const KEY = 'pku-bbs/bbs.pku.edu.cn/22/1'
const FIRST = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=1'
const TEXT = '每一层楼都有人写下自己的话，长的短的，有的只是路过。'.repeat(4)

function postOf(floor: number): Post {
  const id = String(1_000_000 + floor)
  const text = `${floor}：${TEXT}`
  return {
    id,
    floor,
    author: { username: `reader${floor % 50}` },
    html: `<p>${text}</p>`,
    text,
    quotes: [],
    attachments: [],
  }
}

async function saveAll(archive: Archive, pages: number, size: number): Promise<number> {
  const addresses = { first: FIRST, before: `${FIRST}&page=`, after: '', start: 1, step: 1 }
  const thread = { key: KEY, site: 'pku-bbs', id: '1', url: FIRST, title: '长楼', pageCount: pages }
  await queueSave(archive, { ...thread, addresses }, { isFull: true })
  await takeTurn(archive, 'bbs.pku.edu.cn', new Date().toISOString())
  const made = Array.from({ length: pages }, (_, page) =>
    Array.from({ length: size }, (__, index) => postOf(page * size + index + 1)),
  )
  const start = performance.now()
  for (const [index, posts] of made.entries()) {
    const [first, last] = [posts[0]!, posts.at(-1)!]
    const edges = {
      page: index + 1,
      firstId: first.id,
      lastId: last.id,
      firstFloor: first.floor!,
      lastFloor: last.floor!,
    }
    const readAt = new Date().toISOString()
    await storeSavedPage(archive, KEY, {
      thread: { ...thread, posts },
      pageCount: pages,
      edges,
      gaps: [],
      readAt,
      milliseconds: 0,
    })
  }
  return performance.now() - start
}

/** The same rows in a table of the same indexes, and nothing else done about them. */
async function putPlain(archive: Archive, size: number): Promise<number> {
  const rows = await archive.posts.toArray()
  await archive.posts.clear()
  const start = performance.now()
  for (let from = 0; from < rows.length; from += size) await archive.posts.bulkPut(rows.slice(from, from + size))
  return performance.now() - start
}

async function measureSaving(pages: number, size: number) {
  const archive = openArchive('bench-saving')
  await saveAll(archive, 20, size)
  await Promise.all(archive.tables.map((table) => table.clear()))
  const saving = await saveAll(archive, pages, size)
  const again = await saveAll(archive, pages, size)
  const plain = await putPlain(archive, size)
  return { saving, again, plain }
}

Object.assign(window, { measureSaving })
