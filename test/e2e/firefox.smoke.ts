import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { launchFirefox, type Firefox } from '../browsers/firefox.ts'
import { setSite, tabIdOf } from '../browsers/firefox-inside.ts'
import { runSmoke } from '../browsers/smoke.ts'
import { discuz } from '../forum/engines/discuz.ts'
import { startForum } from '../forum/forum.ts'
import { generateThread } from '../forum/generate.ts'
import { aidFlows } from './firefox-aids.ts'
import { joinedFlows, joinedThread } from './firefox-joined.ts'
import { keyboardFlows } from './firefox-keyboard.ts'
import { libraryFlows } from './firefox-library.ts'
import { pickerFlows } from './firefox-picker.ts'
import { readerFlows } from './firefox-reader.ts'
import { savedThread, savingFlows } from './firefox-saving.ts'
import { visitedThread, visitFlows } from './firefox-visits.ts'

/**
 * The Firefox build in real Firefox: the aids, the popup, the reader, a pasted dump. Run by `npm test`, or by `node`.
 * Debian's Firefox may speak English or Chinese: the steps read figures and names, which both write alike.
 */
const extensionDir = fileURLToPath(new URL('../../.output/firefox-mv3', import.meta.url))
const seed = fileURLToPath(new URL('../../seeds/000_01465295b16f78d9.txt', import.meta.url))
const longThread = generateThread({ posts: 45, seed: 5 })
const SEED_PATH = 'post-read.php?bid=22&threadid=17625528'
const SEED_KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const LAST_WORDS = '太长了，废了半天劲儿才看完。'

const forum = await startForum({ dumps: [seed], threads: [longThread, joinedThread, visitedThread, savedThread] })
try {
  const firefox = await launchFirefox({ extensionDir, forumPort: forum.port })
  try {
    await runSmoke({
      ...steps(firefox),
      ...aidFlows(firefox, forum.url(SEED_PATH)),
      ...joinedFlows(firefox, forum),
      ...keyboardFlows(firefox, forum),
      ...visitFlows(firefox, forum),
      ...pickerFlows(firefox),
      ...savingFlows(firefox, forum),
      ...readerFlows(firefox),
      ...libraryFlows(firefox),
      ...lastSteps(firefox),
    })
  } finally {
    await firefox.close()
  }
} finally {
  await forum.stop()
}

