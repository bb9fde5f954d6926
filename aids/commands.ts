import type { AidContext } from './define-aid.ts'
import type { CommandName } from './key-bindings.ts'
import type { LivePage, LivePost } from './live-page.ts'

/** What came of a command: the post to go to, words to say, or false where there was nothing to do. */
export type Outcome = LivePost | string | boolean

/** Something that an aid does at the press of a key. */
export interface Command {
  /** @param post the one that the reader is at; undefined where there is none on the screen */
  run: (post: LivePost | undefined) => Outcome
  /** Whether it can be done on this page at all; absent: as long as the aid runs. */
  isOffered?: () => boolean
}

type Offers = Map<CommandName, { command: Command; fail: (error: unknown) => void }>

/** By this name the page holds what is offered on it: aids that came by different scripts share nothing but the page. */
const OFFERS = Symbol.for('loulan.commands')

/**
 * Offers a command on the page until `signal` aborts; the keyboard aid gives it a key. Of two offers of one name the later
 * counts. An error in it stops the aid that offers it and is reported.
 */
export function offerCommand(
  { page, fail }: Pick<AidContext, 'page' | 'fail'>,
  name: CommandName,
  command: Command,
  signal: AbortSignal,
): void {
  const offers = offersOf(page)
  const offer = { command, fail }
  offers.set(name, offer)
  signal.addEventListener('abort', () => offers.get(name) === offer && offers.delete(name))
}

/** True where somebody offers the command now. */
export function isOffered(page: LivePage, name: CommandName): boolean {
  const command = offersOf(page).get(name)?.command
  return command !== undefined && (command.isOffered?.() ?? true)
}

/** Does what is offered by that name; false where nobody offers it, or nothing was to be done. */
export function runCommand(page: LivePage, name: CommandName, post: LivePost | undefined): Outcome {
  const offer = offersOf(page).get(name)
  if (!offer) return false
  try {
    return offer.command.run(post)
  } catch (error) {
    offer.fail(error)
    return false
  }
}

function offersOf(page: LivePage & { [OFFERS]?: Offers }): Offers {
  return (page[OFFERS] ??= new Map())
}
