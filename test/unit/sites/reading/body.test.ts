import { describe, expect, it, test } from 'vitest'
import { parseFragment } from '../../../../dom/parse-html.ts'
import { scopeOf } from '../../../../dom/query.ts'
import { readBody, readQuotes } from '../../../../sites/reading/body.ts'

const OPTIONS = { base: 'https://forum.example.org/t/1' }

function ownWords(html: string) {
  const post = scopeOf(parseFragment(`<main>${html}</main>`))
  return readBody(post, post.first('main')!, { notOwn: 'blockquote' }, OPTIONS)
}

describe('what stands in a post and nobody wrote there', () => {
  it('a picture of a pixel, which counts readers, is left out; a small picture stays', () => {
    const pixel = '<img width="1" height="1" src="https://count.example.net/i.gif">'
    expect(ownWords(`words${pixel}<img height=0 width=0 src="https://count.example.net/">`).html).toBe('words')
    expect(ownWords('<img width="16" height="1" src="/line.png">').html).toContain('/line.png')
    expect(ownWords('<img width="0" src="/lazy.png">').html).toContain('/lazy.png')
  })

  it('an advertiser’s banner is left out with the link around it, and nothing else of the link', () => {
    const banner = '<img src="//a.impactradius-go.com/display-ad/13053-1438253" width="468" height="60">'
    expect(ownWords(`before<br><a href="https://shop.example.net/c/1"> ${banner} </a><br>after`).text).toBe(
      'before\n\nafter',
    )
    expect(ownWords(`<a href="https://shop.example.net/c/1">${banner}words</a>`)).toEqual({
      html: '<a href="https://shop.example.net/c/1">words</a>',
      text: 'words',
    })
    expect(ownWords('<img src="https://example.net/display-ad/1.png">').html).toContain('display-ad')
  })

  it('a link that leads nowhere is its words', () => {
    expect(ownWords('<a href="">@name</a> <a href="#">top</a>').html).toBe(
      '@name <a href="https://forum.example.org/t/1#">top</a>',
    )
  })
})

describe('mail addresses that a proxy hides from robots', () => {
  // «me@example.org», each byte mixed with 0x2a.
  const hidden = `2a${[...'me@example.org'].map((letter) => (letter.charCodeAt(0) ^ 0x2a).toString(16).padStart(2, '0')).join('')}`

  it('are read as they were written, in a span and as the link that the proxy makes', () => {
    expect(ownWords(`<span class="__cf_email__" data-cfemail="${hidden}">[email&#160;protected]</span>`).text).toBe(
      'me@example.org',
    )
    const link = `<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="${hidden}">[email&#160;protected]</a>`
    expect(ownWords(`at ${link}.`)).toEqual({ html: 'at me@example.org.', text: 'at me@example.org.' })
    expect(
      ownWords(
        `<a href="/cdn-cgi/l/email-protection#${hidden}"><span class="__cf_email__" data-cfemail="${hidden}">[email&#160;protected]</span></a>`,
      ),
    ).toEqual({ html: 'me@example.org', text: 'me@example.org' })
  })

  it.each(['', '2', 'zz', '2a', 'ff'.repeat(4000)])('in no form that is none: %.8s', (value) => {
    expect(ownWords(`<span data-cfemail="${value}">words</span>`).text).toBe('words')
  })
})

test('what is no author’s words in a post is none in a quote', () => {
  const html = `<main><blockquote><cite>Ann wrote:</cite>run<div class="codebox"><p>Code: <a href="#">Select all</a></p>
    <pre><code>first\nsecond</code></pre></div><blockquote>deeper</blockquote></blockquote></main>`
  const post = scopeOf(parseFragment(html))
  const rules = { notOwn: 'blockquote, .codebox > p' }
  const quote = { box: 'blockquote', head: 'cite', username: () => 'Ann' }
  expect(readQuotes(post, post.first('main')!, quote, rules, OPTIONS)).toEqual([
    { username: 'Ann', excerpt: 'run\nfirst\nsecond' },
  ])
})
