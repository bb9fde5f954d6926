import { escapeHtml } from '../model.ts'
import { wholeHtml, type EngineForum } from './engine.ts'
import { makeTopic, pageCount, postsOf, type Topic, type TopicPost } from './topic.ts'

const HOST = 'xenforo.forum.example'
const topic = makeTopic({ id: '91', seed: 13 })
const PATH = `/threads/tea.${topic.id}/`

/** XenForo 2.3: words in addresses, times for machines. */
export const xenforo2: EngineForum = {
  id: 'xenforo2',
  host: HOST,
  topic,
  address: (page = 1) => `https://${HOST}${PATH}${page > 1 ? `page-${page}` : ''}`,
  boardAddress: `https://${HOST}/forums/tea.${topic.board.id}/`,
  answer: ({ pathname }) => {
    if (pathname.startsWith('/forums/')) return boardPage(topic)
    const page = /^\/threads\/tea\.(\d+)\/(?:page-(\d+))?$/.exec(pathname)
    return page?.[1] === topic.id ? threadPage(topic, Number(page[2] ?? 1)) : undefined
  },
}

function boardPage({ board, title }: Topic): string {
  const body = `<body data-template="forum_view"><div class="p-body"><h1 class="p-title-value">${escapeHtml(board.name)}</h1>${`<div class="structItem"><a href="${PATH}">${escapeHtml(title)}</a></div>`.repeat(30)}</div></body>`
  return wholeHtml({
    title: board.name,
    html: '<html id="XF" lang="en-US" data-xf="2.3" data-app="public" data-template="forum_view" data-content-key="forum-12">',
    body,
  })
}

function threadPage(shown: Topic, page: number): string | undefined {
  const posts = postsOf(shown, page)
  if (!posts) return undefined
  const body = `<body data-template="thread_view"><div class="p-body"><ul class="p-breadcrumbs"><li itemprop="itemListElement"><a href="/forums/tea.${shown.board.id}/" itemprop="item"><span itemprop="name">${escapeHtml(shown.board.name)}</span></a></li></ul>
<div class="p-title"><h1 class="p-title-value">${escapeHtml(shown.title)}</h1></div>
<nav class="pageNavWrapper"><div class="pageNav"><ul class="pageNav-main">${paging(shown, page)}</ul></div></nav>
<div class="block-body js-replyNewMessageContainer">
${posts.map((post) => postMarkup(shown, post)).join('\n')}
</div></div><script>${SCRIPT}</script></body>`
  return wholeHtml({
    title: `${escapeHtml(shown.title)} | Tea`,
    html: `<html id="XF" lang="en-US" data-xf="2.3" data-app="public" data-template="thread_view" data-container-key="node-${shown.board.id}" data-content-key="thread-${shown.id}">`,
    head: `<link rel="canonical" href="https://${HOST}${PATH}${page > 1 ? `page-${page}` : ''}">`,
    body,
  })
}

function paging(shown: Topic, page: number): string {
  return Array.from({ length: pageCount(shown) }, (_, at) => {
    const current = at + 1 === page ? ' pageNav-page--current' : ''
    return `<li class="pageNav-page${current}"><a href="${PATH}${at > 0 ? `page-${at + 1}` : ''}">${at + 1}</a></li>`
  }).join('')
}

function postMarkup(shown: Topic, { id, author, at, floor, paragraphs, link, quotes }: TopicPost): string {
  const quoted = quotes === undefined ? undefined : shown.posts[quotes]!
  const quote = quoted
    ? `<blockquote data-attributes="member: ${quoted.author.id}" data-quote="${quoted.author.name}" data-source="post: ${quoted.id}" class="bbCodeBlock bbCodeBlock--expandable bbCodeBlock--quote"><div class="bbCodeBlock-title"><a href="/goto/post?id=${quoted.id}" class="bbCodeBlock-sourceJump">${quoted.author.name} said:</a></div><div class="bbCodeBlock-content"><div class="bbCodeBlock-expandContent">${escapeHtml(quoted.paragraphs[0]!)}</div><div class="bbCodeBlock-expandLink"><a role="button">Click to expand...</a></div></div></blockquote>`
    : ''
  const outward = link ? `<br>\n<a href="${escapeHtml(link.address)}" class="link link--external">${link.text}</a>` : ''
  return `<article class="message message--post js-post" data-author="${author.name}" data-content="post-${id}" id="js-post-${id}"><div class="message-inner"><div class="message-cell message-cell--user"><section class="message-user"><h4 class="message-name"><a href="/members/m.${author.id}/" class="username" data-user-id="${author.id}"><span itemprop="name">${author.name}</span></a></h4></section></div>
<div class="message-cell message-cell--main"><header class="message-attribution"><ul class="message-attribution-main"><li><a href="${PATH}post-${id}"><time class="u-dt" datetime="${at.replace('Z', '+0000')}" data-timestamp="${Date.parse(at) / 1000}">May 1, 2024</time></a></li></ul><ul class="message-attribution-opposite"><li><a href="${PATH}post-${id}">#${floor}</a></li></ul></header>
<div class="message-content"><article class="message-body"><div class="bbWrapper">${quote}${paragraphs.map(escapeHtml).join('<br>\n')}${outward}</div></article></div>
<footer class="message-footer"><div class="message-actionBar actionBar"><a href="/posts/${id}/react?reaction_id=1" class="reaction actionBar-action" data-xf-click="reaction">Like</a></div></footer></div></div></article>`
}

/** Runs in the page: listens once for all posts, those too that come later. */
const SCRIPT = `document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-xf-click]')
  if (!link) return
  event.preventDefault()
  link.classList.toggle('has-reaction')
})`
