import type { SearchReply, SearchRequest } from '../archive/search/search-service.ts'
import { useArchive } from './open-archive.ts'

/** The way to whoever searches for this page. */
export interface SearchPort {
  ask: (request: SearchRequest) => void
  /** Ends it, with all it holds in memory. */
  close: () => void
}

/** Starts a worker that searches; where there are no workers, this page searches itself, in slices. */
export function openSearchPort(onReply: (reply: SearchReply) => void): SearchPort {
  if (typeof Worker === 'undefined') return openOwnPort(onReply)
  const worker = new Worker(new URL('../archive/search/search-worker.ts', import.meta.url), { type: 'module' })
  let asked = 0
  worker.onmessage = ({ data }: MessageEvent<SearchReply>) => onReply(data)
  // It did not start, or ended: whoever waits must not wait for ever.
  worker.onerror = ({ message }) => onReply({ type: 'failed', id: asked, code: 'failed', detail: message })
  return {
    ask: (request) => {
      if ('id' in request) asked = request.id
      worker.postMessage(request)
    },
    close: () => worker.terminate(),
  }
}

function openOwnPort(onReply: (reply: SearchReply) => void): SearchPort {
  let isOpen = true
  const service = Promise.all([useArchive(), import('../archive/search/search-service.ts')]).then(
    ([archive, { SearchService }]) => new SearchService(archive, (reply) => isOpen && onReply(reply)),
  )
  return {
    ask: (request) => void service.then((started) => started.handle(request)),
    close: () => {
      isOpen = false
      void service.then((started) => started.handle({ type: 'stop' }))
    },
  }
}
