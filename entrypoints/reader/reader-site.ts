import { parseReaderHash } from '../../core/reader-address.ts'
import { defineSite } from '../../sites/define-site.ts'

/**
 * The reader page as the aids see it. What a post's own words are made of cannot pass for one of the page's parts: the
 * allow-list keeps no class of ours. Inside a post every selector is one class: browsers look up an ancestor's class in
 * the whole document each time, which at ten thousand posts takes seconds.
 */
export const readerSite = defineSite({
  id: 'reader',
  name: '楼览',
  hosts: [],
  examples: { threads: [], others: [] },
  selectors: {
    root: '#thread',
    title: '#thread-title',
    post: '.post',
    body: ':scope > .post-body',
    notOwn: '.post-quote',
    author: '.post-author',
    starter: '.post-starter',
    floor: '.post-floor',
    postId: { attribute: 'data-post-id' },
    quote: {
      box: '.post-quote',
      head: 'a, cite',
      author: { attribute: 'data-username' },
      nickname: { attribute: 'data-nickname' },
      postId: { attribute: 'data-post-id' },
    },
  },
  holdsWholeThread: true,
  isThread: () => true,
  linkedPostId: (url) => parseReaderHash(url.hash)?.postId,
})
