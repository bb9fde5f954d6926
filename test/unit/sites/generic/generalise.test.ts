// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSiteDescription } from '../../../../sites/described/description.ts'
import { describePicks, generalise } from '../../../../sites/generic/generalise.ts'
import { readThreadPage } from '../../../../sites/registry.ts'

const SEEDS = join(import.meta.dirname, '../../../../seeds/generic')

function open(name: string) {
  const html = readFileSync(join(SEEDS, name, 'page.html'), 'utf8')
  const url = new URL(/^<!-- (\S+) -->/.exec(html)![1]!)
  return { html, url, document: new DOMParser().parseFromString(html, 'text/html') }
}

describe.each([
  ['div-cards', ['.handle', 'time', '.card-text'], 8],
  ['chinese-bbs', ['.lou-name', '.lou-when', '.lou-text'], 9],
  ['guestbook', ['.visitor', '.when', '.entry-words'], 7],
  ['blog-comments', ['.fn', '.comment-meta a', '.comment-content'], 5],
  ['old-table', ['td b', '.stamp', '.words'], 6],
] as const)('the parts of one post of %s', (name, [author, time, body], count) => {
  const { html, url, document } = open(name)
  const second = (selector: string) => document.querySelectorAll(selector)[1]!
  const picks = { author: second(author), time: second(time), body: second(body) }

  it('find the same in all posts', () => {
    const found = generalise(picks)!
    expect(found.posts).toHaveLength(count)
    for (const part of Object.values(found.parts)) expect(part!.found.filter(Boolean)).toHaveLength(count)
  })

  it('find as many by the author alone', () => {
    expect(generalise({ author: picks.author })!.posts.length).toBeGreaterThanOrEqual(count)
  })

  it('are a description by which the page reads', () => {
    const description = describePicks(picks, document, url)!
    expect(parseSiteDescription(JSON.stringify(description))).toEqual({ description })
    const posts = readThreadPage(html, url.href, { own: [description], readAt: new Date(2024, 4, 20) })!.thread.posts
    expect(posts).toHaveLength(count)
    for (const post of posts) {
      expect(post.author.username).not.toBe('')
      expect(post.postedAt).toBeDefined()
      expect(post.text.length).toBeGreaterThan(5)
    }
  })
})

it('what stands once on the page is not found', () => {
  const { document } = open('div-cards')
  expect(generalise({ author: document.querySelector('h1')! })).toBeUndefined()
  expect(generalise({})).toBeUndefined()
})
