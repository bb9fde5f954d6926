import { sendToBackground } from '../messages/messenger.ts'
import { GatheredReading, type Reading } from './gathered-reading.ts'

/** Gathers what is read of the thread in this tab, and has the background remember it. */
export function gatherReading(signal: AbortSignal): GatheredReading {
  return new GatheredReading(tellBackground, signal)
}

/** Another page of the thread is where reading may go on: its address is told with the place. */
async function tellBackground(key: string, { readIds, place }: Reading): Promise<void> {
  const url = location.href.replace(/#.*$/s, '')
  await sendToBackground('threadRead', { key, readIds, ...(place && { place: { ...place, url } }) })
}
