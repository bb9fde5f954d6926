import { browser } from 'wxt/browser'
import type { WantedThread } from '../../archive/queue-save.ts'
import type { PageAddresses, ThreadPage } from '../../core/thread-page.ts'
import { lookAtTab } from '../look-at-tab.ts'
import { readPage } from '../read-page.ts'
import { fetchPage } from './fetch-page.ts'
import { withoutHash } from './without-hash.ts'

/** The thread on a page that stands in a tab; undefined where there is none, or the page is of another site than `url`. */
export async function findInTab(tabId: number, url: string): Promise<WantedThread | undefined> {
  const look = await lookAtTab(tabId)
  if (look.kind !== 'page' || new URL(look.capture.url).origin !== new URL(url).origin) return undefined
  return wantedOf(await readPage(look.capture.html, look.capture.url), look.capture.url)
}

/**
 * The thread at an address: by a tab that shows it, by the address alone where it tells, else by asking the forum once.
 * Undefined where it is no thread's. Throws what `fetchPage` throws.
 */
export async function findAtAddress(url: string): Promise<WantedThread | undefined> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return undefined
  const shown = await findTabs(url)
  for (const tabId of shown) {
    const wanted = await findInTab(tabId, url)
    if (wanted) return wanted
  }
  const told = wantedOf(await readPage('', url), url)
  if (told) return told
  const { read } = await fetchPage(url, AbortSignal.timeout(60_000))
  return wantedOf(read, url)
}

/** Tabs that stand at an address, as far as the extension may know. Not those of private windows. */
async function findTabs(url: string): Promise<number[]> {
  const place = withoutHash(url)
  const tabs = await browser.tabs.query({})
  return tabs.flatMap(({ id, url: at, incognito }) =>
    id !== undefined && !incognito && at !== undefined && withoutHash(at) === place ? [id] : [],
  )
}

/** Pages are asked for where the reader reads, whatever host a page names: there the reader is logged in. */
function wantedOf(page: ThreadPage | undefined, url: string): WantedThread | undefined {
  const { origin } = new URL(url)
  if (!page?.thread.id) return undefined
  const addresses = page.addresses ? onOrigin(page.addresses, origin) : onlyPage(page, url)
  const { key, title, url: threadUrl } = page.thread
  return addresses && { key, title, url: threadUrl, addresses }
}

function onOrigin({ first, before, ...rest }: PageAddresses, origin: string): PageAddresses | undefined {
  const moved = [first, before].map((address) => {
    const former = URL.canParse(address) ? new URL(address).origin : undefined
    return former !== undefined && address.startsWith(`${former}/`) ? origin + address.slice(former.length) : undefined
  })
  const [movedFirst, movedBefore] = moved
  if (movedFirst === undefined || movedBefore === undefined) return undefined
  return { ...rest, first: movedFirst, before: movedBefore }
}

/** A site that does not say where other pages stand can be saved where there is no other page. */
function onlyPage({ pageCount, problem }: ThreadPage, url: string): PageAddresses | undefined {
  if (pageCount !== 1 || problem) return undefined
  const first = withoutHash(url)
  return { first, before: `${first}#`, after: '', start: 1, step: 1 }
}
