import { escapeHtml } from '../model.ts'
import { wholeHtml, type EngineForum } from './engine.ts'
import { makeTopic, pageCount, postsOf, type Topic, type TopicPost } from './topic.ts'

const HOST = 'phpbb.forum.example'
const topic = makeTopic({ id: '1658', seed: 12 })

/** phpBB 3.3 with its own style: pages by their first post, times with an offset, no floors. */
export const phpbb3: EngineForum = {
  id: 'phpbb3',
  host: HOST,
  topic,
  address: (page = 1) =>
    `https://${HOST}/viewtopic.php?t=${topic.id}${page > 1 ? `&start=${(page - 1) * topic.perPage}` : ''}`,
  boardAddress: `https://${HOST}/viewforum.php?f=${topic.board.id}`,
  answer: ({ pathname, searchParams }) => {
    if (pathname === '/viewforum.php') return boardPage(topic)
    if (pathname !== '/viewtopic.php' || searchParams.get('t') !== topic.id) return undefined
    return threadPage(topic, 1 + Number(searchParams.get('start') ?? 0) / topic.perPage)
  },
}

function boardPage({ board, id, title }: Topic): string {
  const body = `<body id="phpbb" class="section-viewforum"><div id="page-body"><h2 class="forum-title">${escapeHtml(board.name)}</h2><ul class="topiclist topics">${`<li class="row"><a href="./viewtopic.php?t=${id}" class="topictitle">${escapeHtml(title)}</a></li>`.repeat(30)}</ul></div></body>`
  return wholeHtml({ title: board.name, html: '<html lang="en-gb" dir="ltr">', body })
}

function threadPage(shown: Topic, page: number): string | undefined {
  const posts = postsOf(shown, page)
  if (!posts) return undefined
  const body = `<body id="phpbb" class="nojs notouch section-viewtopic ltr"><div id="wrap"><ul id="nav-breadcrumbs"><li class="breadcrumbs"><span class="crumb"><a href="./index.php">Index</a></span><span class="crumb"><a href="./viewforum.php?f=${shown.board.id}"><span>${escapeHtml(shown.board.name)}</span></a></span></li></ul>
<div id="page-body"><h2 class="topic-title"><a href="./viewtopic.php?t=${shown.id}">${escapeHtml(shown.title)}</a></h2>
<div class="action-bar bar-top"><div class="pagination">${paging(shown, page)}</div></div>
${posts.map((post, at) => postMarkup(shown, post, at)).join('<hr class="divider">')}
</div><div id="page-footer"><span title="UTC">UTC</span> Powered by <a href="https://www.phpbb.com/">phpBB</a></div></div><script>${SCRIPT}</script></body>`
  return wholeHtml({ title: `${escapeHtml(shown.title)} - Tea`, html: '<html lang="en-gb" dir="ltr">', body })
}

function paging(shown: Topic, page: number): string {
  const items = Array.from({ length: pageCount(shown) }, (_, at) =>
    at + 1 === page
      ? `<li class="active"><span>${page}</span></li>`
      : `<li><a class="button" href="./viewtopic.php?t=${shown.id}${at > 0 ? `&amp;start=${at * shown.perPage}` : ''}">${at + 1}</a></li>`,
  )
  return `${shown.posts.length} posts <ul>${items.join('')}</ul>`
}

function postMarkup(shown: Topic, { id, author, at, paragraphs, link, quotes }: TopicPost, index: number): string {
  const quoted = quotes === undefined ? undefined : shown.posts[quotes]!
  const quote = quoted
    ? `<blockquote><div><cite><a href="./memberlist.php?mode=viewprofile&amp;u=${quoted.author.id}">${quoted.author.name}</a> wrote: <a href="./viewtopic.php?p=${quoted.id}#p${quoted.id}" data-post-id="${quoted.id}">↑</a><span class="responsive-hide">Wed May 01, 2024 1:02 am</span></cite>${escapeHtml(quoted.paragraphs[0]!)}</div></blockquote>`
    : ''
  const outward = link ? `<br>\n<a href="${escapeHtml(link.address)}" class="postlink">${link.text}</a>` : ''
  return `<div id="p${id}" class="post has-profile bg${1 + (index % 2)}"><div class="inner"><dl class="postprofile" id="profile${id}"><dt class="has-profile-rank no-avatar"><a href="./memberlist.php?mode=viewprofile&amp;u=${author.id}" class="username">${author.name}</a></dt></dl>
<div class="postbody"><div id="post_content${id}"><h3><a href="./viewtopic.php?p=${id}#p${id}">Re: ${escapeHtml(shown.title)}</a></h3><p class="author"><span class="responsive-hide">by <strong><a href="./memberlist.php?mode=viewprofile&amp;u=${author.id}" class="username">${author.name}</a></strong> » </span><time datetime="${at.replace('Z', '+00:00')}">Wed May 01, 2024</time></p>
<ul class="post-buttons"><li><a href="#" class="button" onclick="selectPost(this); return false">Select</a></li></ul>
<div class="content">${quote}${paragraphs.map(escapeHtml).join('<br>\n')}${outward}</div></div></div></div></div>`
}

/** Runs in the page: what posts call by name when they are clicked. */
const SCRIPT = `function selectPost(button) {
  getSelection().selectAllChildren(button.closest('.postbody').querySelector('.content'))
}`
