import type { AidParts, LoadPart } from '../aids/aid-parts.ts'
import type { AidPartName } from '../core/aid-parts.ts'
import { sendToBackground } from '../messages/messenger.ts'
import { takePart } from './left-parts.ts'

const coming = new Map<AidPartName, Promise<AidParts[AidPartName]>>()

/** Brings parts of aids on a forum's page: the background puts the script of one in, which leaves it (see left-parts.ts). */
export const loadPart: LoadPart = <Name extends AidPartName>(name: Name) => {
  const known = coming.get(name) as Promise<AidParts[Name]> | undefined
  if (known) return known
  const part = askFor(name)
  coming.set(name, part)
  // The next one who needs it asks again.
  part.catch(() => coming.delete(name))
  return part
}

async function askFor<Name extends AidPartName>(name: Name): Promise<AidParts[Name]> {
  await sendToBackground('aidPartWanted', { name })
  const part = takePart(name)
  if (!part) throw new Error(`${name} was not left on the page`)
  return part
}
