import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { scopeOf } from '../../../dom/query.ts'
import { parseFragment } from '../../../dom/parse-html.ts'
import { sanitizeHtml } from '../../../dom/sanitize-html.ts'
import { readThreadPage, sites } from '../../../sites/registry.ts'
import { findSamples } from './samples.ts'

/** `UPDATE_SAMPLES=1` writes what the pages read to; the change is then reviewed by eye. Never in CI. */
const isUpdating = process.env['UPDATE_SAMPLES'] === '1' && !process.env['CI']
const samples = findSamples()

describe.each(samples)('the sample $site/$case', ({ html, url, expected, note, site }) => {
  const page = readThreadPage(html, url) ?? null

  it('reads to its thread.json', () => {
    if (isUpdating) writeFileSync(expected, `${JSON.stringify(page, undefined, 2)}\n`)
    expect(existsSync(expected), `${expected} is missing: run with UPDATE_SAMPLES=1 and review it`).toBe(true)
    expect(page).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })

  it('says in a note what it is for', () => {
    expect(note.trim().length).toBeGreaterThan(20)
  })

  it('holds clean HTML, absolute addresses and no problem beside posts', () => {
    for (const post of page?.thread.posts ?? []) {
      expect(sanitizeHtml(post.html)).toBe(post.html)
      for (const { url: address } of post.attachments) expect(address).toMatch(/^https?:\/\//)
      expect(scopeOf(parseFragment(post.html)).first('script, style, iframe, form, svg')).toBeUndefined()
    }
    if (page?.problem) expect(page.thread.posts).toEqual([])
    if (page) expect(page.thread.site).toBe(site)
  })
})

it('every site has samples, and one of them is poisoned', () => {
  for (const { site } of sites) {
    expect(samples.filter((sample) => sample.site === site.id).length).toBeGreaterThan(1)
    expect(samples.some((sample) => sample.site === site.id && sample.case === 'poisoned')).toBe(true)
  }
})
