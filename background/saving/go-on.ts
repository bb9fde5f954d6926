import { showSavingBadge } from '../saving-badge.ts'
import { runSaves } from './run-saves.ts'
import { tellTabs } from './thread-tabs.ts'

/** Runs the saves that can run; nobody waits for it. */
export function goOn(): void {
  runSaves(({ key }) => tell(key)).catch((error: unknown) => console.error('[loulan] saving stopped', error))
}

/** Tells the tabs that show a thread, and the toolbar button, how it fares; nobody waits for it. */
export function tell(key: string): void {
  void showSavingBadge()
  tellTabs(key).catch((error: unknown) => console.warn('[loulan] a tab was not told', error))
}
