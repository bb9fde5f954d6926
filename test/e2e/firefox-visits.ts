import type { Firefox } from '../browsers/firefox.ts'
import { inOwnTab } from '../browsers/firefox-acts.ts'
import type { Forum } from '../forum/forum.ts'
import { generateThread } from '../forum/generate.ts'

/** A thread of two pages. */
export const visitedThread = generateThread({ posts: 38, seed: 9 })

const KEY = `pku-bbs/bbs.pku.edu.cn/${visitedThread.board.id}/${visitedThread.id}`
const path = `post-read.php?bid=${visitedThread.board.id}&threadid=${visitedThread.id}`
const card = (id: string) => `document.querySelector('[data-postid="${id}"]')`
const count = `document.querySelector('.loulan-new-posts-control')`

/** Gives what is noted of the visit, and makes it look hours old where asked to. */
const FIND_VISIT = `
  const [key, hours] = arguments
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return done(indexedDB.open('loulan')).then(async (database) => {
    const visits = database.transaction('visits', 'readwrite').objectStore('visits')
    const visit = await done(visits.get(key))
    const lastAt = visit && new Date(Date.parse(visit.lastAt) - hours * 3_600_000).toISOString()
    if (visit && hours > 0) await done(visits.put({ ...visit, lastAt }))
    database.close()
    return visit ? { readIds: visit.readIds, postId: visit.place?.postId } : null
  })`

/** What a second visit to a thread knows of the first. */
export function visitFlows(firefox: Firefox, forum: Forum): Record<string, () => Promise<void>> {
  const { waitFor, execute, navigate } = firefox
  const findVisit = (hours = 0) =>
    inOwnTab<{ readIds: string[]; postId?: string } | null>(firefox, FIND_VISIT, [KEY, hours])
  const stopped = visitedThread.posts[8]!
  return {
    'where reading stopped is offered at the next visit': async () => {
      await navigate(forum.url(path))
      await waitFor(`return document.querySelector('.loulan-resume-line') !== null`)
      await execute(`${card(stopped.id)}.scrollIntoView({ behavior: 'instant' })`)
      // A tab that is left tells at once what was read in it.
      await waitFor(`return document.querySelector('.loulan-reading-bar')?.getBoundingClientRect().height > 0`)
      await until(async () => (await findVisit())?.postId === stopped.id, 'the place was not noted')
      await navigate('about:blank')
      await findVisit(6)
      await navigate(forum.url(path))
      await waitFor(`return document.querySelector('.loulan-resume-offer')?.textContent.includes('${stopped.floor}')`)
      await execute(`document.querySelector('.loulan-resume-offer').click()`)
      await waitFor(`return document.activeElement === ${card(stopped.id)}`)
    },
    'posts that came since are marked, counted and stepped through': async () => {
      await navigate(forum.url(`${path}&page=2`))
      await waitFor(`return document.querySelector('.loulan-resume-line') !== null`)
      await until(async () => ((await findVisit())?.readIds.length ?? 0) > 0, 'nothing was noted as read')
      await navigate('about:blank')
      await findVisit(6)
      forum.control.addPosts(visitedThread.id, [postNow(39, '99000001'), postNow(40, '99000002')])
      await navigate(forum.url(`${path}&page=2`))
      await waitFor(`return document.querySelectorAll('.loulan-new-posts-mark').length === 2`)
      await waitFor(`return ${count}.textContent.includes('2')`)
      await execute(`${count}.click()`)
      await waitFor(`return document.activeElement === ${card('99000001')} && ${count}.textContent.includes('1')`)
      await execute(`${count}.click()`)
      await waitFor(`return document.activeElement === ${card('99000002')} && ${count}.checkVisibility() === false`)
      await until(async () => (await findVisit())?.readIds.includes('99000002') ?? false, 'it was not noted as read')
    },
  }
}

/** A post as the forum shows it now, too long for two of them to be on the screen, too short to be folded. */
function postNow(floor: number, id: string) {
  const time = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  return { ...visitedThread.posts[3]!, id, floor, postedAt: time, body: `<p>${'雪'.repeat(1150)}</p>` }
}

async function until(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (const deadline = Date.now() + 10_000; !(await isSo());) if (Date.now() > deadline) throw new Error(otherwise)
}
