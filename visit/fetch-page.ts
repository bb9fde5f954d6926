import type { JoinedPage, PageReading } from '../aids/define-aid.ts'
import { decodePage } from '../core/decode-page.ts'
import { sendToBackground } from '../messages/messenger.ts'
import { plainPage } from './plain-page.ts'

/** A page that has not come by then does not come. In milliseconds. */
const PATIENCE = 30_000

/** Asks for a page of the thread with that key, as `PageJoining` says; `reading` learns what is known of its posts. */
export async function fetchPage(
  address: string,
  key: string,
  signal: AbortSignal,
  reading: PageReading | undefined,
): Promise<JoinedPage> {
  const response = await fetch(address, {
    credentials: 'same-origin',
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
  })
  const type = response.headers.get('content-type')
  const html = decodePage(new Uint8Array(await response.arrayBuffer()), type)
  const url = response.url || address
  const reply = await sendToBackground('threadPageJoined', { url, html, key })
  // What the forum answers when it has no time is no page; a refusal in words may be one.
  const isRefusal = reply.problem === 'login-required' || reply.problem === 'site-error'
  if (!response.ok && !isRefusal) throw new Error(`The forum answered ${response.status}`)
  if (reply.visit) reading?.learn(reply.visit)
  const fetched = new DOMParser().parseFromString(html, 'text/html')
  return { ...plainPage(reply), url, document: fetched, hasPolicy: hasPolicy(response, fetched) }
}

function hasPolicy({ headers }: Response, fetched: Document): boolean {
  const name = 'content-security-policy'
  return headers.has(name) || [fetched, document].some((each) => each.querySelector(`meta[http-equiv="${name}" i]`))
}
