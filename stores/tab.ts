import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { sendToBackground, sendToTab } from '../messages/messenger.ts'
import type { TabReport } from '../messages/protocol.ts'
import { toFailure, type Failure } from './failure.ts'

export type TabState = { kind: 'loading' } | TabReport | { kind: 'failed'; failure: Failure }

/** What stands in the tab that the popup speaks of. */
export const useTabStore = defineStore('tab', () => {
  const state = shallowRef<TabState>({ kind: 'loading' })
  let shownTab: number | undefined

  /** Asks the background about a tab; ends in the state `failed` when it gives no answer. */
  async function load(tabId: number): Promise<void> {
    shownTab = tabId
    state.value = { kind: 'loading' }
    let next: TabState
    try {
      next = await sendToBackground('describeTab', { tabId })
    } catch (error) {
      next = { kind: 'failed', failure: toFailure(error) }
    }
    if (shownTab === tabId) state.value = next
  }

  /** Shows nothing of a tab: there is none, or it is a page of the browser's own. */
  function showNone(): void {
    shownTab = undefined
    state.value = { kind: 'other' }
  }

  /** Scrolls the tab to a post; false when the post is not (or no longer) on its page. */
  async function showPost(postId: string): Promise<boolean> {
    if (shownTab === undefined) return false
    try {
      return await sendToTab('showPost', { postId }, shownTab)
    } catch {
      return false // The page was left or reloaded since: to the reader that is the same as a post that is gone.
    }
  }

  return { state, load, showNone, showPost }
})