function steps(firefox: Firefox): Record<string, () => Promise<void>> {
  const { waitFor, execute, navigate, extensionUrl } = firefox
  return {
    'the aids stand on the thread page': async () => {
      await navigate(forum.url(SEED_PATH))
      await waitFor(`return document.querySelector('.loulan-collapse-long-posts-button') !== null`)
      await waitFor(`return document.querySelector('.loulan-length')?.textContent.includes('6,284')`)
    },
    'a link in a post leads to its real target': async () => {
      const target = await waitFor<string>(
        `const link = document.querySelector('.post-card .body a'); return !link.href.includes('jump-to.php') && link.href`,
      )
      if (!target.startsWith('http://www.xinhuanet.com/')) throw new Error(`it leads to ${target}`)
    },
    'the long post unfolds and folds': async () => {
      const height = `return document.querySelector('.post-card').getBoundingClientRect().height`
      const click = `document.querySelector('.loulan-collapse-long-posts-button').click()`
      const folded = await execute<number>(height)
      await execute(click)
      const open = await execute<number>(height)
      await execute(click)
      const again = await execute<number>(height)
      if (!(folded < 700 && open > 2000 && Math.abs(again - folded) < 2))
        throw new Error(`heights were ${folded}, ${open}, ${again}`)
    },
    'a thread reached by pjax from the board is recognised': async () => {
      await navigate(forum.url(`thread.php?bid=${longThread.board.id}&mode=topic`))
      await execute(
        `window.isSamePage = true; [...document.querySelectorAll('a')].find((a) => a.href.includes('threadid=${longThread.id}')).click()`,
      )
      await waitFor(`return document.querySelector('.loulan-length')?.textContent.includes('20')`)
      await execute(`[...document.querySelectorAll('.paging-top a')].find((a) => a.textContent === '下一页').click()`)
      await waitFor(`return document.querySelector('.paging-top .paging-button.active')?.textContent === '2'`)
      await waitFor(`return document.querySelectorAll('.loulan-length').length === 1`)
      if (!(await execute<boolean>(`return window.isSamePage === true`))) throw new Error('the page was loaded anew')
    },
    'the popup says what stands in the tab': async () => {
      await navigate(forum.url(SEED_PATH))
      await waitFor(`return document.querySelector('.loulan-length')?.textContent.includes('6,284')`)
      const [thread] = await firefox.tabs()
      const tab = await tabIdOf(firefox)
      await firefox.switchTo(await firefox.newTab())
      await navigate(extensionUrl(`popup.html?tab=${tab}`))
      await waitFor(`return document.querySelector('main')?.innerText.includes('6,284')`)
      await waitFor(`return document.querySelector('main').innerText.includes('ZOEA')`)
      await execute(`document.querySelector('.longest-posts button').click()`)
      await firefox.switchTo(thread!)
      await waitFor(
        `return document.querySelector('.loulan-collapse-long-posts-button').getAttribute('aria-expanded') === 'true'`,
      )
    },
    'the sidebar is declared, closed at first, and shows the thread of the tab': async () => {
      await navigate(forum.url(SEED_PATH))
      await waitFor(`return document.querySelector('.loulan-length')?.textContent.includes('6,284')`)
      const [thread] = await firefox.tabs()
      const tab = await tabIdOf(firefox)
      await firefox.switchTo(await firefox.newTab())
      await navigate(extensionUrl(`sidepanel.html?tab=${tab}`))
      const declared = await execute<string>(`return JSON.stringify(browser.runtime.getManifest().sidebar_action)`)
      if (!/"default_panel":"[^"]*sidepanel.html"/.test(declared) || !/"open_at_install":false/.test(declared))
        throw new Error(`the manifest has ${declared}`)
      await waitFor(`return document.querySelectorAll('.outline li').length === 12`)
      await execute(`document.querySelectorAll('.outline li button')[4].click()`)
      await firefox.switchTo(thread!)
      await waitFor(`return document.activeElement === document.querySelector('.post-card')`)
    },
    'an aid runs on its sample in the settings': async () => {
      await navigate(extensionUrl('options.html'))
      await execute(
        `const box = document.querySelector('#aid-collapse-long-posts details'); box.open = true; box.scrollIntoView()`,
      )
      await waitFor(`return document.querySelector('#aid-collapse-long-posts iframe')?.contentDocument
        ?.querySelector('.loulan-collapse-long-posts-button')?.getBoundingClientRect().height > 0`)
    },
    'another forum, allowed, gets the aids at once; revoked, it loses them': async () => {
      const origin = `*://${discuz.host}/*`
      await navigate(discuz.address())
      await setSite(firefox, 'add', origin)
      await waitFor(`return document.querySelector('.loulan-length')?.textContent.includes('20')`)
      await navigate(discuz.address(2))
      await waitFor(`return document.querySelectorAll('.loulan-length').length === 1`)
      await setSite(firefox, 'remove', origin)
      await waitFor(`return document.querySelectorAll('.loulan-length').length === 0`)
      await navigate(discuz.address())
      if (await execute<boolean>(`return document.querySelector('[class*=loulan]') !== null`))
        throw new Error('the script came back')
    },
  }
}

/** What is there with the forum stopped. */
function lastSteps(firefox: Firefox): Record<string, () => Promise<void>> {
  const { waitFor, execute, navigate, extensionUrl } = firefox
  return {
    'the cached thread opens in the reader': async () => {
      await navigate(extensionUrl(`reader.html#${encodeURIComponent(SEED_KEY)}`))
      await waitFor(`return document.querySelector('.end') && document.body.innerText.includes('${LAST_WORDS}')`)
      await waitFor(`return document.querySelector('.loulan-length')?.textContent.includes('6,284')`)
      await waitFor(`return document.querySelector('.loulan-collapse-long-posts-button') !== null`)
    },
    'a pasted dump opens in the reader': async () => {
      await navigate(extensionUrl('popup.html?tab=0'))
      await waitFor(`return document.querySelector('textarea') !== null`)
      const before = await firefox.tabs()
      const dump = readFileSync(seed, 'utf8').replaceAll('17625528', '17625529')
      await execute(
        `const box = document.querySelector('textarea'); box.value = arguments[0]; box.dispatchEvent(new Event('input'));
         box.closest('form').requestSubmit()`,
        [dump],
      )
      await firefox.switchTo(await newTab(firefox, before))
      await waitFor(`return document.body.innerText.includes('${LAST_WORDS}')`)
      if (!(await firefox.currentUrl()).endsWith(encodeURIComponent(SEED_KEY.replace('17625528', '17625529'))))
        throw new Error(`the reader shows ${await firefox.currentUrl()}`)
    },
    'the library lists both': async () => {
      await navigate(extensionUrl('library.html'))
      await waitFor(`return document.querySelectorAll('.thread-line').length >= 4`)
    },
  }
}

/** Waits for a tab that was not there before. */
async function newTab({ tabs }: Firefox, before: readonly string[]): Promise<string> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(50)) {
    const added = (await tabs()).find((tab) => !before.includes(tab))
    if (added !== undefined) return added
  }
  throw new Error('no tab was opened')
}
