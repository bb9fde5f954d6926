import type { Firefox } from '../browsers/firefox.ts'
import { press, store } from '../browsers/firefox-acts.ts'
import type { Forum } from '../forum/forum.ts'
import { joinedThread } from './firefox-joined.ts'

const SEED_PATH = 'post-read.php?bid=22&threadid=17625528'
const PATH = `post-read.php?bid=${joinedThread.board.id}&threadid=${joinedThread.id}`
const marked = `document.querySelector('[data-loulan-keyboard]')`
const status = `document.querySelector('.loulan-keyboard-status')`

/** Reading by keyboard. */
export function keyboardFlows(firefox: Firefox, forum: Forum): Record<string, () => Promise<void>> {
  const { waitFor, execute, navigate } = firefox
  const isAt = (place: number) =>
    waitFor(
      `return ${marked}?.dataset.postid === '${joinedThread.posts[place]!.id}' && document.activeElement === ${marked}`,
    )
  return {
    'j and k step through the posts, with the focus': async () => {
      await navigate(forum.url(PATH))
      await waitFor(`return ${status} !== null`)
      await press(firefox, 'j')
      await isAt(0)
      await press(firefox, 'j', 'j')
      await isAt(2)
      await press(firefox, 'k')
      await isAt(1)
    },
    'no key acts while one types, and Firefox’s own find by typing is not in the way': async () => {
      await execute(
        `const box = document.createElement('textarea'); box.id = 'typed'; document.body.prepend(box); box.focus()`,
      )
      await press(firefox, 'j', '/', '?', 'o')
      await waitFor(`return document.querySelector('#typed').value === 'j/?o'`)
      await isAtStill(1)
      await execute(`document.querySelector('#typed').remove()`)
    },
    'the slash opens the search in the thread, and Escape leads back': async () => {
      await press(firefox, '/')
      await waitFor(`return document.activeElement?.matches('.loulan-thread-search-bar input')`)
      await press(firefox, 'Escape')
      await waitFor(`return !document.activeElement?.matches('input')`)
    },
    'the list says which keys there are, and closes': async () => {
      await press(firefox, '?')
      await waitFor(
        `return [...document.querySelectorAll('dialog[open] dt')].map(({ textContent }) => textContent).join('') === 'jkos/?'`,
      )
      await press(firefox, 'Escape')
      await waitFor(`return document.querySelector('dialog[open]') === null`)
    },
    'o unfolds the long post and folds it': async () => {
      await navigate(forum.url(SEED_PATH))
      await waitFor(`return ${status} !== null`)
      const fold = `document.querySelector('.loulan-collapse-long-posts-button')`
      await waitFor(`return ${fold} !== null`)
      // Whether it is open is remembered from before.
      const former = await execute<string>(`return ${fold}.getAttribute('aria-expanded')`)
      await press(firefox, 'j', 'o')
      await waitFor(
        `return ${fold}.getAttribute('aria-expanded') !== '${former}' && document.activeElement === ${fold}`,
      )
      await press(firefox, 'o')
      await waitFor(`return ${fold}.getAttribute('aria-expanded') === '${former}'`)
    },
    'a changed key acts at once, and the old one no longer': async () => {
      await navigate(forum.url(PATH))
      await waitFor(`return ${status} !== null`)
      await press(firefox, 'j')
      await isAt(0)
      // The aid starts anew, with an element of its own.
      await execute(`${status}.id = 'former'`)
      await store(firefox, { 'aid:keyboard': { enabled: true, options: { nextPost: 'w' } } })
      await waitFor(`return ${status} !== null && ${status}.id !== 'former'`)
      await press(firefox, 'w', 'w')
      await isAt(1)
      await press(firefox, 'j')
      await isAtStill(1)
      await store(firefox, { 'aid:keyboard': { enabled: true } })
    },
  }

  /** Says that nothing moved: what a key would do is done before its press is answered. */
  async function isAtStill(place: number): Promise<void> {
    const id = await execute<string>(`return ${marked}?.dataset.postid`)
    if (id !== joinedThread.posts[place]!.id) throw new Error(`the key acted: ${id} is marked`)
  }
}
