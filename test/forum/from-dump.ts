import { fromHtml } from 'hast-util-from-html'
import type { RootContent } from 'hast'
import type { Post, Thread } from '../../core/thread.ts'
import { imageMarkup, linkMarkup, SITE_ORIGIN } from './body-markup.ts'
import { escapeHtml, getBoard, makeUser, type ForumPost, type ForumThread } from './model.ts'

/** Puts a thread of the model (read from a dump) on the forum: its posts in order, one floor each. */
export function forumThreadFrom(thread: Thread): ForumThread {
  const starter = thread.author ?? thread.posts[0]?.author ?? { username: 'guest' }
  return {
    board: getBoard(thread.board?.id ?? '22'),
    id: thread.id,
    title: thread.title,
    starter: makeUser(starter.username, starter.nickname),
    posts: thread.posts.map(forumPostFrom),
  }
}

function forumPostFrom(post: Post, index: number): ForumPost {
  return {
    id: post.id,
    floor: post.floor ?? index + 1,
    author: makeUser(post.author.username, post.author.nickname),
    postedAt: wallClock(post.postedAt),
    edits: post.editedAt ? [wallClock(post.editedAt)] : [],
    body: siteBody(post.html),
    quotes: post.quotes.map(({ username, nickname, excerpt }) => ({ username, nickname: nickname ?? '', excerpt })),
    attachments: [],
    up: post.votes?.up ?? 0,
    down: post.votes?.down ?? 0,
    marks: [],
  }
}

/** `2020-04-14T22:27:34+08:00` as the site prints it. */
function wallClock(time: string | undefined): string {
  return (time ?? '2020-01-01T00:00:00+08:00').slice(0, 19).replace('T', ' ')
}

const BLOCKS = new Set(['p', 'div', 'li', 'blockquote', 'pre', 'h1', 'h2', 'h3', 'h4'])

/** Rewrites the model's clean HTML as the site's run of `<p>`: each block and each line break opens a new one. */
export function siteBody(html: string): string {
  const paragraphs: string[] = []
  let open: string | undefined
  const close = () => {
    if (open !== undefined) paragraphs.push(`<p>${open}</p>`)
    open = undefined
  }
  const add = (piece: string) => {
    open = (open ?? '') + piece
  }
  const walk = (node: RootContent): void => {
    if (node.type === 'text')
      return node.value
        .split('\n')
        .forEach((line, at) => (at ? (close(), add('')) : undefined, line && add(nbsp(line))))
    if (node.type !== 'element') return
    const { tagName, properties } = node
    if (tagName === 'br') return open === undefined ? (add(''), close()) : close()
    if (tagName === 'a') return add(linkMarkup(textOf(node), printedTarget(String(properties.href ?? ''))))
    if (tagName === 'img') return add(imageMarkup(String(properties.alt ?? ''), String(properties.src ?? '')))
    if (BLOCKS.has(tagName)) (close(), add(''))
    node.children.forEach(walk)
    if (BLOCKS.has(tagName)) close()
  }
  fromHtml(html, { fragment: true }).children.forEach(walk as (node: unknown) => void)
  close()
  return paragraphs.join('')
}

/** Targets that already go through the redirector are not wrapped again. */
function printedTarget(href: string): string {
  return href.startsWith('jump-to.php') ? `${SITE_ORIGIN}/v2/${href}` : href
}

function textOf(node: RootContent): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map((child) => textOf(child as RootContent)).join('') : ''
}

function nbsp(text: string): string {
  return escapeHtml(text).replaceAll(' ', '&nbsp;')
}
