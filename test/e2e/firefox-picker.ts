import type { Firefox } from '../browsers/firefox.ts'
import { inOwnTab, press } from '../browsers/firefox-acts.ts'
import { setSite, tabIdOf } from '../browsers/firefox-inside.ts'
import { discuz } from '../forum/engines/discuz.ts'

/** An allowed site that nobody described: a post's parts are clicked, and the aids come without a reload. */

const ORIGIN = `*://${discuz.host}/*`
const entry = (name: string, day: number, words: string) =>
  `<div class="card"><a class="handle" href="/people/${name}">${name}</a> <time datetime="2024-05-0${day}T09:00:00Z">May ${day}</time>
   <div class="said">${words}</div></div>`
const PAGE = `<h1>The sluice</h1>${entry('anna', 1, 'The gate froze again last night.')}${entry('bert', 2, 'Has anyone asked the council?')}${entry('cleo', 3, 'I can bring a pump on Saturday.')}`

/** Steps on a page that is no thread of its forum. */
export function pickerFlows(firefox: Firefox): Record<string, () => Promise<void>> {
  const { waitFor, execute, navigate, extensionUrl } = firefox
  return {
    'the picker takes the parts of a post, by mouse and keys, and the page gets the aids': async () => {
      await navigate(discuz.boardAddress)
      await setSite(firefox, 'add', ORIGIN)
      await execute('document.body.innerHTML = arguments[0]', [PAGE])
      const [thread] = await firefox.tabs()
      const tab = await tabIdOf(firefox)
      await firefox.switchTo(await firefox.newTab())
      await navigate(extensionUrl(`popup.html?tab=${tab}`))
      const button = `[...document.querySelectorAll('main button')].find(({ textContent }) => /点一楼给楼览看|one post/.test(textContent))`
      await waitFor(`return ${button} !== undefined`)
      await execute(`${button}.click()`)
      await firefox.switchTo(thread!)
      await waitFor(`return document.querySelector('loulan-picker') !== null`)
      for (const part of ['.handle', 'time', '.said']) await click(firefox, part)
      // To the first of the panel's buttons, which keeps what was found.
      await press(firefox, 'Tab', 'Enter')
      await waitFor(`return document.querySelector('.loulan-length')?.textContent.includes('3')`)
      await press(firefox, 'Escape')
      await waitFor(`return document.querySelector('loulan-picker') === null`)
      const kept = await inOwnTab<unknown>(firefox, `return browser.storage.local.get('own-sites')`)
      if (!JSON.stringify(kept).includes(`"hosts":["${discuz.host}"]`)) throw new Error(JSON.stringify(kept))
      await inOwnTab(firefox, `return browser.storage.local.remove('own-sites')`)
      await setSite(firefox, 'remove', ORIGIN)
      await waitFor(`return document.querySelector('.loulan-length') === null`)
    },
  }
}

/** Clicks the second element that a selector finds, with the mouse. */
async function click({ client, execute }: Firefox, selector: string): Promise<void> {
  const { x, y } = await execute<{ x: number; y: number }>(
    `const { left, top, width, height } = document.querySelectorAll(arguments[0])[1].getBoundingClientRect()
     return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) }`,
    [selector],
  )
  const actions = [
    { type: 'pointerMove', x, y },
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ]
  await client.send('WebDriver:PerformActions', { actions: [{ type: 'pointer', id: 'mouse', actions }] })
}
