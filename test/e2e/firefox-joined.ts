import type { Firefox } from '../browsers/firefox.ts'
import { scrollUntil, store } from '../browsers/firefox-acts.ts'
import type { Forum } from '../forum/forum.ts'
import { generateThread } from '../forum/generate.ts'

/** A thread of three pages. */
export const joinedThread = generateThread({ posts: 55, seed: 8, plain: true })

const path = (page = 1) =>
  `post-read.php?bid=${joinedThread.board.id}&threadid=${joinedThread.id}${page > 1 ? `&page=${page}` : ''}`
const cards = `document.querySelectorAll('.post-card[data-postid]')`
const foot = `document.querySelector('.loulan-join-pages-foot')`
const card = (place: number) => `document.querySelector('[data-postid="${joinedThread.posts[place]!.id}"]')`

/** The next pages of a thread, joined to the one on the screen. */
export function joinedFlows(firefox: Firefox, forum: Forum): Record<string, () => Promise<void>> {
  const { waitFor, execute, navigate } = firefox
  const toPost = (place: number) => execute(`${card(place)}.scrollIntoView({ behavior: 'instant' })`)
  return {
    'reading on joins the next page; one that does not come is told, and comes when asked for again': async () => {
      await navigate(forum.url(path()))
      await store(firefox, { 'aid:join-pages': { enabled: true } })
      await waitFor(`return ${foot} !== null`)
      forum.faults.add({ on: 'page=2', status: 503, times: 1 })
      await scrollUntil(firefox, `return ${foot}.querySelector('button') !== null`)
      await execute(`${foot}.querySelector('button').click()`)
      await waitFor(`return ${cards}.length === 40`)
      await scrollUntil(firefox, `return ${cards}.length === 55`)
      const ids = await execute<string[]>(`return [...${cards}].map(({ dataset }) => dataset.postid)`)
      if (ids.join() !== joinedThread.posts.map(({ id }) => id).join()) throw new Error(`the posts are ${ids.join()}`)
      await waitFor(`return document.querySelectorAll('.loulan-join-pages-line').length === 2`)
    },
    'the site’s own scripts and the aids work on the joined posts': async () => {
      const vote = `${card(45)}.querySelector('[data-action=upvote]')`
      await execute(`${vote}.click()`)
      await waitFor(`return ${vote}.classList.contains('checked')`)
      await toPost(45)
      await waitFor(`return ${card(45)}.querySelector('.loulan-mute-author') !== null`)
    },
    'the address follows what is read, without a new entry of the history': async () => {
      const entries = await execute<number>(`return history.length`)
      await toPost(25)
      await waitFor(`return location.href === arguments[0]`, [forum.url(path(2))])
      await toPost(3)
      await waitFor(`return location.href === arguments[0]`, [forum.url(path())])
      if ((await execute<number>(`return history.length`)) !== entries) throw new Error('the history has grown')
    },
    'a reload of a joined page shows that page': async () => {
      await toPost(45)
      await waitFor(`return location.href === arguments[0]`, [forum.url(path(3))])
      await firefox.client.send('WebDriver:Refresh')
      await waitFor(`return ${cards}.length === 15 && ${cards}[0].dataset.postid === '${joinedThread.posts[40]!.id}'`)
    },
    'switched off, the page is what it was': async () => {
      await store(firefox, { 'aid:join-pages': { enabled: false } })
      await navigate(forum.url(path()))
      await waitFor(`return document.querySelector('.loulan-reading-bar') !== null`)
      const rows = `return [...document.querySelector('.post-card').parentElement.children].map(({ outerHTML }) => outerHTML.length > 0 && outerHTML.match(/data-postid="(\\d+)"/)?.[1]).join()`
      const before = await execute<string>(rows)
      await store(firefox, { 'aid:join-pages': { enabled: true } })
      await waitFor(`return ${foot} !== null`)
      await scrollUntil(firefox, `return ${cards}.length === 55`)
      await store(firefox, { 'aid:join-pages': { enabled: false } })
      await waitFor(`return ${cards}.length === 20`)
      if ((await execute<string>(rows)) !== before) throw new Error('something of the joined pages is left')
      if ((await firefox.currentUrl()) !== forum.url(path())) throw new Error('the address is another page’s')
    },
  }
}
