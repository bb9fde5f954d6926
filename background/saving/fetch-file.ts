import type { FileKind, FileProblem } from '../../archive/file-records.ts'
import { lookAtFile } from '../../archive/kept-files.ts'
import type { LookedAtFile } from '../../archive/kept-files.ts'
import { isPrivateHost } from '../../core/private-host.ts'
import { readBody } from './read-body.ts'

/** How long a server may take to begin its answer, and be silent within it. The browser ends a worker that waits longer. */
const LONGEST_SILENCE = 20_000

/** How long a whole file may take. In milliseconds. */
const LONGEST_ANSWER = 240_000

/** What a file may take, in bytes, and which limit says so. */
export interface Room {
  bytes: number
  full: FileProblem
}

export interface FileRequest {
  url: string
  kind: FileKind
  room: Room
  /** The forum's own hosts, ports included: they are asked with the reader's login, also in the reader's own network. */
  forumHosts: readonly string[]
  signal: AbortSignal
  /** Milliseconds of silence after which a server is given up; {@link LONGEST_SILENCE} without it. */
  silence?: number
}

/** What became of a request. */
export type FetchedFile =
  | { file: LookedAtFile }
  /** `retryAfter` as the server sent it, where it asked to be left alone. */
  | { problem: FileProblem; retryAfter?: string | null }

/**
 * Asks for a picture or file and judges what comes: nothing of it is trusted. Never more than there is room for is held.
 * Rejects only when `signal` aborts.
 */
export async function fetchFile(request: FileRequest): Promise<FetchedFile> {
  const { url, forumHosts, signal } = request
  if (!mayAsk(url, forumHosts)) return { problem: 'bad-address' }
  const watch = new Watch(signal, request.silence ?? LONGEST_SILENCE)
  try {
    const answer = await fetch(url, {
      signal: watch.signal,
      // Attachments of the forum may want the reader's login; to others nothing is told of the reader.
      credentials: forumHosts.includes(new URL(url).host) ? 'include' : 'omit',
      headers: { Accept: request.kind === 'picture' ? 'image/*,*/*;q=0.5' : '*/*' },
    })
    return await readAnswer(answer, request, watch)
  } catch {
    signal.throwIfAborted()
    return { problem: watch.isLate ? 'timeout' : 'network' }
  } finally {
    watch.end()
  }
}

function mayAsk(url: string, forumHosts: readonly string[]): boolean {
  const { host, hostname, username, password } = new URL(url)
  if (username || password) return false
  return !isPrivateHost(hostname) || forumHosts.includes(host)
}

async function readAnswer(answer: Response, { kind, room }: FileRequest, watch: Watch): Promise<FetchedFile> {
  const { body, headers } = answer
  const refusal = problemOfStatus(answer.status) ?? (isPage(headers) ? 'refused' : undefined)
  const told = Number(headers.get('Content-Length') ?? 0)
  if (refusal || !body || told > room.bytes) {
    await body?.cancel().catch(() => undefined) // Nothing is read of it either way.
    if (refusal === 'server-error') return { problem: refusal, retryAfter: headers.get('Retry-After') }
    return { problem: refusal ?? (body ? room.full : 'network') }
  }
  const bytes = await readBody(body, room.bytes, () => watch.hear())
  if (!bytes) return { problem: room.full }
  // A length is of the bytes as they were sent: where they were packed it says nothing of these.
  if (told > 0 && !headers.has('Content-Encoding') && bytes.length < told) return { problem: 'network' }
  const file = await lookAtFile(bytes)
  if (file.type.startsWith('image/')) return { file }
  if (!isDownload(headers) && file.isPage) return { problem: 'refused' }
  return kind === 'picture' || bytes.length === 0 ? { problem: 'not-a-picture' } : { file }
}

function problemOfStatus(status: number): FileProblem | undefined {
  if (status === 404 || status === 410) return 'not-found'
  if (status === 429 || status >= 500) return 'server-error'
  return status === 200 ? undefined : 'refused'
}

/** A page in the place of a file, unless it is offered as a file. */
function isPage(headers: Headers): boolean {
  return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(headers.get('Content-Type') ?? '') && !isDownload(headers)
}

function isDownload(headers: Headers): boolean {
  return /^\s*attachment\b/i.test(headers.get('Content-Disposition') ?? '')
}

/** Aborts when the server is silent for too long, takes too long in all, or the caller gives up. */
class Watch {
  isLate = false
  readonly #controller = new AbortController()
  readonly #whole: ReturnType<typeof setTimeout>
  readonly #patience: number
  #silence: ReturnType<typeof setTimeout>
  readonly signal: AbortSignal

  constructor(outer: AbortSignal, patience: number) {
    this.#patience = patience
    this.signal = AbortSignal.any([outer, this.#controller.signal])
    this.#whole = setTimeout(this.#giveUp, LONGEST_ANSWER)
    this.#silence = setTimeout(this.#giveUp, patience)
  }

  #giveUp = () => {
    this.isLate = true
    this.#controller.abort()
  }

  /** The server has sent something. */
  hear(): void {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(this.#giveUp, this.#patience)
  }

  end(): void {
    clearTimeout(this.#whole)
    clearTimeout(this.#silence)
  }
}
