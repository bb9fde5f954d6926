import { describe, expect, it } from 'vitest'
import { findPageAddress } from '../../../core/thread-page.ts'
import { readThreadPage, sites } from '../../../sites/registry.ts'
import { engineForums } from '../../forum/engines/engines.ts'
import { pageCount, postsOf } from '../../forum/engines/topic.ts'

/** The tests' own forums read as the engines that they play. */
const known = engineForums.filter(({ id }) => sites.some(({ site }) => site.id === id))

describe.each(known)('the forum of $id', ({ id, topic, answer, address, boardAddress }) => {
  it.each([1, 2, 3])('page %i reads to its posts', (number) => {
    const url = address(number)
    const page = readThreadPage(answer(new URL(url))!, url)!
    const posts = postsOf(topic, number)!
    expect(page).toMatchObject({ page: number, thread: { site: id, title: topic.title } })
    expect(page.pageCount).toBeGreaterThanOrEqual(Math.min(number + 1, pageCount(topic)))
    expect(page.thread.posts.map((post) => post.author)).toMatchObject(
      posts.map(({ author }) => ({ username: author.name })),
    )
    expect(page.thread.posts.map(({ postedAt }) => Date.parse(postedAt!))).toEqual(
      posts.map(({ at }) => Date.parse(at)),
    )
    for (const [at, { text, quotes }] of page.thread.posts.entries()) {
      const { paragraphs, quotes: quoted, link } = posts[at]!
      expect(text.split(/\n+/).filter(Boolean)).toEqual([...paragraphs, ...(link ? [link.text] : [])])
      expect(quotes.map(({ username }) => username)).toEqual(
        quoted === undefined ? [] : [topic.posts[quoted]!.author.name],
      )
    }
  })

  it('names addresses that lead to its other pages', () => {
    const url = address(1)
    const page = readThreadPage(answer(new URL(url))!, url)!
    const second = findPageAddress(page, 2)!
    expect(readThreadPage(answer(new URL(second))!, second)).toMatchObject({
      page: 2,
      thread: { key: page.thread.key },
    })
  })

  it('has pages that are no threads', () => {
    expect(readThreadPage(answer(new URL(boardAddress))!, boardAddress)).toBeUndefined()
    expect(answer(new URL('/nothing', boardAddress))).toBeUndefined()
    expect(answer(new URL(address(4)))).toBeUndefined()
  })
})
