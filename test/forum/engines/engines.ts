import { discourse } from './discourse.ts'
import { discuz } from './discuz.ts'
import type { EngineForum } from './engine.ts'
import { phpbb3 } from './phpbb3.ts'
import { xenforo2 } from './xenforo2.ts'

/** Forums of other engines that stand beside PKU BBS in the tests' world. */
export const engineForums: readonly EngineForum[] = [discuz, phpbb3, xenforo2, discourse]

/** The forum at a host. */
export function findEngineForum(host: string): EngineForum | undefined {
  return engineForums.find((forum) => forum.host === host)
}
