// @vitest-environment jsdom
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseHtml } from '../../../dom/parse-html.ts'
import { scopeOf } from '../../../dom/query.ts'
import { isOnHosts } from '../../../sites/define-site.ts'
import { findSite, lightSites } from '../../../sites/light-sites.ts'
import type { SiteModule } from '../../../sites/registry.ts'
import { readThreadPage, sites } from '../../../sites/registry.ts'
import { findSamples } from './samples.ts'

const NOT_SITES = ['define-site.ts', 'home-sites.ts', 'light-sites.ts', 'registry.ts']
const samples = findSamples()

/** The site's first page that reads to posts: the markup in which addresses are tried. */
function pageOf(id: string): string {
  const sample = samples.find(({ site, html, url }) => site === id && readThreadPage(html, url)?.thread.posts.length)
  if (!sample) throw new Error(`No sample of ${id} reads to posts`)
  return sample.html
}

const examplesOf = ({ site, examples }: SiteModule) => examples ?? site.examples ?? { threads: [], others: [] }
const documentOf = (html: string) => new DOMParser().parseFromString(html, 'text/html')

afterEach(() => {
  vi.restoreAllMocks()
})

describe('the lists of sites', () => {
  it('hold every file of the folder, light and heavy', () => {
    const files = readdirSync(join(import.meta.dirname, '../../../sites')).filter((name) => name.endsWith('.ts'))
    const ids = files.filter((name) => !NOT_SITES.includes(name)).map((name) => name.replace(/\.ts$/, ''))
    expect(lightSites.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    expect(sites.map(({ site }) => site.id)).toEqual(lightSites.map(({ id }) => id))
    expect(sites.map(({ site }) => site)).toEqual(lightSites)
  })
})

describe.each(sites)('$site.id', (module) => {
  const { site } = module

  describe.each(sites)('on pages of $site.id', (otherModule) => {
    const other = otherModule.site
    const examples = examplesOf(otherModule)
    const html = pageOf(other.id)
    const [tree, document] = [scopeOf(parseHtml(html)), documentOf(html)]

    it.each(examples.threads)('%s', (address) => {
      const url = new URL(address)
      expect(site.isThread(url, tree)).toBe(site.id === other.id)
      expect(site.isThread(url, document)).toBe(site.id === other.id)
      expect(findSite(url, document)?.id).toBe(other.id)
    })

    it.each(examples.others)('not %s', (address) => {
      const url = new URL(address)
      expect(site.isThread(url, tree)).toBe(false)
      expect(site.isThread(url, document)).toBe(false)
      expect(findSite(url, document)).toBeUndefined()
    })
  })

  it('names threads and others that feed these tests', () => {
    expect(examplesOf(module).threads.length).toBeGreaterThan(1)
    expect(examplesOf(module).others.length).toBeGreaterThan(1)
  })

  it('is no thread without the markup', () => {
    const empty = documentOf('<p>')
    for (const address of examplesOf(module).threads) expect(site.isThread(new URL(address), empty)).toBe(false)
  })

  it('has selectors that fit a page of its own, live', () => {
    const { root, title, post, body, author, postId } = site.selectors
    const fits = samples.some((sample) => {
      const document = documentOf(sample.html)
      const card = document.querySelector(post)
      const holder = postId.in === undefined ? card : card?.querySelector(postId.in)
      const isFramed = document.querySelector(root) && document.querySelector(title)
      return (
        isFramed && card?.querySelector(body) && card.querySelector(author) && holder?.getAttribute(postId.attribute)
      )
    })
    expect(fits).toBe(true)
  })
})

describe('readThreadPage', () => {
  it.each(['', 'no address', 'about:blank', 'https://', 'https://example.org/', 'file:///page.html'])(
    'knows no thread at %j',
    (url) => {
      expect(readThreadPage(pageOf('pku-bbs'), url)).toBeUndefined()
    },
  )

  it('passes over a site that fails, and says so', () => {
    const html = pageOf('pku-bbs')
    const report = vi.spyOn(console, 'error').mockReturnValue(undefined)
    vi.spyOn(sites[0]!.site, 'isThread').mockImplementation(() => {
      throw new Error('broken')
    })
    expect(readThreadPage(html, examplesOf(sites[0]!).threads[0]!)).toBeUndefined()
    expect(report).toHaveBeenCalledOnce()
  })
})

describe('isOnHosts', () => {
  it.each([
    ['https://bbs.example.org/', true],
    ['https://www.bbs.example.org:8080/', true],
    ['https://BBS.EXAMPLE.ORG/', true],
    ['https://notbbs.example.org/', false],
    ['https://bbs.example.org.evil.example/', false],
    ['https://example.org/?bbs.example.org', false],
  ])('%s: %s', (address, expected) => {
    expect(isOnHosts(new URL(address), ['bbs.example.org'])).toBe(expected)
  })
})
