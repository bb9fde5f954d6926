import { browser } from 'wxt/browser'
import type { PageGuess } from '../core/page-guess.ts'
import { onOwnMessage } from '../messages/messenger.ts'
import type { OwnSiteReply, PageCapture } from '../messages/protocol.ts'
import { findPostsIn, type Finding } from '../sites/generic/find-posts.ts'
import { keepPageOf } from './keep-thread-page.ts'
import { lookAtTab } from './look-at-tab.ts'
import { storeDescription } from './own-sites.ts'

/** Larger pages are not guessed at: no page of a thread is, and the popup waits. In UTF-16 units. */
const LONGEST = 8_000_000

/** Keeps or adopts what the finder makes of the page in a tab; both look anew, for the page may have changed. */
export function handleGuesses(): void {
  onOwnMessage('keepGuess', async ({ tabId }) => {
    const { finding, url } = await guessTab(tabId)
    return finding ? keepPageOf(finding.page, tabId, url) : { cached: 'not-a-thread' }
  })
  onOwnMessage('adoptGuess', ({ tabId }) => adopt(tabId))
}

/** What the finder makes of a page; undefined where it sees no thread. Never throws. */
export function guessPage({ html, url }: PageCapture): Finding | undefined {
  if (html.length > LONGEST || !/^https?:/.test(url) || !URL.canParse(url)) return undefined
  try {
    return findPostsIn(html, new URL(url), new Date())
  } catch (error) {
    console.error(`[loulan] the finder could not read ${url}:`, error)
    return undefined
  }
}

/** A finding as the popup tells it. */
export function describeGuess({ page, certainty, evidence, description }: Finding): PageGuess {
  const [first] = page.thread.posts
  return {
    host: description.hosts[0]!,
    title: page.thread.title.slice(0, 200),
    certainty,
    evidence,
    first: {
      author: first?.author.username.slice(0, 60) ?? '',
      ...(first?.postedAt !== undefined && { time: first.postedAt }),
      words: first?.text.replace(/\s+/g, ' ').slice(0, 120) ?? '',
    },
  }
}

async function guessTab(tabId: number): Promise<{ finding: Finding | undefined; url: string }> {
  const look = await lookAtTab(tabId)
  if (look.kind !== 'page') return { finding: undefined, url: '' }
  return { finding: guessPage(look.capture), url: look.capture.url }
}

async function adopt(tabId: number): Promise<OwnSiteReply> {
  const [{ finding }, { incognito }] = await Promise.all([guessTab(tabId), browser.tabs.get(tabId)])
  // What is stored would tell of the private window later on.
  return finding && !incognito ? storeDescription(finding.description) : { added: 0 }
}
