import { withParts, type AidWithParts } from '../../../aids/aid-parts.ts'
import type { PageKeeping, PageReading } from '../../../aids/define-aid.ts'
import { importPart } from '../../../aids/import-part.ts'
import { AidRunner, type AidState, type AidWishes } from '../../../aids/runner.ts'
import { parseLooks } from '../../../core/reader-looks.ts'
import type { ThreadKeeping } from '../../../core/thread-keeping.ts'
import { applyLooks } from '../../reader/apply-looks.ts'
import { buildPost } from '../../reader/build-post.ts'
import { createElement } from '../../reader/create-element.ts'
import { readerSite } from '../../reader/reader-site.ts'
import { examples } from './examples.ts'
import { SAMPLE_KEY, SAMPLE_URL, sampleThread, type SampleThread } from './sample-thread.ts'

/** An aid at work on the sample. */
export interface RunningExample {
  /** Shows what changed settings do. */
  apply(wishes: AidWishes): void
  readonly state: AidState
  /** Whether the sample looks otherwise than without the aid. */
  readonly isSeen: boolean
}

/** In CSS pixels: smaller than the reader's, for there is little room. */
const TEXT_SIZE = 14

/**
 * Builds the sample thread in a document of its own, as the reader page builds threads, and has the real runner start one
 * aid on it. Until `signal` aborts.
 */
export function startExample(
  document: Document,
  aid: AidWithParts,
  { wishes, locale, style }: { wishes: AidWishes; locale: string; style: string },
  signal: AbortSignal,
): RunningExample {
  const root = buildPage(document, sampleThread(locale, examples[aid.id]?.posts), style)
  const plain = root.outerHTML
  const runner = new AidRunner({
    root,
    document,
    site: readerSite,
    url: new URL(SAMPLE_URL),
    aids: withParts([aid], importPart),
    wishes,
    memory: () => new Set<string>(),
    keeping: sampleKeeping(),
    reading: sampleReading(root),
    signal,
  })
  // A link of the sample leads nowhere.
  document.addEventListener('click', (event) => isLink(event.target) && event.preventDefault(), { signal })
  return {
    apply: (changed) => runner.apply(changed),
    get state() {
      return runner.states[0]!
    },
    get isSeen() {
      return root.outerHTML !== plain
    },
  }
}

function buildPage(document: Document, { title, posts }: SampleThread, style: string): HTMLElement {
  applyLooks(document.documentElement, parseLooks({ textSize: TEXT_SIZE, lineHeight: 1.6 }))
  const sheet = createElement(document, 'style', '', style)
  const heading = createElement(document, 'h1', '', title)
  heading.id = 'thread-title'
  const list = createElement(document, 'div', '', ...posts.map((record) => buildPost(record, document)))
  const root = createElement(document, 'article', '', heading, list)
  root.id = 'thread'
  document.head.append(sheet)
  document.body.replaceChildren(createElement(document, 'main', '', root))
  return root
}

function isLink(target: EventTarget | null): boolean {
  return (target as Element | null)?.closest('a[href]') != null
}

/** As of a thread that is cached, until the reader has it saved: nothing is really kept. */
function sampleKeeping(): PageKeeping {
  const listeners = new Set<(kept: ThreadKeeping) => void>()
  const cached: ThreadKeeping = { key: SAMPLE_KEY, posts: 25, gonePosts: 1, newPosts: 2 }
  return {
    watch(listener, signal) {
      listeners.add(listener)
      signal.addEventListener('abort', () => listeners.delete(listener))
      listener(cached)
    },
    async ask() {
      for (const listener of listeners) listener({ ...cached, savedAt: new Date().toISOString() })
    },
  }
}

/** As of a visit after which the last two posts came, and that stopped in the fourth. */
function sampleReading(root: HTMLElement): PageReading {
  const ids = [...root.querySelectorAll<HTMLElement>('.post')].map(({ dataset }) => dataset.postId ?? '')
  const stoppedAt = ids[3]
  return {
    watch(listener) {
      listener({
        key: SAMPLE_KEY,
        newIds: ids.slice(-2),
        previousAt: '2026-03-05T00:00:00.000Z',
        ...(stoppedAt !== undefined && { place: { postId: stoppedAt, part: 0.2 } }),
      })
    },
    learn() {},
    note() {},
  }
}
