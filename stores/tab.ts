import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { sendToBackground, sendToTab } from '../messages/messenger.ts'
import type { OwnSiteReply, TabReport, ThreadPageReply } from '../messages/protocol.ts'
import { toFailure, type Failure } from './failure.ts'

export type TabState = { kind: 'loading' } | TabReport | { kind: 'failed'; failure: Failure }

/** A background that has not answered by then will not; the largest page is read in a few seconds. In milliseconds. */
const PATIENCE = 20_000

/** What stands in the tab that the popup speaks of. */
export const useTabStore = defineStore('tab', () => {
  const state = shallowRef<TabState>({ kind: 'loading' })
  let shownTab: number | undefined

  /**
   * Asks the background about a tab; ends in the state `failed` when it gives no answer.
   *
   * @param asked its answer, where it was asked before
   */
  async function load(tabId: number, asked?: Promise<TabReport>): Promise<void> {
    shownTab = tabId
    state.value = { kind: 'loading' }
    const next = await ask(tabId, asked)
    if (shownTab === tabId) state.value = next
  }

  /** Asks anew about the tab that is shown, which keeps standing until the answer is there. */
  async function refresh(): Promise<void> {
    const tabId = shownTab
    if (tabId === undefined) return
    const next = await ask(tabId)
    if (shownTab === tabId) state.value = next
  }

  /** Shows nothing of a tab: there is none, or it is a page of the browser's own. */
  function showNone(): void {
    shownTab = undefined
    state.value = { kind: 'other' }
  }

  /** Shows that it could not be found out which tab it is. */
  function showFailure(error: unknown): void {
    shownTab = undefined
    state.value = { kind: 'failed', failure: toFailure(error) }
  }

  /** Shows a tab that is a page of ours: what stands there its page says, not the background. */
  function showOwn(tabId: number): void {
    shownTab = tabId
    state.value = { kind: 'other' }
  }

  /** Scrolls the tab to a post, or to words in it; false when the post is not (or no longer) on its page. */
  async function showPost(postId: string, words?: string): Promise<boolean> {
    if (shownTab === undefined) return false
    try {
      return await sendToTab('showPost', { postId, ...(words !== undefined && { words }) }, shownTab)
    } catch {
      return false // The page was left or reloaded since: to the reader that is the same as a post that is gone.
    }
  }

  /** Keeps the page that stands in the tab; the reply says what became of it. */
  async function keep(): Promise<ThreadPageReply> {
    if (shownTab === undefined) return { cached: 'not-a-thread' }
    return withPatience(sendToBackground('keepTab', { tabId: shownTab }))
  }

  /** The same for a page that only looks like a thread. */
  async function keepGuess(): Promise<ThreadPageReply> {
    if (shownTab === undefined) return { cached: 'not-a-thread' }
    return withPatience(sendToBackground('keepGuess', { tabId: shownTab }))
  }

  /** Makes a site of the reader's own of such a page. */
  async function adoptGuess(): Promise<OwnSiteReply> {
    if (shownTab === undefined) return { added: 0 }
    return withPatience(sendToBackground('adoptGuess', { tabId: shownTab }))
  }

  /** Has the reader click a post's parts on the page; false where that is not possible. */
  async function startPicking(): Promise<boolean> {
    if (shownTab === undefined) return false
    return withPatience(sendToBackground('startPicking', { tabId: shownTab })).catch(() => false)
  }

  return { state, load, refresh, showNone, showFailure, showOwn, showPost, keep, keepGuess, adoptGuess, startPicking }
})

async function ask(tabId: number, asked = sendToBackground('describeTab', { tabId })): Promise<TabState> {
  try {
    return await withPatience(asked)
  } catch (error) {
    return { kind: 'failed', failure: toFailure(error) }
  }
}

/** Rejects when there is no answer in time. */
async function withPatience<Answer>(answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${PATIENCE / 1000} s`)), PATIENCE)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
