import { ArchiveError } from '../../archive/archive-error.ts'
import type { Archive } from '../../archive/database.ts'
import { adoptFile, beginTry, keepFile, listOpenAddresses, noteMissing } from '../../archive/file-addresses.ts'
import type { FileAddressRecord, FileProblem } from '../../archive/file-records.ts'
import { countThreadFiles, measureFiles } from '../../archive/measure-files.ts'
import { readSettings } from '../../settings/settings.ts'
import { isSiteGranted } from '../site-access.ts'
import { fetchFile } from './fetch-file.ts'
import type { FetchedFile, Room } from './fetch-file.ts'
import { closedFor, closeHost, inTurn } from './host-pace.ts'
import { pause } from './pause.ts'
import { FetchError } from './polite-fetch.ts'
import { parseRetryAfter } from './retry-times.ts'

/** Hosts that are asked side by side; each is asked for one file at a time. */
const MOST_HOSTS = 4

/** Failures in succession after which a host is taken to be down, and not asked for the rest. */
const MOST_FAILURES = 3

/** A host that wants to be left alone for longer is not waited for. In milliseconds. */
const LONGEST_WAIT = 60_000

export interface Gathering {
  archive: Archive
  threadKey: string
  /** The forum's own hosts. */
  forumHosts: readonly string[]
  signal: AbortSignal
  /** Called after each address that was kept or given up. */
  onFile: () => Promise<void> | void
}

/**
 * Asks for the open addresses of a thread, in their order, until each is kept or known why not. All that matters is in the
 * archive: after a kill another call goes on with what is open. Throws an {@link ArchiveError}, a {@link FetchError} when
 * there is no network at all, or the signal's reason.
 */
export async function gatherFiles(gathering: Gathering): Promise<void> {
  const open = await listOpenAddresses(gathering.archive, gathering.threadKey)
  if (open.length === 0) return
  const lanes = [...Map.groupBy(open, ({ url }) => new URL(url).host)]
  const gatherer = await Gatherer.open(gathering)
  const work = async () => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) await gatherer.askHost(...lane)
  }
  // One lane that fails ends the others: what they have in hand is asked for again.
  await Promise.all(Array.from({ length: MOST_HOSTS }, work)).catch((error: unknown) => {
    gatherer.stop(error)
    throw error
  })
}

/** The limits in bytes, and what is taken of them. */
interface Budget {
  each: number
  thread: number
  all: number
  /** 0 once the disk was full. */
  disk: number
}

class Gatherer {
  readonly #gathering: Gathering
  readonly #left: Budget
  readonly #milliseconds: number
  readonly #own = new AbortController()
  readonly #signal: AbortSignal

  private constructor(gathering: Gathering, left: Budget, milliseconds: number) {
    this.#gathering = gathering
    this.#left = left
    this.#milliseconds = milliseconds
    this.#signal = AbortSignal.any([gathering.signal, this.#own.signal])
  }

  static async open(gathering: Gathering): Promise<Gatherer> {
    const { archive, threadKey } = gathering
    const [settings, thread, all] = await Promise.all([
      readSettings(),
      countThreadFiles(archive, threadKey),
      measureFiles(archive),
    ])
    const left = {
      each: settings.fileMegabytes * 1_000_000,
      thread: settings.threadFilesMegabytes * 1_000_000 - thread.bytes,
      all: settings.allFilesMegabytes * 1_000_000 - all.bytes,
      disk: Infinity,
    }
    return new Gatherer(gathering, left, settings.secondsBetweenFiles * 1000)
  }

  stop(reason: unknown): void {
    this.#own.abort(reason)
  }

  /** Asks a host for all of its addresses. */
  async askHost(host: string, rows: readonly FileAddressRecord[]): Promise<void> {
    let failures = 0
    let last: FileProblem | undefined
    for (const row of rows) {
      this.#signal.throwIfAborted()
      const isDown = failures >= MOST_FAILURES
      last = isDown ? await this.#giveUp(row, last!) : await this.#askFor(host, row)
      failures = last === 'network' || last === 'timeout' || last === 'server-error' ? failures + 1 : 0
      await this.#gathering.onFile()
    }
  }

  /** Has one address kept, or notes why not; returns that. */
  async #askFor(host: string, row: FileAddressRecord): Promise<FileProblem | undefined> {
    const { archive } = this.#gathering
    if (await adoptFile(archive, row)) return undefined
    if (!(await isSiteGranted(row.url))) return this.#giveUp(row, 'no-permission')
    const room = this.#roomFor()
    if (room.bytes <= 0) return this.#giveUp(row, room.full)
    if (!(await beginTry(archive, row, now()))) return this.#giveUp(row, 'network')
    const fetched = await this.#fetch(host, row, room)
    if ('file' in fetched) return this.#keep(row, fetched.file)
    const { problem, retryAfter } = fetched
    if (problem === 'network' && navigator.onLine === false) throw new FetchError('network', 'There is no network.')
    const wait = parseRetryAfter(retryAfter ?? null, Date.now())
    if (wait === undefined) return this.#giveUp(row, problem)
    await closeHost(host, wait)
    return wait > LONGEST_WAIT ? this.#giveUp(row, problem) : this.#askFor(host, row)
  }

  async #fetch(host: string, { url, kind }: FileAddressRecord, room: Room): Promise<FetchedFile> {
    const closed = await closedFor(host)
    if (closed > LONGEST_WAIT) return { problem: 'server-error' }
    await pause(closed, this.#signal)
    const request = { url, kind, room, forumHosts: this.#gathering.forumHosts, signal: this.#signal }
    return inTurn(host, this.#signal, () => fetchFile(request), this.#milliseconds)
  }

  async #keep(row: FileAddressRecord, file: Parameters<typeof keepFile>[2]): Promise<FileProblem | undefined> {
    const room = this.#roomFor()
    if (file.size > room.bytes) return this.#giveUp(row, room.full) // Another host's file took the room meanwhile.
    try {
      await keepFile(this.#gathering.archive, row, file, now())
    } catch (error) {
      if (!(error instanceof ArchiveError) || error.code !== 'quota-exceeded') throw error
      // What comes after it is not even asked for; the reader may make room and ask again.
      this.#left.disk = 0
      return this.#giveUp(row, 'disk-full')
    }
    this.#left.thread -= file.size
    this.#left.all -= file.size
    return undefined
  }

  async #giveUp(row: FileAddressRecord, problem: FileProblem): Promise<FileProblem> {
    await noteMissing(this.#gathering.archive, row, problem, now())
    return problem
  }

  #roomFor(): Room {
    const { each, thread, all, disk } = this.#left
    const bytes = Math.min(each, thread, all, disk)
    const full = bytes === each ? 'too-large' : bytes === thread ? 'thread-full' : 'library-full'
    return { bytes, full: disk === 0 ? 'disk-full' : full }
  }
}

function now(): string {
  return new Date().toISOString()
}
