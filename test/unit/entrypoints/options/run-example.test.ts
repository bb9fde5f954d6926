// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isLongQuote } from '../../../../aids/quote-fold.ts'
import { aids } from '../../../../aids/registry.ts'
import { totalLength } from '../../../../core/reading.ts'
import { examples } from '../../../../entrypoints/options/examples/examples.ts'
import { startExample } from '../../../../entrypoints/options/examples/run-example.ts'
import { sampleThread } from '../../../../entrypoints/options/examples/sample-thread.ts'
import { parseAidSettings } from '../../../../settings/aid-settings.ts'

let controller: AbortController

beforeEach(() => {
  document.head.replaceChildren()
  controller = new AbortController()
})

afterEach(() => controller.abort())

function start(id: string, change: { enabled?: boolean; options?: Record<string, number> } = {}) {
  const aid = aids.find((each) => each.id === id)!
  const wishes = (enabled: boolean, options = {}) => {
    const declared = parseAidSettings(aid, undefined)
    return {
      aids: { [id]: { enabled, options: { ...declared.options, ...options } } },
      speeds: { charactersPerMinute: 400, wordsPerMinute: 238 },
    }
  }
  const parts = { wishes: wishes(change.enabled ?? true, change.options), locale: 'zh-CN', style: '' }
  return { example: startExample(document, aid, parts, controller.signal), wishes }
}

test.each(aids.map(({ id }) => [id]))('%s runs on its sample, and off it leaves it as it was', (id) => {
  const { example, wishes } = start(id)
  expect(example.state).toEqual({ id, state: 'on' })
  example.apply(wishes(false))
  expect(example.state).toEqual({ id, state: 'off' })
  expect(example.isSeen).toBe(false)
})

test.each([['saved-state'], ['length'], ['collapse-long-posts'], ['unwrap-links'], ['new-posts'], ['only-author']])(
  '%s shows on its sample what it does',
  (id) => expect(start(id).example.isSeen).toBe(true),
)

test('a changed option shows at once', () => {
  const { example, wishes } = start('collapse-long-posts')
  expect(document.querySelector('.loulan-collapse-long-posts-button')).not.toBeNull()
  example.apply(wishes(true, { characters: 9000 }))
  expect(document.querySelector('.loulan-collapse-long-posts-button')).toBeNull()
})

test('the sample’s link leads past the jump page and its tracking', () => {
  start('unwrap-links')
  const targets = [...document.querySelectorAll<HTMLAnchorElement>('.post-body a')].map(({ href }) => href)
  expect(targets).toEqual(['https://reading.example/list', 'https://notes.example/how'])
})

test.each(['zh-CN', 'en', 'fr'])('in %s the long post is very long by what the aids declare', (locale) => {
  const { posts } = sampleThread(locale, ['long'])
  const declared = aids.flatMap(({ options }) => ('characters' in options ? [Number(options.characters!.default)] : []))
  expect(declared.length).toBeGreaterThan(1)
  expect(totalLength(posts[0]!.measure)).toBeGreaterThan(Math.max(...declared))
})

test.each(['zh-CN', 'en', 'fr'])(
  'in %s the last post of the quotes’ sample quotes what the one above says, at length',
  (locale) => {
    const [quoted, quoting] = sampleThread(locale, examples['quotes']!.posts)
      .posts.slice(-2)
      .map(({ post }) => post)
    const [quote] = quoting!.quotes
    expect(quote).toMatchObject({ username: quoted!.author.username, postId: quoted!.id, excerpt: quoted!.text })
    const nodes = { head: document.body, parts: [], words: [] }
    const live = { ...quote!, ...nodes, lines: [quote!.excerpt], isFoldedBySite: false, isOfOtherThread: false }
    // A line of sixty Han characters is wider than any sample.
    expect(isLongQuote(live, 60)).toBe(true)
  },
)

test('each aid says how it is shown, and nothing else does', () => {
  expect(Object.keys(examples).toSorted()).toEqual(aids.map(({ id }) => id).toSorted())
})

test.each(aids.map(({ id }) => [id]))('%s is seen on its sample at once, or says why not or what to do', (id) => {
  const isSeen = start(id).example.isSeen
  const words = examples[id]!.note?.() ?? ''
  expect(isSeen || words.length > 0).toBe(true)
})
