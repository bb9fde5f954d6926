// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../../dom/parse-html.ts'
import { scopeOf } from '../../../dom/query.ts'
import { readThreadPage, sites } from '../../../sites/registry.ts'
import { findSamples } from './samples.ts'

/** The light half tells the permalink that the heavy half reads, on the live page and in the tree. */
const samples = findSamples().filter(({ site, case: name }) => {
  const module = sites.find(({ site: each }) => each.id === site)
  return module?.site.permalink !== undefined && name !== 'poisoned'
})

it('there are samples of several sites', () => {
  expect(new Set(samples.map(({ site }) => site)).size).toBeGreaterThan(4)
})

describe.each(samples)('$site/$case', ({ site: id, html, url }) => {
  const { site } = sites.find(({ site: each }) => each.id === id)!
  const posts = readThreadPage(html, url)?.thread.posts ?? []

  it('has the permalinks that are read from it', () => {
    const [tree, document] = [scopeOf(parseHtml(html)), new DOMParser().parseFromString(html, 'text/html')]
    for (const post of posts) {
      if (post.url === undefined) continue
      expect(site.permalink!(post.id, new URL(url), tree)).toBe(post.url)
      expect(site.permalink!(post.id, new URL(url), document)).toBe(post.url)
    }
  })
})
