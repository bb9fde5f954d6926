// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { OTHER_ADDRESS, REWRITTEN_SHOWS, THREAD_ADDRESS } from '../../../../sites/granted/thread-address.ts'
import { threadForms, type ThreadForm } from '../../../../sites/granted/thread-forms.ts'
import { sites } from '../../../../sites/registry.ts'
import { findCapturedPages } from '../captured-pages.ts'
import { findSamples } from '../samples.ts'

const documentOf = (html: string) => new DOMParser().parseFromString(html, 'text/html')
/** What the sentinel looks at: a plain fragment is a place on the page. */
const told = ({ pathname, search, hash }: URL) => pathname + search + (hash.startsWith('#!') ? hash : '')

const forms = Object.values(threadForms)
/** A glob as an expression; one that begins anywhere is searched for, which is the quicker. */
const sourceOf = (glob: string) => {
  const words = glob.replace(/^\/\*/, '').split('*')
  const source = words.map((word) => word.replaceAll(/[./?]/g, String.raw`\$&`)).join('.*')
  return (glob.startsWith('/*') ? '' : '^') + (glob.endsWith('*') ? source.slice(0, -2) : `${source}$`)
}
const oneOf = (globs: readonly string[]) => globs.map(sourceOf).join('|')
const fits = (globs: readonly string[], url: URL) => globs.length > 0 && new RegExp(oneOf(globs)).test(told(url))
const isFormed = ({ addresses, not = [] }: ThreadForm, url: URL) => fits(addresses, url) && !fits(not, url)

it('is what the sentinel has as one expression', () => {
  // What a list of threads has for an address is left out where only that one page has it.
  const excluded = forms.flatMap(({ not = [] }) => not.filter((glob) => glob.endsWith('*')))
  const threads = new Set(forms.flatMap(({ addresses }) => addresses))
  expect(THREAD_ADDRESS.source).toBe(oneOf([...threads]))
  expect(OTHER_ADDRESS.source).toBe(oneOf([...new Set(excluded)]))
  expect(REWRITTEN_SHOWS).toBe(forms.flatMap(({ rewritten }) => rewritten?.shows ?? []).join(', '))
})

it('knows every site', () => {
  expect(Object.keys(threadForms).toSorted()).toEqual(sites.map(({ site }) => site.id).toSorted())
})

/** Addresses that have a thread's form and are none: there the page decides. */
const LIKE_THREADS = [
  // The same script with another engine's parameter.
  'https://forum.example.org/viewtopic.php?id=1658',
  'https://forum.example.org/viewtopic.php?t=298271',
  // Titles are words like any other.
  'https://forum.example.org/t/confusing-resolver-structure',
]

describe.each(sites)('$site.id', ({ site, examples = site.examples }) => {
  const form = threadForms[site.id]!
  const { addresses, rewritten } = form

  it.each(examples!.threads)('%s is told by its form', (address) => {
    expect(fits([...addresses, ...(rewritten?.addresses ?? [])], new URL(address))).toBe(true)
  })

  it.each(examples!.others)('%s is none by its form', (address) => {
    const isLike = LIKE_THREADS.includes(address) || address.includes('post-read')
    expect(isFormed(form, new URL(address))).toBe(isLike)
  })
})

describe('misses no thread', () => {
  const expectFound = (html: string, address: string) => {
    const [url, page] = [new URL(address), documentOf(html)]
    const found = sites.find(({ site }) => site.isThread(url, page))
    if (!found) return
    const form = threadForms[found.site.id]!
    if (isFormed(form, url)) {
      expect(told(url)).toMatch(THREAD_ADDRESS)
      expect(told(url)).not.toMatch(OTHER_ADDRESS)
    } else {
      expect(told(url)).toMatch(/\d/)
      expect(page.querySelector(form.rewritten!.shows)).not.toBeNull()
    }
  }

  it.each(findSamples())('$site/$case', ({ html, url }) => expectFound(html, url))
  it.each(findCapturedPages())('$file', ({ html, url }) => expectFound(html, url))
})
