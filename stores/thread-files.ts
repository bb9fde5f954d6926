import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { browser } from 'wxt/browser'
import type { FileAddressRecord } from '../archive/file-records.ts'
import { isPictureType } from '../core/picture-types.ts'
import { sendToBackground } from '../messages/messenger.ts'
import { useArchive } from './open-archive.ts'

/** Hosts that are asked for at once: a longer list nobody reads. */
const MOST_HOSTS = 20

/** The pictures and files of the thread that the reader page shows, as they are kept. */
export const useThreadFilesStore = defineStore('thread-files', () => {
  const addresses = shallowRef<ReadonlyMap<string, FileAddressRecord>>(new Map())
  const counts = computed(() => countStates(addresses.value.values()))
  /** Names of hosts that the extension may not read from, those with most pictures first. */
  const refusedHosts = computed(() => findRefusedHosts(addresses.value.values()))

  /** Reads what is kept of a thread, and follows it until `signal` aborts. What cannot be read is as if it were not kept. */
  async function follow(threadKey: string, signal: AbortSignal): Promise<void> {
    addresses.value = new Map()
    try {
      const [archive, { watchFileAddresses }] = await Promise.all([useArchive(), import('../archive/watch-files.ts')])
      await watchFileAddresses(
        archive,
        threadKey,
        (rows) => (addresses.value = new Map(rows.map((row) => [row.url, row]))),
        signal,
      )
    } catch (error) {
      console.error('[loulan] kept pictures cannot be read', error)
    }
  }

  function find(url: string): FileAddressRecord | undefined {
    return addresses.value.get(url)
  }

  /** The bytes of a kept file; undefined when they are not there. A picture's come with its type, all others with none. */
  async function findBytes(hash: string): Promise<Blob | undefined> {
    const [archive, { findFile }] = await Promise.all([useArchive(), import('../archive/kept-files.ts')])
    // Where the library cannot be read, the picture can still be had from the web, as where it is no longer there.
    const file = await findFile(archive, hash).catch(() => undefined)
    return file && new Blob([file.bytes], { type: isPictureType(file.type) ? file.type : 'application/octet-stream' })
  }

  /** Has what is not there asked for, in the background; false when the thread is not saved. */
  async function fetchMissing(threadKey: string): Promise<boolean> {
    return (await sendToBackground('getThreadFiles', { key: threadKey })) !== undefined
  }

  /**
   * Has the browser ask the reader for the hosts of pictures that may not be read. To be called right in a click; false
   * when the reader said no.
   */
  function askForHosts(): Promise<boolean> {
    const origins = refusedHosts.value.slice(0, MOST_HOSTS).map((host) => `*://${host}/*`)
    // A browser that does not ask at all grants nothing either.
    return browser.permissions.request({ origins }).catch(() => false)
  }

  return { addresses, counts, refusedHosts, follow, find, findBytes, fetchMissing, askForHosts }
})

export interface FileCounts {
  kept: number
  missing: number
  open: number
  /** Of those kept. */
  bytes: number
}

function countStates(rows: Iterable<FileAddressRecord>): FileCounts {
  const counts: FileCounts = { kept: 0, missing: 0, open: 0, bytes: 0 }
  const hashes = new Set<string>()
  for (const { state, size, hash } of rows) {
    counts[state]++
    if (hash === undefined || hashes.has(hash)) continue
    hashes.add(hash)
    counts.bytes += size
  }
  return counts
}

function findRefusedHosts(rows: Iterable<FileAddressRecord>): string[] {
  const counts = new Map<string, number>()
  for (const { reason, url } of rows) {
    if (reason !== 'no-permission') continue
    const { hostname } = new URL(url)
    counts.set(hostname, (counts.get(hostname) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([host]) => host)
}
