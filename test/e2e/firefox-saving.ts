import type { Firefox } from '../browsers/firefox.ts'
import { stopBackground } from '../browsers/firefox-inside.ts'
import type { Forum } from '../forum/forum.ts'
import { generateThread } from '../forum/generate.ts'

/** A thread of three pages, with pictures that are there and one that is not. */
export const savedThread = generateThread({ posts: 45, seed: 6, plain: true })
const picture = (name: string, alt: string) => `<img src="https://bbs.pku.edu.cn/attach/${name}" alt="${alt}">`
savedThread.posts[0]!.body = `<p>看图：${picture('good.png', '湖面')}${picture('gone.png', '没了')}</p>`

export const savedKey = `pku-bbs/bbs.pku.edu.cn/${savedThread.board.id}/${savedThread.id}`
const path = `post-read.php?bid=${savedThread.board.id}&threadid=${savedThread.id}`
const button = `document.querySelector('.loulan-saved-state-button')`
const isSaved = `${button}?.textContent && document.querySelector('.loulan-saved-state-bar').hidden`

/** A thread is saved from its page, whatever happens to the background page meanwhile, and read with the forum stopped. */
export function savingFlows(firefox: Firefox, forum: Forum): Record<string, () => Promise<void>> {
  const { waitFor, execute, navigate, extensionUrl } = firefox
  const asked = (page: number) =>
    forum.requests.filter((request) => request.path.endsWith(`threadid=${savedThread.id}&page=${page}`)).length
  return {
    'the aids above the page come after it': async () => {
      await navigate(extensionUrl('icon/loulan.svg'))
      await execute(
        `return browser.storage.local.set({ 'setting:saveSecondsBetweenRequests': 0.2, 'setting:secondsBetweenFiles': 0 })`,
      )
      await navigate(forum.url(path))
      await waitFor(`return document.querySelectorAll('.loulan-only-author-control').length === 1`)
      await execute(`scrollTo(0, document.documentElement.scrollHeight / 2)`)
      await waitFor(`return document.querySelector('.loulan-reading-bar')?.getBoundingClientRect().height > 0`)
    },
    'a save from the page outlives the background page, and its line follows it': async () => {
      forum.faults.add({ on: 'gone.png', status: 404 })
      forum.faults.add({ on: '&page=3', slow: 4000, times: 1 })
      await waitFor(`return ${button}?.textContent`)
      await execute(`${button}.click()`)
      await waitFor(`return document.querySelector('.loulan-saved-state-bar').value === 2`)
      await until(() => asked(3) === 1, 'the third page was not asked for')
      await stopBackground(firefox)
      // The next message wakes it, here one of the page that is loaded anew.
      await navigate(forum.url(path))
      await waitFor(`return document.querySelector('.loulan-saved-state-bar')?.hidden === false`)
      await waitFor(`return ${isSaved}`, [], 20_000)
      if (asked(2) !== 1 || asked(3) !== 2) throw new Error(`pages were asked for ${asked(2)} and ${asked(3)} times`)
      await waitFor(
        `return /\\d{4}-\\d\\d-\\d\\d/.test(document.querySelector('.loulan-saved-state-words').textContent)`,
      )
    },
    'the second visit says what is new and what is gone': async () => {
      forum.control.addPosts(savedThread.id, 3)
      forum.control.deletePost(savedThread.id, savedThread.posts[43]!.id)
      await navigate(forum.url(`${path}&page=3`))
      await waitFor(`return document.querySelector('.loulan-saved-state-words')?.textContent.match(/ · .*3.* · .*1/)`)
    },
    'the saved thread is read with its pictures, with the forum stopped': async () => {
      await forum.stop()
      await navigate(extensionUrl(`reader.html#${encodeURIComponent(savedKey)}`))
      await waitFor(`return document.querySelectorAll('.post').length >= 48 && document.querySelector('.post-gone')`)
      await waitFor(
        `return [...document.images].some(({ alt, src, naturalWidth }) => alt === '湖面' && src.startsWith('blob:') && naturalWidth > 0)`,
      )
      await waitFor(`return document.querySelector('.post').innerText.includes('没了')`)
    },
  }
}

async function until(isSo: () => boolean, otherwise: string): Promise<void> {
  for (const deadline = Date.now() + 10_000; !isSo(); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() > deadline) throw new Error(otherwise)
}
