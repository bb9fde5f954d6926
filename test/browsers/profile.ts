import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const standing = new Map<string, ChildProcess | undefined>()

/**
 * Makes an empty folder for a browser's profile. `removeProfile` removes it; so does the end of this process, also by an
 * error nobody caught or by a signal, which ends the browser first.
 */
export function makeProfile(browser: string): string {
  if (standing.size === 0) watchForTheEnd()
  const folder = mkdtempSync(join(tmpdir(), `loulan-${browser}-`))
  standing.set(folder, undefined)
  return folder
}

/** Says which process uses a profile, so that it ends with this one. */
export function ownProfile(folder: string, child: ChildProcess): void {
  standing.set(folder, child)
}

/** Removes a profile that `makeProfile` made; other folders are left alone. */
export function removeProfile(folder: string): void {
  if (!standing.delete(folder)) return
  // A browser that is just ending may still write into it.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

let isWatching = false

function watchForTheEnd(): void {
  if (isWatching) return
  isWatching = true
  process.on('exit', () => {
    for (const child of standing.values()) child?.kill('SIGKILL')
    for (const folder of standing.keys()) removeProfile(folder)
  })
  // A signal ends the process without its `exit` event; going through `exit` brings it back.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
}
