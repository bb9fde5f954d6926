import { expect, test } from 'vitest'
import { LinkCollector } from '../../../archive/collect-links.ts'
import { createLinkCleaner } from '../../../core/links.ts'

test('one entry a clean address, with every post it stands in, once each', () => {
  const cleaner = createLinkCleaner({ rules: [{ kind: 'redirector', host: 'go.example', path: '/', parameter: 'to' }] })
  const collector = new LinkCollector('https://bbs.pku.edu.cn/v2/post-read.php?bid=1&threadid=2', cleaner)
  const wrapped = '<a href="https://go.example/?to=https%3A%2F%2Fa.example%2F">甲</a>'
  collector.add({ id: '1', floor: 1, html: wrapped + wrapped })
  collector.add({
    id: '2',
    html: '<a href="https://a.example/?utm_source=x">乙</a><a href="https://evil.example/">bank.com</a>',
  })
  collector.add({ id: '3', floor: 3, html: '没有' })
  expect(collector.links).toEqual([
    {
      postId: '1',
      places: [{ postId: '1', floor: 1 }, { postId: '2' }],
      text: '甲',
      original: 'https://go.example/?to=https%3A%2F%2Fa.example%2F',
      url: 'https://a.example/',
    },
    {
      postId: '2',
      places: [{ postId: '2' }],
      text: 'bank.com',
      original: 'https://evil.example/',
      url: 'https://evil.example/',
      warning: 'host-mismatch',
    },
  ])
})
