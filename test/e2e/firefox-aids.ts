import type { Firefox } from '../browsers/firefox.ts'

/** The aids that come after the page, in Firefox: quotes, search in the thread, muting. */

const FIRST = '22222309'
const SECOND = '22231454'

/** Steps for a page of the sample thread. */
export function aidFlows(firefox: Firefox, address: string): Record<string, () => Promise<void>> {
  const { waitFor, execute, navigate } = firefox
  const card = (id: string) => `document.querySelector('.post-card[data-postid="${id}"]')`
  return {
    'a quote leads to its post, which says who answered': async () => {
      await navigate(address)
      await waitFor(`return ${card(SECOND)}.querySelector('.loulan-quotes-source')?.textContent.includes('1')`)
      await waitFor(`return ${card(FIRST)}.querySelector('[class*=loulan-quotes-answers]') !== null`)
      await execute(`${card(SECOND)}.querySelector('.loulan-quotes-source').click()`)
      await waitFor(`return document.activeElement === ${card(FIRST)}`)
    },
    'words are found in the thread, and marked without a change of the page': async () => {
      const body = `${card(SECOND)}.querySelector('.body').innerHTML`
      const before = await execute<string>(`return ${body}`)
      await execute(`document.querySelector('.loulan-thread-search-control').click()`)
      await waitFor(`return document.querySelector('.loulan-thread-search-bar input') !== null`)
      await execute(
        `const box = document.querySelector('.loulan-thread-search-bar input'); box.value = '废了半天劲儿';
         box.dispatchEvent(new Event('input', { bubbles: true }))`,
      )
      await waitFor(`return /1/.test(document.querySelector('.loulan-thread-search-bar [role=status]').textContent)`)
      await waitFor(`return CSS.highlights.size > 0`)
      if ((await execute<string>(`return ${body}`)) !== before) throw new Error('the post was changed')
    },
    'an author is muted, with the reason, and is back with a click': async () => {
      await navigate(address)
      // The control comes with the post's being on the screen.
      await execute(`${card(SECOND)}.scrollIntoView()`)
      await waitFor(`return ${card(SECOND)}.querySelector('.loulan-mute-author') !== null`)
      await execute(`${card(SECOND)}.querySelector('.loulan-mute-author').click()`)
      await waitFor(`return document.querySelector('.loulan-mute-line')?.textContent.includes('derekdut')`)
      await waitFor(`return ${card(SECOND)}.hidden || getComputedStyle(${card(SECOND)}).visibility === 'hidden'`)
      await execute(`[...document.querySelectorAll('.loulan-mute-line button')].at(-1).click()`)
      await waitFor(`return document.querySelector('.loulan-mute-line') === null`)
    },
  }
}
