import type { AidParts } from '../aids/aid-parts.ts'
import type { AidPartName } from '../core/aid-parts.ts'

/** By this name the scripts of parts leave them in the extension's own world of the page. */
const LEFT = 'loulanParts'

/** Leaves a part for the script that asked for it. */
export function leavePart<Name extends AidPartName>(name: Name, part: AidParts[Name]): void {
  const parts: Partial<AidParts> = leftParts() ?? {}
  parts[name] = part
  Object.defineProperty(globalThis, LEFT, { value: parts, configurable: true })
}

/** The part that was left; undefined where it has not come. */
export function takePart<Name extends AidPartName>(name: Name): AidParts[Name] | undefined {
  return leftParts()?.[name]
}

function leftParts(): Partial<AidParts> | undefined {
  return (globalThis as { [LEFT]?: Partial<AidParts> })[LEFT]
}
