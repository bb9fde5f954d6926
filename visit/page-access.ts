import { withParts, type AidWithParts } from '../aids/aid-parts.ts'
import type { Aid } from '../aids/define-aid.ts'
import { sendToBackground } from '../messages/messenger.ts'
import { joiningOf } from './joined-pages.ts'
import { loadPart } from './load-part.ts'
import { findQuotedFor } from './quoted-posts.ts'

/** Gives the aids what they may ask of the background on a forum's page, where they are by themselves. */
export function withPageAccess(aids: readonly AidWithParts[]): readonly Aid[] {
  return withParts(aids, loadPart).map((aid) => ({
    ...aid,
    start: (context, signal) =>
      aid.start(
        { ...context, joining: joiningOf(context), findQuoted: findQuotedFor(context), styleHighlights },
        signal,
      ),
  }))
}

let isStyled = false

function styleHighlights(): void {
  if (isStyled) return
  isStyled = true
  sendToBackground('highlightsWanted').catch((error: unknown) => {
    isStyled = false
    console.warn('[loulan] found words cannot be marked', error)
  })
}
