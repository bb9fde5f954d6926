import { openArchive } from '../database.ts'
import { SearchService, type SearchRequest } from './search-service.ts'

/** The worker of a page that searches: the page's own thread only draws. */
const scope = globalThis as unknown as {
  postMessage: (message: unknown) => void
  onmessage: ((event: MessageEvent<SearchRequest>) => void) | null
}
const service = new SearchService(openArchive(), (reply) => scope.postMessage(reply))
scope.onmessage = ({ data }) => void service.handle(data)
