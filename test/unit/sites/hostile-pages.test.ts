import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFragment, parseHtml } from '../../../dom/parse-html.ts'
import { scopeOf } from '../../../dom/query.ts'
import { sanitizeHtml } from '../../../dom/sanitize-html.ts'
import { writeHtml } from '../../../dom/write-html.ts'
import { readThreadPage, sites } from '../../../sites/registry.ts'
import { findSamples, htmlOf } from './samples.ts'

const samples = findSamples()
const readAt = new Date('2024-05-15T12:30:00Z')

describe('hostile pages', () => {
  it('never throw, and never let anything unclean through, whatever is cut, doubled or moved', () => {
    const pieces = samples
      .filter(({ site }) => site !== 'pku-bbs')
      .map(({ site, html, url }) => ({ site, url, parts: html.split(/(?=<)/) }))
    const edit = fc.record({
      kind: fc.constantFrom('cut', 'double', 'move'),
      at: fc.nat(),
      length: fc.nat(30),
      to: fc.nat(),
    })
    const mutated = fc
      .tuple(fc.constantFrom(...pieces), fc.array(edit, { minLength: 1, maxLength: 8 }))
      .map(([{ site, url, parts }, edits]) => {
        const changed = [...parts]
        for (const { kind, at, length, to } of edits) {
          const start = at % (changed.length + 1)
          const taken = kind === 'double' ? changed.slice(start, start + length) : changed.splice(start, length)
          if (kind !== 'cut') changed.splice(to % (changed.length + 1), 0, ...taken)
        }
        return { site, url, html: changed.join('') }
      })
    fc.assert(
      fc.property(mutated, ({ site, url, html }) => {
        const { read } = sites.find((each) => each.site.id === site)!
        const page = read(scopeOf(parseHtml(html)), new URL(url), { readAt })
        if (!page) return
        expect(page.page).toBeGreaterThanOrEqual(1)
        expect(page.pageCount).toBeGreaterThanOrEqual(page.page)
        expect(page.thread.posts.length > 0).toBe(page.problem === undefined)
        expect(new Set(page.thread.posts.map((post) => post.id)).size).toBe(page.thread.posts.length)
        for (const post of page.thread.posts) {
          // Cleaning finds nothing; what parsing itself moves (a heading out of a heading) is no fault.
          expect(sanitizeHtml(post.html)).toBe(writeHtml(parseFragment(post.html)))
          expect(post.postedAt ?? '2000').toMatch(/^\d{4}/)
          for (const { url: address } of post.attachments) expect(address).toMatch(/^https?:\/\//)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('with a thousand quotes, frames and marks in each other still read', () => {
    const cases = [
      ['phpbb3', 'middle-page-german', 'Ochsenherz', '<blockquote><div><cite>x wrote:</cite>'],
      ['phpbb3', 'middle-page-german', 'Ochsenherz', '<div class="post" id="p9"><div class="content">'],
      ['xenforo2', 'middle-page', '80 degrees', '<div class="bbCodeSpoiler"><div class="bbCodeBlock-content">'],
      ['discuz', 'desktop-second-page', '凿子', '<div class="blockcode"><ol><li>'],
      ['newsmth', 'second-page', '八十度', '<br>--<br>: x<br>【 在 a 的大作中提到: 】'],
      ['nga', 'source-second-page', '[b]八十[/b]', '<b>Reply to Reply Post by '],
      ['discourse', 'robots-second-page', 'Ninety!', '<aside class="quote"><blockquote><div class="spoiler">'],
      ['hackernews', 'first-page', 'Ninety.', '<p>&gt;<div class="reply">'],
      ['oldreddit', 'nested', 'Ninety!', '<div class="thing comment"><div class="child"><div class="md">'],
      ['smf2', 'second-page', 'Tannins', '<div class="quoteheader"><blockquote class="bbc_standard_quote">'],
      ['mybb', 'second-page', 'Why?', '<blockquote><cite>x Wrote:</cite><div class="codeblock"><code>'],
      ['stackexchange', 'comments', 'Green tea?', '<div class="comment js-comment"><blockquote class="spoiler">'],
      ['lobsters', 'nested', 'Ninety.', '<ol class="comments"><li class="comments_subtree"><blockquote>'],
      ['flarum', 'live-page', 'Tannins', '<blockquote><div data-id="9" data-number="9"><div class="Post-body">'],
      ['nodebb', 'second-page', 'Indeed.', '<p>@x said in <a href="/post/1">y</a>:</p><blockquote>'],
      ['fluxbb', 'of-a-post', 'Why?', '<div class="quotebox"><cite>x wrote:</cite><blockquote>'],
      ['invision4', 'version-4-second-page', 'Tannins', '<div class="ipsSpoiler"><blockquote class="ipsQuote">'],
      [
        'vanilla',
        'second-page',
        'Tannins',
        '<div class="spoiler"><blockquote class="UserQuote"><div class="js-embed">',
      ],
      ['lemmy', 'nested', 'Tannins', '<ul class="comments"><li class="comment"><blockquote>'],
      ['vbulletin3', 'second-page', 'Any ', '<div style="margin:20px"><table><tr><td class="alt2">'],
    ] as const
    for (const [site, name, place, piece] of cases) {
      const { url } = samples.find((sample) => sample.site === site && sample.case === name)!
      const html = htmlOf(site, name).replace(place, piece.repeat(1000))
      expect(readThreadPage(html, url, { readAt })?.thread.posts.length, `${site}: ${piece}`).toBeGreaterThan(0)
    }
  })
})
