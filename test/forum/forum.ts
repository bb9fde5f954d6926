import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { basename } from 'node:path'
import { parseDump } from '../../formats/dump.ts'
import { SITE_ORIGIN } from './body-markup.ts'
import { makeCertificate } from './certificate.ts'
import { requestForum, type ForumAnswer, type RequestOptions } from './client.ts'
import { makeDoor } from './door.ts'
import { Faults, sendAnswer } from './faults.ts'
import { forumThreadFromDump } from './from-dump.ts'
import { generateThread } from './generate.ts'
import type { ForumThread } from './model.ts'
import { answerRequest } from './routes.ts'
import { ForumStore } from './store.ts'

export interface ForumOptions {
  /** Default: any free one. */
  port?: number
  threads?: readonly ForumThread[]
  /** Paths of dump files: their threads stand on the forum, and the text itself at `/files/NAME`. */
  dumps?: readonly string[]
  /** More texts for `/files/NAME`. */
  files?: Readonly<Record<string, string>>
  /** Default 20, as the site has it. */
  postsPerPage?: number
}

/** One request as the forum saw it. Times in milliseconds since the epoch. */
interface LoggedRequest {
  at: number
  /** When the answer had been handed over; undefined while it is under way. */
  doneAt?: number
  method: string
  host: string
  /** Path and query. */
  path: string
  isPjax: boolean
  /** Status sent; 0 where the connection was ended before one. */
  status?: number
}

export interface Forum {
  readonly port: number
  /** The real site's origin: browsers are told to find it here. */
  readonly origin: string
  /** The same pages without a browser's help, e.g. by hand. */
  readonly localOrigin: string
  /** PEM of the certificate made for this run. */
  readonly certificate: string
  /** All requests since the start, in order of arrival. */
  readonly requests: LoggedRequest[]
  /** State to change at run time. */
  readonly control: ForumStore
  readonly faults: Faults
  /** Address on the real origin; what has no leading slash is below `/v2/`. */
  url: (path: string) => string
  /** Asks the forum directly, as a client that trusts its certificate. */
  request: (path: string, options?: RequestOptions) => Promise<ForumAnswer>
  /** Goes offline: closes every connection, keeps the port number for `restart`. */
  stop: () => Promise<void>
  restart: () => Promise<void>
}

/**
 * Starts the local forum on loopback. One port speaks HTTPS, plain HTTP and the proxy's CONNECT, so that a browser may
 * be sent here by mapping host names or by a proxy setting. Without `threads` and `dumps` a few generated threads stand on it.
 */
export async function startForum(options: ForumOptions = {}): Promise<Forum> {
  const files = new Map(Object.entries(options.files ?? {}))
  const threads = [...(options.threads ?? [])]
  for (const path of options.dumps ?? []) {
    const text = await readFile(path, 'utf8')
    files.set(basename(path), text)
    threads.push(...parseDump(text).threads.map(forumThreadFromDump))
  }
  if (!options.threads && !options.dumps)
    threads.push(generateThread({ posts: 3 }), generateThread({ posts: 95, seed: 2 }))
  const store = new ForumStore(threads, options.postsPerPage ?? 20)
  const faults = new Faults()
  const requests: LoggedRequest[] = []
  const { key, cert } = await makeCertificate()
  const handle = (request: IncomingMessage, response: ServerResponse) => void serve(request, response)
  const door = makeDoor(createHttpsServer({ key, cert }, handle), createHttpServer(handle))
  await door.open(options.port ?? 0)
  const { port } = door

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isTls = 'encrypted' in request.socket
    const url = new URL(request.url ?? '/', `${isTls ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`)
    const path = url.pathname + url.search
    const isPjax = request.headers['x-pjax'] !== undefined
    const entry: LoggedRequest = { at: Date.now(), method: request.method ?? 'GET', host: url.host, path, isPjax }
    requests.push(entry)
    try {
      const form = new URLSearchParams(await readBody(request))
      const struck = faults.take(path)
      const answer = answerRequest({ url, method: entry.method, isPjax, form }, store, files)
      entry.status = await sendAnswer(response, answer, struck)
    } catch (error) {
      entry.status = 500
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' })
      response.end(String(error instanceof Error ? error.stack : error))
    }
    entry.doneAt = Date.now()
  }

  return {
    port,
    origin: SITE_ORIGIN,
    localOrigin: `https://127.0.0.1:${port}`,
    certificate: cert,
    requests,
    control: store,
    faults,
    url: (path) => new URL(path, `${SITE_ORIGIN}/v2/`).href,
    request: (path, requestOptions) => requestForum(port, cert, path, requestOptions),
    stop: door.close,
    restart: () => door.open(port),
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
