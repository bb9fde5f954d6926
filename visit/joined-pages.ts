import type { AidContext, JoinedPage, PageJoining } from '../aids/define-aid.ts'
import { decodePage } from '../core/decode-page.ts'
import { sendToBackground } from '../messages/messenger.ts'
import type { JoinReply } from '../messages/protocol.ts'

/** A page that has not come by then does not come. In milliseconds. */
const PATIENCE = 30_000

/** What the aids need to join the thread's other pages to the one in the tab. */
export function joiningOf({ own, reading }: AidContext): PageJoining {
  return {
    readOwn: async () => plain((await own) ?? {}),
    async fetchPage(address, key, signal): Promise<JoinedPage> {
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
      return { ...plain(reply), url, document: fetched, hasPolicy: hasPolicy(response, fetched) }
    },
  }
}

function hasPolicy({ headers }: Response, fetched: Document): boolean {
  const name = 'content-security-policy'
  return headers.has(name) || [fetched, document].some((each) => each.querySelector(`meta[http-equiv="${name}" i]`))
}

/** Only pages of the same origin are fetched, whatever the page's markup says. */
function plain({ key, page, next, problem }: JoinReply): Pick<JoinedPage, 'key' | 'page' | 'next' | 'problem'> {
  return { key, page, problem, next: next !== undefined && new URL(next).origin === location.origin ? next : undefined }
}
