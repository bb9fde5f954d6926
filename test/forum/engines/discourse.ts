import { escapeHtml } from '../model.ts'
import { wholeHtml, type EngineForum } from './engine.ts'
import { makeTopic, postsOf, type Topic, type TopicPost } from './topic.ts'

const HOST = 'discourse.forum.example'
const topic = makeTopic({ id: '144', seed: 14 })
const PATH = `/t/tea-and-books/${topic.id}`

/**
 * Discourse: the server sends data for the page's own script, and the posts in plain markup for readers without scripts;
 * the script then draws them anew, as its own elements.
 */
export const discourse: EngineForum = {
  id: 'discourse',
  host: HOST,
  topic,
  address: (page = 1) => `https://${HOST}${PATH}${page > 1 ? `?page=${page}` : ''}`,
  boardAddress: `https://${HOST}/c/tea/${topic.board.id}`,
  answer: ({ pathname, searchParams }) => {
    if (pathname.startsWith('/c/')) return boardPage(topic)
    return pathname === PATH ? threadPage(topic, Number(searchParams.get('page') ?? 1)) : undefined
  },
}

const head = '<meta name="generator" content="Discourse 3.4.0 - https://github.com/discourse/discourse">'

function boardPage({ board, title }: Topic): string {
  const body = `<body class="crawler"><section id="main-outlet"><table class="topic-list">${`<tr class="topic-list-item"><td><a href="${PATH}" class="title">${escapeHtml(title)}</a></td></tr>`.repeat(30)}</table></section></body>`
  return wholeHtml({ title: `${board.name} - Tea`, html: '<html lang="zh-CN">', head, body })
}

function threadPage(shown: Topic, page: number): string | undefined {
  const posts = postsOf(shown, page)
  if (!posts) return undefined
  const preloaded = JSON.stringify({ [`topic_${shown.id}`]: JSON.stringify(topicData(shown, posts)) })
  const next = postsOf(shown, page + 1)
    ? `<a rel="next" itemprop="url" href="${PATH}?page=${page + 1}">next page →</a>`
    : ''
  const body = `<body class="docked"><div class="hidden" id="data-preloaded" data-preloaded="${escapeHtml(preloaded)}" hidden></div>
<section id="main" class="ember-application"><div id="main-outlet" class="wrap"></div></section>
<noscript data-path="${PATH}"><div id="topic-title"><h1><a href="${PATH}">${escapeHtml(shown.title)}</a></h1></div>
<div itemscope itemtype="http://schema.org/DiscussionForumPosting">${posts.map((post) => crawlerPost(shown, post)).join('\n')}</div><div role="navigation" class="topic-body crawler-post-navigation">${next}</div></noscript>
<script>${DRAW}</script></body>`
  return wholeHtml({
    title: `${escapeHtml(shown.title)} - Tea`,
    html: '<html lang="zh-CN">',
    head: `${head}<link rel="canonical" href="https://${HOST}${PATH}${page > 1 ? `?page=${page}` : ''}">`,
    body,
  })
}

function topicData(shown: Topic, posts: readonly TopicPost[]): unknown {
  return {
    id: Number(shown.id),
    title: shown.title,
    category_id: Number(shown.board.id),
    posts_count: shown.posts.length,
    last_posted_at: shown.posts.at(-1)!.at,
    post_stream: {
      posts: posts.map((post) => ({
        id: Number(post.id),
        post_number: post.floor,
        post_type: 1,
        username: post.author.name,
        user_id: Number(post.author.id),
        created_at: post.at,
        updated_at: post.at,
        version: 1,
        cooked: cooked(shown, post),
        actions_summary: [],
      })),
    },
  }
}

function cooked(shown: Topic, { paragraphs, link, quotes }: TopicPost): string {
  const quoted = quotes === undefined ? undefined : shown.posts[quotes]!
  const quote = quoted
    ? `<aside class="quote no-group" data-username="${quoted.author.name}" data-post="${quoted.floor}" data-topic="${shown.id}"><div class="title"><div class="quote-controls"></div>${quoted.author.name}:</div><blockquote><p>${escapeHtml(quoted.paragraphs[0]!)}</p></blockquote></aside>`
    : ''
  const outward = link ? `<p><a href="${escapeHtml(link.address)}">${link.text}</a></p>` : ''
  return quote + paragraphs.map((words) => `<p>${escapeHtml(words)}</p>`).join('\n') + outward
}

function crawlerPost(shown: Topic, post: TopicPost): string {
  const { floor, author, at } = post
  return `<div id="post_${floor}" itemprop="comment" itemscope class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator" itemprop="author" itemscope><a itemprop="url" href="/u/${encodeURIComponent(author.name)}"><span itemprop="name">${author.name}</span></a></span><span class="crawler-post-infos"><time itemprop="datePublished" datetime="${at}" class="post-time">2024 年 5 月</time><span itemprop="position">${floor}</span></span></div><div class="post" itemprop="text">${cooked(shown, post)}</div></div>`
}

/** Runs in the page: draws the posts from the data, a moment after the page has come. */
const DRAW = `
setTimeout(() => {
  const holder = document.getElementById('data-preloaded')
  const [[key, json]] = Object.entries(JSON.parse(holder.dataset.preloaded))
  const topic = JSON.parse(json)
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    element.append(...children)
    return element
  }
  const heading = make('div', { id: 'topic-title' }, make('h1', {}, make('a', { class: 'fancy-title', href: location.pathname }, topic.title)))
  const stream = make('div', { class: 'post-stream' })
  for (const post of topic.post_stream.posts) {
    const cooked = make('div', { class: 'cooked' })
    cooked.innerHTML = post.cooked
    const names = make('div', { class: 'names' }, make('span', { class: 'first username' }, make('a', { 'data-user-card': post.username, href: '/u/' + post.username }, post.username)))
    const date = make('a', { class: 'post-date', href: location.pathname + '/' + post.post_number }, make('span', { class: 'relative-date', 'data-time': Date.parse(post.created_at) }, '5月'))
    const article = make('article', { id: 'post_' + post.post_number, class: 'boxed onscreen-post', 'data-post-id': post.id, 'data-topic-id': topic.id, 'data-user-id': post.user_id },
      make('div', { class: 'topic-body' }, make('div', { class: 'topic-meta-data' }, names, date), make('div', { class: 'regular contents' }, cooked)))
    stream.append(make('div', { class: 'topic-post' }, article))
  }
  document.getElementById('main-outlet').append(heading, stream)
}, 300)`
