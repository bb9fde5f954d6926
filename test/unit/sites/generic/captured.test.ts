import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../../../dom/parse-html.ts'
import type { Post } from '../../../../core/thread.ts'
import { findPostsIn } from '../../../../sites/generic/find-posts.ts'
import { readThreadPage } from '../../../../sites/registry.ts'
import { findCapturedPages } from '../captured-pages.ts'

/**
 * The captured pages as if nobody knew their engines: the finder alone, measured against what the engine's own file reads.
 * An opening post in a dress of its own, as above comments, is none of the repeating blocks and may be missing.
 */

const readAt = new Date('2023-01-05T07:46:00Z')
const pages = findCapturedPages()

const squeeze = (text: string) => text.replaceAll(/\s+/g, '').toLowerCase()

/** Same day and minute; a zone that only the engine's file knows is not asked for. */
function isSameTime(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false
  if (one.slice(0, 16) === other.slice(0, 16)) return true
  const zoned = (time: string) => /[+-]\d\d:\d\d$/.test(time)
  return zoned(one) && zoned(other)
    ? Date.parse(one) === Date.parse(other)
    : !zoned(one) && other.includes(one.slice(11, 10))
}

function measure(found: readonly Post[], real: readonly Post[]) {
  // By their place, or where posts are left out by their words; ids may be taken from elsewhere.
  const missing = real.length - found.length
  const holds = (post: Post, { text }: Post) => {
    const [found, words] = [squeeze(post.text), squeeze(text)]
    return found.includes(words.slice(0, 40)) || found.includes(words.slice(-40))
  }
  const pairs = found.flatMap((post, index) => {
    const beside = missing === 0 || missing === 1 ? real[index + missing] : undefined
    const match = beside ?? real.find((each) => each.text.length > 30 && holds(post, each))
    return match ? [{ post, match }] : []
  })
  const names = ({ author }: Post) => [author.username, author.nickname ?? ''].map(squeeze)
  return {
    bodies: pairs.filter(({ post, match }) => holds(post, match)).length,
    authors: pairs.filter(({ post, match }) => names(match).includes(squeeze(post.author.username))).length,
    times: pairs.filter(({ post, match }) => isSameTime(post.postedAt, match.postedAt)).length,
  }
}

describe.skipIf(pages.length === 0)('the finder on captured pages', () => {
  const rows = pages.map(({ file, html, url, engine }) => {
    const finding = findPostsIn(html, new URL(url), readAt)
    const real = readThreadPage(html, url, { readAt })!.thread.posts
    const found = finding?.page.thread.posts ?? []
    const isExact = found.length > 0 && (found.length === real.length || found.length === real.length - 1)
    return {
      file,
      engine,
      real: real.length,
      found: found.length,
      certainty: finding?.certainty,
      isExact,
      ...measure(found, real),
    }
  })
  const table = rows
    .map(
      (row) =>
        `${row.file} ${row.found}/${row.real} ${row.certainty ?? 'no'} bodies ${row.bodies} authors ${row.authors} times ${row.times}`,
    )
    .join('\n')

  it('finds all posts with most engines', () => {
    const engines = new Set(rows.filter(({ isExact }) => isExact).map(({ engine }) => engine))
    expect(engines.size, table).toBeGreaterThanOrEqual(16)
    expect(rows.filter(({ isExact }) => isExact).length, table).toBeGreaterThanOrEqual(27)
  })

  it('takes no more than a few times what parsing the pages takes', () => {
    const cost = (work: (page: (typeof pages)[number]) => void) => {
      const start = process.cpuUsage()
      for (const page of pages) work(page)
      const { user, system } = process.cpuUsage(start)
      return user + system
    }
    const parsing = Math.min(...[1, 2].map(() => cost(({ html }) => parseHtml(html))))
    const finding = Math.min(...[1, 2].map(() => cost(({ html, url }) => findPostsIn(html, new URL(url), readAt))))
    expect(finding / parsing).toBeLessThan(7)
  })

  it('is never sure of what is wrong', () => {
    for (const row of rows.filter(({ certainty }) => certainty === 'sure')) {
      expect(row.found, table).toBeGreaterThanOrEqual(row.real * 0.95 - 1)
      expect(row.found, table).toBeLessThanOrEqual(row.real)
      expect(row.bodies, table).toBeGreaterThanOrEqual(row.found * 0.75)
      expect(row.authors, table).toBeGreaterThanOrEqual(row.found * 0.7)
    }
  })

  it('takes most authors, times and words from where they are', () => {
    const sum = (name: 'found' | 'bodies' | 'authors' | 'times') => rows.reduce((total, row) => total + row[name], 0)
    expect(sum('bodies') / sum('found'), table).toBeGreaterThan(0.9)
    expect(sum('authors') / sum('bodies'), table).toBeGreaterThan(0.95)
    expect(sum('times') / sum('bodies'), table).toBeGreaterThan(0.95)
  })
})
