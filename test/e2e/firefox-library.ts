import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Firefox } from '../browsers/firefox.ts'
import { savedKey, savedThread } from './firefox-saving.ts'

const ROW = `document.querySelector('[data-key="${savedKey}"]')`

/** The library with a saved thread in it: searched, exported, backed up, emptied and restored. */
export function libraryFlows(firefox: Firefox): Record<string, () => Promise<void>> {
  const { waitFor, execute, navigate, extensionUrl } = firefox
  const reader = extensionUrl(`reader.html#${encodeURIComponent(savedKey)}`)
  const shownPicture = `return [...document.images].some(({ alt, naturalWidth }) => alt === '湖面' && naturalWidth > 0)`
  let backup = ''
  return {
    'the library finds a post by its words': async () => {
      await navigate(extensionUrl('library.html'))
      await waitFor(`return ${ROW}?.querySelector('.saved')`)
      const words = savedThread.posts[33]!.body.replace(/<[^>]*>/g, '').slice(0, 8)
      await execute(
        `const box = document.querySelector('#library-search'); box.focus(); box.value = arguments[0];
         box.dispatchEvent(new Event('input', { bubbles: true }))`,
        [words],
      )
      await waitFor(
        `return [...document.querySelectorAll('article mark')].some((mark) => arguments[0].includes(mark.textContent))`,
        [words],
      )
    },
    'the thread leaves the reader as a web page with its picture': async () => {
      await navigate(reader)
      await waitFor(shownPicture)
      await execute(`document.querySelector('dialog form').closest('dialog').showModal()`)
      await execute(
        `document.querySelector('dialog input[value=html]').click(); document.querySelector('dialog form').requestSubmit()`,
      )
      const file = await downloaded(firefox, '.html')
      const html = readFileSync(file, 'utf8')
      if (!html.includes(savedThread.title) || !html.includes('data:image/png;base64,'))
        throw new Error(`${file} is not the thread with its picture`)
    },
    'the library is backed up to a file': async () => {
      await navigate(extensionUrl('options.html'))
      await waitFor(`return document.querySelector('input[accept^=".gz"]')`)
      await execute(
        `document.querySelector('input[accept^=".gz"]').parentElement.querySelector('button.primary').click()`,
      )
      backup = await downloaded(firefox, '.gz')
    },
    'a deleted thread comes back': async () => {
      await remove()
      await execute(`document.querySelector('.trash-note button').click()`)
      await waitFor(`return ${ROW}`)
      await navigate(reader)
      await waitFor(shownPicture)
    },
    'a thread that is gone for good is restored from the backup': async () => {
      await remove()
      await execute(`document.querySelector('.trash-note .row button:last-child').click()`)
      await waitFor(`return !document.querySelector('.trash-note')`)
      await navigate(extensionUrl('options.html'))
      await waitFor(`return document.querySelector('input[accept^=".gz"]')`)
      await chooseFile(firefox, 'input[accept^=".gz"]', backup)
      await waitFor(`return document.querySelectorAll('.notice-box .primary').length === 1`)
      await execute(`document.querySelector('.notice-box .primary').click()`)
      await waitFor(
        `return document.querySelector('.notice-box') && !document.querySelector('.notice-box .primary, progress')`,
      )
      await navigate(reader)
      await waitFor(shownPicture)
    },
  }

  async function remove(): Promise<void> {
    await navigate(extensionUrl('library.html'))
    await waitFor(`return ${ROW}`)
    await execute(`${ROW}.querySelector('.actions button').click()`)
    await waitFor(`return !${ROW} && document.querySelector('.trash-note')`)
  }
}

/** Waits for a whole file with that ending in the folder of downloads; gives its path. */
async function downloaded({ downloads }: Firefox, ending: string): Promise<string> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; await sleep(50)) {
    const names = readdirSync(downloads)
    const name = names.find((each) => each.endsWith(ending))
    // Firefox makes both at once, and takes the part away when the file is whole.
    if (name !== undefined && !names.includes(`${name}.part`) && readFileSync(join(downloads, name)).length > 0)
      return join(downloads, name)
  }
  throw new Error(`no file *${ending} was downloaded, but ${readdirSync(downloads).join(', ')}`)
}

/** Picks a file as the reader does in the browser's dialog. */
async function chooseFile({ client }: Firefox, selector: string, file: string): Promise<void> {
  const { value } = (await client.send('WebDriver:FindElement', { using: 'css selector', value: selector })) as {
    value: Record<string, string>
  }
  await client.send('WebDriver:ElementSendKeys', { id: Object.values(value)[0], text: file })
}
