import { describe, expect, it } from 'vitest'
import { cleanLink, createLinkCleaner } from '../../../../core/links.ts'
import { splitAddress } from '../../../../core/links/address.ts'
import { createHostRules } from '../../../../core/links/host-rules.ts'
import { FORUM_REDIRECTORS, REDIRECTORS } from '../../../../core/links/redirectors.ts'
import type { Redirector } from '../../../../core/links/redirectors.ts'
import { findWrapper } from '../../../../core/links/unwrap.ts'
import { REDIRECTOR_EXAMPLES } from './redirector-examples.ts'

const TARGET = 'https://example.org/thread/7?page=2&order=new#post-9'
const cleanAll = createLinkCleaner({ affiliate: true, forumHosts: () => true })

describe('the examples of the redirector table', () => {
  it.each(REDIRECTOR_EXAMPLES)('$in', (example) => {
    const clean = cleanAll(example.in)
    expect(clean.url).toBe(example.out)
    expect(clean.warning).toBe(example.warning)
    expect(clean.unwrapped.at(0)).toBe(example.in === example.out ? undefined : example.in)
    expect(cleanAll(clean.url)).toMatchObject({ url: clean.url, unwrapped: [], removed: [] })
  })

  it.each(REDIRECTOR_EXAMPLES.filter(({ affiliate }) => affiliate))('stays without the choice: $in', (example) => {
    expect(cleanLink(example.in)).toEqual({
      url: example.in,
      original: example.in,
      unwrapped: [],
      removed: [],
      warning: 'affiliate',
    })
  })

  it.each(REDIRECTOR_EXAMPLES.filter(({ forum }) => forum))('stays off known forums: $in', (example) => {
    expect(cleanLink(example.in)).toMatchObject({ url: example.in, unwrapped: [] })
  })

  it.each(REDIRECTOR_EXAMPLES.filter(({ forum, affiliate }) => !forum && !affiliate))('by default: $in', (example) => {
    expect(cleanLink(example.in).url).toBe(example.out)
  })

  it('cover every row', () => {
    const rulesOf = createHostRules([])
    const options = { affiliate: true, forumHosts: () => true }
    const rowOf = (href: string) => {
      const address = splitAddress(href)!
      return findWrapper(address, rulesOf(address).redirectors, options)?.row
    }
    const covered = new Set(REDIRECTOR_EXAMPLES.map((example) => rowOf(example.in)))
    expect([...REDIRECTORS, ...FORUM_REDIRECTORS].filter((row) => !covered.has(row))).toEqual([])
  })
})

describe('the redirector table', () => {
  it.each(REDIRECTORS)('says where the target is, or why nobody knows: $hosts $paths', (row) => {
    expect(row.at !== undefined || row.unknown !== undefined).toBe(true)
    expect(row.hosts).toMatch(/^(?:\.?[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:[a-z]+|\*) ?)+(?<! )$/)
    for (const path of (row.paths ?? '/').split(' ')) expect(path).toMatch(/^\//)
    if (row.at?.includes('/')) expect(row.paths).toContain('**')
  })

  const plain = REDIRECTORS.filter((row) => row.at && !/[/?]/.test(row.at) && (!row.as || row.as === 'twice'))
  const addresses = plain.flatMap((row) => addressesOf(row).map((address) => ({ address })))

  it.each(addresses)('works for every host, path and parameter: $address', ({ address }) => {
    expect(cleanAll(address)).toMatchObject({ url: TARGET, unwrapped: [address] })
  })
})

function addressesOf(row: Redirector): string[] {
  const hosts = row.hosts.split(' ').map((host) => host.replace(/^\./, 'sub.').replace('*', 'co.jp'))
  const paths = (row.paths ?? '/').split(' ').map((path) => path.replace(/\*+/g, 'x1'))
  const queries = row.at!.split(' ').map((name) => [row.needs, `${name}=${encodeURIComponent(TARGET)}`])
  return hosts.flatMap((host) =>
    paths.flatMap((path) =>
      queries.map((pieces) => `http://${host}${path}?${pieces.filter((piece) => piece !== undefined).join('&')}`),
    ),
  )
}
