// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { AidRunner } from '../../../aids/runner.ts'
import { readQuotes } from '../../../aids/read-quotes.ts'
import type { Quote, Thread } from '../../../core/thread.ts'
import { findSite, lightSites } from '../../../sites/light-sites.ts'
import { sites } from '../../../sites/registry.ts'
import { findSamples } from '../sites/samples.ts'

/** What the light halves tell of quotes is what the heavy halves read on the same pages, or less. */

/** Their quotes have no names, or outside of the quote. */
const NAMELESS = ['nodebb', 'lemmy', 'lobsters', 'oldreddit', 'stackexchange']
/** Names that stand in their heads beside words of any language; the heavy halves ask the page's other posts. */
const UNSURE_NAMES = ['discuz/first-page-uyghur-skin', 'mybb/poisoned']

const samples = findSamples().flatMap((sample) => {
  const { posts = [] } = (JSON.parse(readFileSync(sample.expected, 'utf8')) as { thread?: Thread }).thread ?? {}
  return posts.some(({ quotes }) => quotes.length > 0) ? [{ ...sample, posts }] : []
})

const told = new Set<string>()

beforeEach(() => {
  const { documentElement } = document
  documentElement.innerHTML = '<head></head><body></body>'
  for (const attribute of documentElement.getAttributeNames()) documentElement.removeAttribute(attribute)
})

test.each(samples.map((sample) => [`${sample.site}/${sample.case}`, sample] as const))('%s', (name, sample) => {
  document.documentElement.innerHTML = sample.html.replace(/<link\b[^>]*>/g, '')
  const [, attributes = ''] = /<html\b([^>]*)>/.exec(sample.html) ?? []
  for (const [, key, value] of attributes.matchAll(/([\w-]+)="([^"]*)"/g))
    document.documentElement.setAttribute(key!, value!)
  const url = new URL(sample.url)
  const site = findSite(url, document)
  // A page whose posts its script has yet to draw is no page for aids.
  if (!site) return expect(sites.find((each) => each.site.id === sample.site)?.isUndrawn?.(url, document)).toBe(true)
  const { page } = new AidRunner({
    root: document,
    document,
    site,
    url,
    aids: [],
    wishes: { aids: {}, speeds: { charactersPerMinute: 400, wordsPerMinute: 238 } },
    memory: () => ({ has: () => false, add: () => {}, delete: () => {} }),
    signal: new AbortController().signal,
  })
  const read = new Map(page.posts.map((post) => [post.id, readQuotes(post, site, url)]))
  for (const { id, quotes } of sample.posts) {
    for (const { username, postId } of read.get(id) ?? []) {
      const isTrue = (quote: Quote) =>
        (!username || UNSURE_NAMES.includes(name) || quote.username === username) &&
        (postId === undefined || quote.postId === postId)
      expect(quotes.filter(isTrue), `${id}: ${username} ${postId}`).not.toEqual([])
      if (username || postId) told.add(site.id)
    }
  }
})

test('names or ids are told on every site that has them in its quotes', () => {
  const named = lightSites.filter(({ id, selectors }) => selectors.quote && !NAMELESS.includes(id)).map(({ id }) => id)
  expect([...told].toSorted()).toEqual(named.toSorted())
})
