import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** What goes wrong with an answer whose path matches. */
export type Fault = {
  /** A part of path and query, or a pattern for them. */ on: string | RegExp
  /** How often; default always. */ times?: number
} & (
  | { /** Milliseconds before the answer. */ slow: number }
  | {
      /** An answer with this status and no page. */ status: number
      /** Seconds or an HTTP date. */ retryAfter?: number | string
    }
  | { /** The connection ends after this part of the body, from 0 (no byte at all) to 1. */ cutAfter: number }
)

/** The faults in force. Slowness adds up; of the others the first that matches strikes. */
export class Faults {
  private standing: (Fault & { left: number })[] = []

  /** Puts a fault in force; the function returned takes it back. */
  add(fault: Fault): () => void {
    const entry = { ...fault, left: fault.times ?? Infinity }
    this.standing.push(entry)
    return () => {
      this.standing = this.standing.filter((other) => other !== entry)
    }
  }

  clear(): void {
    this.standing = []
  }

  /** Takes what strikes this path, counting it down. */
  take(path: string): { delay: number; fault: Fault | undefined } {
    let delay = 0
    let fault: Fault | undefined
    for (const entry of this.standing) {
      const matches = typeof entry.on === 'string' ? path.includes(entry.on) : path.search(entry.on) >= 0
      if (!matches || entry.left <= 0 || (fault && !('slow' in entry))) continue
      entry.left -= 1
      if ('slow' in entry) delay += entry.slow
      else fault = entry
    }
    return { delay, fault }
  }
}

/** A whole answer before it is sent. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** Sends an answer with what strikes it; returns the status sent, 0 where the connection ended before one. */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  struck: ReturnType<Faults['take']>,
): Promise<number> {
  if (struck.delay > 0) await sleep(struck.delay)
  const { fault } = struck
  if (fault && 'status' in fault) {
    const retry = fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) }
    response.writeHead(fault.status, { 'Content-Type': 'text/html; charset=utf-8', ...retry })
    response.end(`<html><body><h1>${fault.status}</h1></body></html>`)
    return fault.status
  }
  if (fault && 'cutAfter' in fault) return cut(response, answer, fault.cutAfter)
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': String(answer.body.length) })
  response.end(answer.body)
  return answer.status
}

async function cut(response: ServerResponse, { status, headers, body }: Answer, part: number): Promise<number> {
  if (part <= 0) {
    response.socket?.destroy()
    return 0
  }
  response.writeHead(status, { ...headers, 'Content-Length': String(body.length) })
  await new Promise((resolve) => response.write(body.subarray(0, Math.floor(body.length * part)), resolve))
  // The written bytes need a moment to leave, else the reader sees an empty answer instead of half a one.
  await sleep(20)
  response.socket?.destroy()
  return status
}
