// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { postIdOf } from '../../../../aids/live-page.ts'
import { idOfNameless } from '../../../../core/nameless-post.ts'
import type { SiteDescription } from '../../../../core/site-description.ts'
import { describedSite } from '../../../../sites/described/site.ts'
import { findPostsIn } from '../../../../sites/generic/find-posts.ts'
import { readThreadPage } from '../../../../sites/registry.ts'
import { findGenericSamples } from '../samples.ts'

const READ_AT = new Date('2024-06-01T12:00:00Z')
const samples = findGenericSamples().filter(({ case: name }) => !name.startsWith('not-'))

/** The description that the finder makes, as if the posts bore no ids. */
function nameless({ html, url }: { html: string; url: string }): SiteDescription {
  return { ...findPostsIn(html, new URL(url), READ_AT)!.description, noPostIds: true, first: true }
}

const tea: SiteDescription = {
  name: 'Tea',
  hosts: ['tea.example.org'],
  addresses: ['/t/{id}'],
  post: '.post',
  author: 'b',
  time: 'i',
  body: '.words',
  noPostIds: true,
}
const TEA = 'https://tea.example.org/t/1'

function idsOf(html: string, url: string, description: SiteDescription): { live: unknown[]; read: string[] } {
  const document = new DOMParser().parseFromString(html, 'text/html')
  const site = describedSite(description)
  const posts = [...document.querySelectorAll(site.selectors.post)].filter((post) =>
    post.querySelector(description.body),
  )
  const page = readThreadPage(html, url, { own: [description], readAt: READ_AT })
  return { live: posts.map((post) => postIdOf(post, site)), read: page?.thread.posts.map(({ id }) => id) ?? [] }
}

describe('posts that bear no ids have those on the live page that reading its HTML gives them', () => {
  it.each(samples)('$case', (sample) => {
    const { live, read } = idsOf(sample.html, sample.url, nameless(sample))
    expect(read.length).toBeGreaterThan(1)
    expect(live).toEqual(read)
    expect(new Set(live).size).toBe(live.length)
  })

  it('told apart where they say the same, whatever stands in them', () => {
    const post = (words: string) =>
      `<div class="post"><b>Ann</b> <i>2024-05-01 09:02</i><div class="words">${words}</div></div>`
    const odd =
      '<script>1</script><textarea>2</textarea>a <noscript><p>3</p></noscript>\n<svg><title>4</title></svg>b&amp;c'
    const { live, read } = idsOf(
      [post('+1'), post('+1'), post(odd), post(''), post('+1')].map(String).join('\n'),
      TEA,
      tea,
    )
    expect(live).toEqual(read)
    expect(new Set(live).size).toBe(5)
    expect(live[1]).toBe(`${String(live[0])}-2`)
    expect(live[4]).toBe(`${String(live[0])}-3`)
  })

  it('whatever answers stand in their words', () => {
    const open = (author: string, words: string) => `<div class="post"><b>${author}</b><div class="words">${words}`
    const html = `${open('', 'Green')}${open('Bo', 'tea')}</div></div></div></div>${open('Ann', 'Green')}</div></div>`
    const { live, read } = idsOf(html, TEA, tea)
    expect(live).toEqual(read)
    expect(read[0]).toBe(idOfNameless({ author: '', time: '', floor: '', words: 'Green' }))
    const page = readThreadPage(html, TEA, { own: [tea] })!
    expect(page.thread.posts.map(({ text }) => text)).toEqual(['Green', 'tea', 'Green'])
  })

  it('the same again when it is asked for again, when ours stands in it, and on a page that took the other’s place', () => {
    const html = '<div class="post"><b>Ann</b><div class="words">Green tea</div></div>'
    const document = new DOMParser().parseFromString(html, 'text/html')
    const site = describedSite(tea)
    const first = document.querySelector('.post')!
    const id = postIdOf(first, site)
    expect(postIdOf(first, site)).toBe(id)
    const again = first.cloneNode(true) as Element
    first.replaceWith(again)
    again.querySelector('.words')!.insertAdjacentHTML('afterbegin', '<i data-loulan="x">ours</i>')
    expect(postIdOf(again, site)).toBe(id)
  })
})

describe('idOfNameless', () => {
  const post = { author: 'Ann', time: '2024-05-01 09:02', floor: '#3', words: 'Green tea' }

  it('stays with other white space, later words, and times that count from now', () => {
    expect(idOfNameless({ ...post, words: '\n Green\u00a0 tea ' })).toBe(idOfNameless(post))
    const long = 'tea '.repeat(100)
    expect(idOfNameless({ ...post, words: `${long}, edited` })).toBe(idOfNameless({ ...post, words: long }))
    expect(idOfNameless({ ...post, time: '3 hours ago' })).toBe(idOfNameless({ ...post, time: '昨天 09:02' }))
  })

  it.each([[{ author: 'Bo' }], [{ time: '2024-05-01 09:03' }], [{ time: '1714554120' }], [{ words: 'Green teas' }]])(
    'is another with %o',
    (other) => {
      expect(idOfNameless({ ...post, ...other })).not.toBe(idOfNameless(post))
    },
  )

  it('takes the floor where no time tells posts apart', () => {
    const first = idOfNameless({ ...post, time: '3 hours ago', words: '+1' })
    expect(idOfNameless({ ...post, time: '3 hours ago', words: '+1', floor: '#4' })).not.toBe(first)
  })
})
