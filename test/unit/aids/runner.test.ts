// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { numberSetting } from '../../../core/setting.ts'
import { withParts } from '../../../aids/aid-parts.ts'
import type { Aid } from '../../../aids/define-aid.ts'
import { importPart } from '../../../aids/import-part.ts'
import { aids as aidsWithParts } from '../../../aids/registry.ts'
import { AidRunner, sweepPage, type AidWishes } from '../../../aids/runner.ts'
import { parseHtml } from '../../../dom/parse-html.ts'
import { sweepTree } from '../../../dom/sweep-tree.ts'
import { parseAidSettings } from '../../../settings/aid-settings.ts'
import { paragraphs, sampleSite, writePage } from './sample-page.ts'

const speeds = { charactersPerMinute: 400, wordsPerMinute: 238 }

const aids = withParts(aidsWithParts, importPart)

function wishesFor(list: readonly Aid[], enabled = true): AidWishes {
  const entries = list.map((aid) => [aid.id, { ...parseAidSettings(aid, {}), enabled }])
  return { aids: Object.fromEntries(entries), speeds }
}

function run(list: readonly Aid[] = aids, wishes = wishesFor(list), url = 'https://forum.example/t/1') {
  const controller = new AbortController()
  const opened = new Set<string>()
  const memory = {
    has: (id: string) => opened.has(id),
    add: (id: string) => opened.add(id),
    delete: (id: string) => opened.delete(id),
  }
  const runner = new AidRunner({
    root: document,
    document,
    site: sampleSite,
    url: new URL(url),
    aids: list,
    wishes,
    memory: () => memory,
    keeping: {
      watch: (listener) => listener({ key: 'k', posts: 2, savedAt: '2026-11-22T00:00:00Z', gonePosts: 1, newPosts: 2 }),
      ask: () => Promise.resolve(),
    },
    signal: controller.signal,
  })
  return { runner, controller, opened }
}

const samples = {
  'long paragraphs': paragraphs(3000),
  'one long paragraph': `<p>${'字'.repeat(3000)}</p>`,
  'loose text with breaks': `${'字'.repeat(200)}<br>${'字'.repeat(2000)}<br><b>bold</b> tail${'字'.repeat(300)}`,
  'text wrapped twice': `<div class="outer"><div class="inner">${paragraphs(2000)}</div></div>`,
  'a quote between': `${paragraphs(1000)}<p class="quote">quoted</p>${paragraphs(1000)}`,
  'a long quote in a box': `<div class="quote" data-by="somebody"><b class="quote-head">somebody:</b><p>${'字'.repeat(300)}</p></div><p>own</p>`,
  'a long quote of loose text': `<div class="quote" data-by="somebody" data-of="1">${'字'.repeat(300)}<br><i>more</i></div><p>own</p>`,
  'links to unwrap': `<p><a href="https://bbs.pku.edu.cn/v2/jump-to.php?url=http%3A%2F%2Fexample.org%2F" rel="nofollow">here</a></p>`,
}

describe('the aids on a page', () => {
  beforeEach(() => {
    document.documentElement.innerHTML = '<head></head><body></body>'
  })

  test.each(Object.entries(samples))('leave it as it was when stopped: %s', (_name, body) => {
    writePage(document, [
      { id: '1', isStarter: true, body },
      { id: '2', body: '<p>short</p>' },
    ])
    const before = document.documentElement.outerHTML
    const { runner, controller } = run()
    expect(runner.states.map(({ state }) => state)).toEqual(aids.map(() => 'on'))
    expect(document.documentElement.outerHTML).not.toBe(before)
    controller.abort()
    expect(document.documentElement.outerHTML).toBe(before)
  })

  test.each(Object.entries(samples))('are swept from a clone without their listeners: %s', (_name, body) => {
    writePage(document, [{ id: '1', body }])
    const before = document.documentElement.outerHTML
    run()
    const clone = document.documentElement.cloneNode(true) as HTMLElement
    sweepPage(clone, aids)
    expect(clone.outerHTML).toBe(before)
  })

  test.each(Object.entries(samples))('are swept from the captured HTML: %s', (_name, body) => {
    writePage(document, [{ id: '1', isStarter: true, body }])
    const before = parseHtml(document.documentElement.outerHTML)
    run()
    const captured = document.documentElement.outerHTML
    expect(captured).toContain('data-loulan')
    expect(sweepTree(parseHtml(captured))).toEqual(before)
  })

  test('one that throws is named and undone, the others go on', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const broken: Aid = {
      id: 'broken',
      enabledByDefault: true,
      options: {},
      start: ({ follow }) =>
        follow(() => {
          throw new Error('no such floor')
        }),
    }
    writePage(document, [{ id: '1', body: paragraphs(3000) }])
    const { runner } = run([broken, ...aids])
    expect(runner.states[0]).toEqual({ id: 'broken', state: 'failed', message: 'no such floor' })
    expect(runner.states.slice(1).every(({ state }) => state === 'on')).toBe(true)
    expect(document.querySelector('.loulan-length')?.textContent).toContain('3,000')
  })

  test('an aid switched off is undone, the others stay', () => {
    writePage(document, [{ id: '1', body: paragraphs(3000) }])
    const { runner } = run()
    const wishes = wishesFor(aids)
    wishes.aids['collapse-long-posts']!.enabled = false
    runner.apply(wishes)
    expect(document.querySelector('#content [hidden="until-found"]')).toBeNull()
    expect(document.querySelector('.loulan-length')).not.toBeNull()
    expect(runner.states.filter(({ state }) => state !== 'on')).toEqual([{ id: 'collapse-long-posts', state: 'off' }])
  })

  test('an aid is restarted with changed options only', () => {
    const starts: number[] = []
    const aid: Aid = {
      id: 'counting',
      enabledByDefault: true,
      options: { characters: numberSetting(10, { minimum: 1, maximum: 99 }) },
      start: ({ options }) => void starts.push(options.characters as number),
    }
    writePage(document, [])
    const { runner } = run([aid])
    runner.apply(wishesFor([aid]))
    expect(starts).toEqual([10])
    runner.apply({ aids: { counting: { enabled: true, options: { characters: 20 } } }, speeds })
    expect(starts).toEqual([10, 20])
  })

  test('posts that arrive later get the aids too', () => {
    writePage(document, [{ id: '1', body: '<p>short</p>' }])
    const { runner } = run()
    const late = document.querySelector('.post')!.cloneNode(true) as HTMLElement
    late.dataset.id = '2'
    late.querySelector('.body')!.innerHTML = paragraphs(3000)
    document.querySelector('#content')!.append(late)
    runner.refresh()
    expect(late.querySelectorAll('[hidden="until-found"]').length).toBeGreaterThan(10)
    expect(document.querySelector('.loulan-length')?.textContent).toContain('2 ')
  })
})
