import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sanitizeHtml } from '../../../../dom/sanitize-html.ts'
import { parseSiteDescription } from '../../../../sites/described/description.ts'
import { findPostsIn } from '../../../../sites/generic/find-posts.ts'
import { readThreadPage } from '../../../../sites/registry.ts'
import { findGenericSamples } from '../samples.ts'

/** `UPDATE_SAMPLES=1` writes what the finder makes of the pages; the change is then reviewed by eye. Never in CI. */
const isUpdating = process.env['UPDATE_SAMPLES'] === '1' && !process.env['CI']
const samples = findGenericSamples()
/** A moment in the zone of the machine, for «昨天 22:40» is counted there. */
const readAt = new Date(2024, 4, 20, 9, 30)

describe.each(samples)('the sample $case', ({ html, url, expected, case: name }) => {
  const finding = findPostsIn(html, new URL(url), readAt)

  it('is found as reviewed', () => {
    const { certainty, description, page } = finding ?? {}
    const told = finding ? { certainty, description, page } : null
    if (isUpdating) writeFileSync(expected, `${JSON.stringify(told, undefined, 2)}\n`)
    expect(existsSync(expected), `${expected} is missing: run with UPDATE_SAMPLES=1 and review it`).toBe(true)
    expect(told).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })

  it('is taken for a thread only where it is one', () => {
    expect(finding === undefined).toBe(name.startsWith('not-'))
    expect(readThreadPage(html, url), 'no known site reads it').toBeUndefined()
  })

  it('is described as data that a reader could have written, and reads to clean posts', () => {
    if (!finding) return
    expect(parseSiteDescription(JSON.stringify(finding.description))).toEqual({ description: finding.description })
    const own = readThreadPage(html, url, { readAt, own: [finding.description] })
    expect(own).toEqual(finding.page)
    for (const post of finding.page.thread.posts) expect(sanitizeHtml(post.html)).toBe(post.html)
  })
})

it('there are threads and pages that are none', () => {
  expect(samples.filter(({ case: name }) => !name.startsWith('not-')).length).toBeGreaterThanOrEqual(6)
  expect(samples.filter(({ case: name }) => name.startsWith('not-')).length).toBeGreaterThanOrEqual(8)
})
