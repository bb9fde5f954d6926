import { request as httpsRequest } from 'node:https'
import type { IncomingHttpHeaders } from 'node:http'

export interface RequestOptions {
  method?: string
  headers?: Record<string, string>
  /** Host asked for; default the real site's. */
  host?: string
  body?: string
}

export interface ForumAnswer {
  status: number
  headers: IncomingHttpHeaders
  bytes: Buffer
  text: string
}

/** Asks the forum on a loopback port under any host name. Rejects where the connection ends before the whole answer. */
export function requestForum(
  port: number,
  certificate: string,
  path: string,
  options: RequestOptions = {},
): Promise<ForumAnswer> {
  const { method = 'GET', headers = {}, host = 'bbs.pku.edu.cn', body } = options
  const rooted = path.startsWith('/') ? path : `/v2/${path}`
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(
      {
        host: '127.0.0.1',
        port,
        path: rooted,
        method,
        ca: certificate,
        headers: { Host: host, ...headers },
        agent: false,
        // The forum plays hosts of the world outside as well: its certificate is known, so its names need no check.
        checkServerIdentity: () => undefined,
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const bytes = Buffer.concat(chunks)
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, bytes, text: bytes.toString('utf8') })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
