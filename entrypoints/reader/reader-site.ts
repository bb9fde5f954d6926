import { parseReaderHash } from '../../core/reader-address.ts'
import { defineSite } from '../../sites/define-site.ts'

/**
 * The reader page as the aids see it. Every selector goes by where an element stands, not by its class alone: what a
 * post's own words are made of must not be able to pass for one of the page's parts.
 */
export const readerSite = defineSite({
  id: 'reader',
  name: '楼览',
  hosts: [],
  examples: { threads: [], others: [] },
  selectors: {
    root: '#thread',
    title: '#thread-title',
    post: '#posts > .post',
    body: ':scope > .post-body',
    notOwn: '.post-quote',
    author: ':scope > .post-head > .post-author',
    starter: ':scope > .post-head > .post-starter',
    floor: ':scope > .post-head > .post-floor',
    postId: { attribute: 'data-post-id' },
  },
  isThread: () => true,
  linkedPostId: (url) => parseReaderHash(url.hash)?.postId,
})
