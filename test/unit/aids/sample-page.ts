import type { Site } from '../../../sites/define-site.ts'

/** A made-up forum, so that tests of the aids stand on no real site's markup. */
export const sampleSite = {
  id: 'sample',
  name: 'Sample',
  hosts: ['forum.example'],
  examples: { threads: [], others: [] },
  selectors: {
    root: '#content',
    title: 'h1',
    post: '.post',
    body: '.body',
    notOwn: '.quote, .signature',
    author: '.author',
    starter: '.starter',
    floor: '.floor',
    postId: { attribute: 'data-id' },
    quote: {
      box: '.quote',
      head: '.quote-head',
      author: { attribute: 'data-by' },
      postId: { attribute: 'data-of' },
    },
  },
  linkedPostId: (url: URL) => url.hash.slice(1) || undefined,
} as unknown as Site

export interface SamplePost {
  id: string
  author?: string
  isStarter?: boolean
  /** HTML of the body. */
  body: string
}

/** Fills the document with a thread page. */
export function writePage(document: Document, posts: readonly SamplePost[]): void {
  const cards = posts.map(
    ({ id, author = 'somebody', isStarter, body }) =>
      `<div class="post" data-id="${id}"><b class="author">${author}</b>${isStarter ? '<i class="starter">OP</i>' : ''}` +
      `<span class="floor">1楼</span><div class="body">${body}</div></div>`,
  )
  document.body.innerHTML = `<div id="content"><header><h1>A title</h1></header>${cards.join('')}</div>`
}

/** Paragraphs of Chinese text of that many characters in all, 100 to a paragraph. */
export function paragraphs(characters: number): string {
  return Array.from({ length: characters / 100 }, () => `<p>${'字'.repeat(100)}</p>`).join('')
}
