import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { sendToBackground } from '../messages/messenger.ts'
import type { OwnSiteReply } from '../messages/protocol.ts'
import { readStoredSites, watchStoredSites, writeStoredSites } from '../settings/own-sites.ts'

/** A site that the reader described, as the list shows it. */
export interface OwnSite {
  name: string
  hosts: readonly string[]
  /** As it is stored. */
  stored: unknown
}

/** The sites that the reader described, as stored and as changed on other pages meanwhile. */
export const useOwnSitesStore = defineStore('own-sites', () => {
  const sites = shallowRef<readonly OwnSite[]>([])

  /** Reads the descriptions and follows them until `signal` aborts. */
  async function load(signal: AbortSignal): Promise<void> {
    watchStoredSites(() => void read(), signal)
    await read()
  }

  async function read(): Promise<void> {
    sites.value = (await readStoredSites()).map(toOwnSite)
  }

  /** Adds what a file or a text describes; the reply says what was wrong, and nothing is changed then. */
  async function add(text: string): Promise<OwnSiteReply> {
    const reply = await sendToBackground('addOwnSites', { text })
    await read()
    return reply
  }

  /** Takes a description away; threads that were read with it stay. */
  async function remove(site: OwnSite): Promise<void> {
    await writeStoredSites(sites.value.filter((each) => each !== site).map(({ stored }) => stored))
    await read()
  }

  /** The descriptions as a file holds them. */
  function exportText(): string {
    return `${JSON.stringify(
      sites.value.map(({ stored }) => stored),
      undefined,
      2,
    )}\n`
  }

  return { sites, load, add, remove, exportText }
})

function toOwnSite(stored: unknown): OwnSite {
  const { name, hosts } = (stored ?? {}) as { name?: unknown; hosts?: unknown }
  return {
    name: typeof name === 'string' ? name : '',
    hosts: Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string') : [],
    stored,
  }
}
