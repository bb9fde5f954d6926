import type { Firefox } from '../browsers/firefox.ts'
import { press } from '../browsers/firefox-acts.ts'
import { showOnPaper } from '../browsers/firefox-inside.ts'
import { savedKey, savedThread } from './firefox-saving.ts'

const SEED_KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const panel = `document.querySelector('.looks-panel')`
const bar = `document.querySelector('.loulan-reading-bar [aria-expanded]')`
const picture = `document.querySelector('img.zoomable')`
const zoomed = `document.querySelector('dialog[open] img')`
const survey = `document.querySelector('.thread-survey')`

/** Styles that tell one look from another. */
const STYLES = `
  const root = getComputedStyle(document.documentElement)
  const body = getComputedStyle(document.querySelector('.post-body'))
  return JSON.stringify([root.backgroundColor, body.fontSize, body.color])`

/** The reader page: looks, pictures, who wrote when, paper. */
export function readerFlows(firefox: Firefox): Record<string, () => Promise<void>> {
  const { waitFor, execute, navigate, extensionUrl } = firefox
  const open = async (key: string) => {
    await navigate('about:blank')
    await navigate(extensionUrl(`reader.html#${encodeURIComponent(key)}`))
    await waitFor(`return document.querySelector('.end') !== null`)
  }
  const expectStyles = async (...styles: string[]) => {
    await waitFor(
      `const found = (() => { ${STYLES} })(); return arguments[0].every((style) => found.includes(style))`,
      [styles],
    )
  }
  return {
    'theme and text size change at once, by keyboard too': async () => {
      await open(savedKey)
      await execute(`${bar}.focus()`)
      await press(firefox, 'Enter')
      await waitFor(`return document.activeElement === ${panel}`)
      await execute(`${panel}.querySelector('input[type=range]').focus()`)
      await press(firefox, 'ArrowRight', 'ArrowRight', 'ArrowRight')
      await execute(`${panel}.querySelector('[data-theme=black] input').click()`)
      await expectStyles('rgb(0, 0, 0)', '"20px"')
      await press(firefox, 'Escape')
      await waitFor(`return ${panel} === null && document.activeElement === ${bar}`)
      await open(savedKey)
      await expectStyles('rgb(0, 0, 0)', '"20px"')
    },
    'a thread has looks of its own, and the others keep theirs': async () => {
      await execute(`${bar}.click()`)
      await waitFor(`return ${panel} !== null`)
      await execute(
        `${panel}.querySelectorAll('input[type=radio]')[${panel}.querySelectorAll('input[type=radio]').length - 1].click()`,
      )
      await execute(`${panel}.querySelector('[data-theme=white] input').click()`)
      await expectStyles('rgb(255, 255, 255)', '"20px"')
      await waitFor(
        `return browser.storage.local.get('thread-looks').then((stored) => JSON.stringify(stored).includes('"white"'))`,
      )
      await open(SEED_KEY)
      await expectStyles('rgb(0, 0, 0)', '"20px"')
      await open(savedKey)
      await expectStyles('rgb(255, 255, 255)', '"20px"')
    },
    'a kept picture opens large, zooms by key, and gives the focus back': async () => {
      await waitFor(`return ${picture} !== null`)
      await execute(`${picture}.focus()`)
      await press(firefox, 'Enter')
      const width = `${zoomed}?.getBoundingClientRect().width`
      const before = await waitFor<number>(`return ${width}`)
      await press(firefox, '+')
      await waitFor(`return ${width} > arguments[0] * 1.2`, [before])
      await press(firefox, 'Escape')
      await waitFor(`return ${zoomed} === null && document.activeElement === ${picture}`)
    },
    'the timeline leads to a day, and a name shows that author’s posts alone': async () => {
      await execute(`${survey}.open = true`)
      const bars = `${survey}.querySelectorAll('.bars a')`
      await waitFor(`return ${bars}.length > 1`)
      await execute(`${bars}[0].focus()`)
      await press(firefox, 'End', 'Enter')
      await waitFor(`return document.activeElement?.matches('.post')`)
      const names = await execute<string[]>(
        `return [...${survey}.querySelectorAll('tbody th button')].map(({ textContent }) => textContent.trim())`,
      )
      const authors = new Set(savedThread.posts.map(({ author }) => author.username))
      if (names.length !== authors.size) throw new Error(`the authors are ${names.join()}`)
      await execute(`${survey}.querySelectorAll('tbody th button')[1].click()`)
      await waitFor(`return document.querySelector('.loulan-only-author-hidden')?.checkVisibility()`)
      await execute(`document.querySelector('.loulan-only-author-hidden').click()`)
    },
    'paper is black on white, with every word and no control': async () => {
      await open(SEED_KEY)
      await waitFor(`return document.querySelector('.loulan-collapse-long-posts-button') !== null`)
      await showOnPaper(firefox, true)
      try {
        await waitFor(`return matchMedia('print').matches`)
        await expectStyles('rgb(255, 255, 255)', '"rgb(0, 0, 0)"]')
        const controls = await execute<string[]>(
          `return [...document.querySelectorAll('button, select, input, summary')].filter((each) => each.checkVisibility({ visibilityProperty: true })).map(({ outerHTML }) => outerHTML)`,
        )
        if (controls.length > 0) throw new Error(`on paper stand ${controls.join()}`)
        const words = `const walker = document.createTreeWalker(document.querySelector('.post-body'), NodeFilter.SHOW_TEXT)
          const texts = []
          while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode)
          const last = texts.filter(({ parentElement }) => !parentElement.closest('[data-loulan]')).at(-1)
          const range = document.createRange()
          range.selectNodeContents(last)
          const { bottom, height } = range.getBoundingClientRect()
          const box = document.querySelector('.post-body').getBoundingClientRect()`
        const isWhole = await execute<boolean>(
          `${words}; return height > 0 && bottom <= box.bottom + 1 && box.height > 2000`,
        )
        if (!isWhole) throw new Error('the long post is folded on paper')
      } finally {
        await showOnPaper(firefox, false)
      }
    },
  }
}
