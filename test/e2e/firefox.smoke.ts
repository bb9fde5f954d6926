import { fileURLToPath } from 'node:url'
import { launchFirefox } from '../browsers/firefox.ts'
import { runSmoke } from '../browsers/smoke.ts'
import { startForum } from '../forum/forum.ts'

/** The Firefox build in real Firefox: it installs, marks a thread page, and its pages open. Run by `npm test`, or by `node`. */
const extensionDir = fileURLToPath(new URL('../../.output/firefox-mv3', import.meta.url))
const seed = fileURLToPath(new URL('../../seeds/000_01465295b16f78d9.txt', import.meta.url))

const forum = await startForum({ dumps: [seed] })
try {
  const firefox = await launchFirefox({ extensionDir, forumPort: forum.port })
  try {
    await runSmoke({
      'the aids stand on the thread page': async () => {
        await firefox.navigate(forum.url('post-read.php?bid=22&threadid=17625528'))
        await firefox.waitFor(`return document.querySelector('.loulan-collapse-long-posts-button') !== null`)
      },
      'a link in a post leads to its real target': async () => {
        const target = await firefox.waitFor<string>(
          `const link = document.querySelector('.post-card .body a'); return !link.href.includes('jump-to.php') && link.href`,
        )
        if (!target.startsWith('http://www.xinhuanet.com/')) throw new Error(`it leads to ${target}`)
      },
      'the popup opens': async () => {
        await firefox.navigate(firefox.extensionUrl('popup.html'))
        await firefox.waitFor(`return document.querySelector('#app')?.childElementCount > 0`)
      },
    })
  } finally {
    await firefox.close()
  }
} finally {
  await forum.stop()
}
