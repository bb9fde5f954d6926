import type { SaveReason } from '../../core/save-report.ts'
import type { PageFault } from './check-page.ts'

/** An answer came, and is not the page that was asked for. */
export class PageError extends Error {
  override readonly name = 'PageError'
  readonly reason: SaveReason

  constructor(reason: SaveReason, fault: PageFault | 'other-place' | number) {
    super(String(fault))
    this.reason = reason
  }
}
