import { escapeHtml, type ForumBoard, type ForumPost, type ForumThread } from './model.ts'
import { breadcrumbs, content, threadAddress, type Content } from './thread-markup.ts'

/** A board's list of topics; one sticky note on top has a negative id, as the site's own notes do. */
export function boardListContent(board: ForumBoard, threads: readonly ForumThread[], username: string): Content {
  const items = threads.map((thread) => {
    const first = thread.posts[0]
    const last = thread.posts.at(-1)
    return listItem(
      thread.id,
      threadAddress(thread),
      thread.title,
      thread.starter.username,
      `${last?.postedAt ?? first?.postedAt ?? ''}`,
      thread.posts.length,
    )
  })
  const html = `<div id="page-thread" class="page-thread">
${breadcrumbs(board)}
<div id="board-head" data-bid="${board.id}"><h3>${escapeHtml(board.name)} <small>${escapeHtml(board.englishName)}</small></h3></div>
<div id="list-body">
${listItem('-1', 'home.php', '【本站公告】发帖须知', 'SYSOP', '2015-12-01 08:00:00', 1)}
${items.join('\n')}
</div>
</div>`
  return content(`${board.name}(${board.englishName})版`, username, html)
}

function listItem(id: string, href: string, title: string, author: string, time: string, posts: number): string {
  return `<div class="list-item-topic list-item" data-itemid="${id}"><a class="link" href="${escapeHtml(href)}"><span class="title">${escapeHtml(title)}</span></a><div class="author"><div class="name">${escapeHtml(author)}</div></div><div class="reply-num">${posts - 1}</div><div class="time">${time}</div></div>`
}

/** The home page or a block's page: links to boards and to lively threads. */
export function homeContent(
  title: string,
  boards: readonly ForumBoard[],
  threads: readonly ForumThread[],
  username: string,
): Content {
  const html = `<div id="page-home">
<section class="topic-block"><h3>热门话题</h3><ol>${threads.map((thread) => `<li><a class="link" href="${escapeHtml(threadAddress(thread))}">${escapeHtml(thread.title)}</a> <span class="count">${thread.posts.length}</span></li>`).join('')}</ol></section>
<section class="topic-block"><h3>版面</h3><ul>${boards.map((board) => `<li><a href="thread.php?bid=${board.id}&amp;mode=topic">${escapeHtml(board.name)}(${escapeHtml(board.englishName)})</a></li>`).join('')}</ul></section>
</div>`
  return content(title, username, html)
}

/** A user's page. */
export function userContent(uid: string, username: string): Content {
  return content(
    '用户信息',
    username,
    `<div id="page-user"><h3>用户 ${escapeHtml(uid)}</h3><p>这里是用户信息页。</p></div>`,
  )
}

/** The site's error page; also what a guest sees where a login is asked for. */
export function errorContent(message: string, username: string): Content {
  const html = `<div id="page-error"><div id="error-head"><h3>出错啦</h3></div><div id="error-body"><p>${escapeHtml(message)}</p></div><p><a href="home.php">返回首页</a></p></div>`
  return content('出错啦', username, html)
}

/** The warning that stands between the site and the world: names the target, links to it where it is an http(s) address. */
export function jumpContent(target: string, username: string): Content {
  const shown = escapeHtml(target)
  const go = /^https?:\/\//i.test(target)
    ? `<a id="jump-go" href="${shown}" rel="noreferrer" data-no-pjax="">继续访问</a>`
    : '<p>这个地址不能打开。</p>'
  const html = `<div id="page-jump"><h3>即将离开北大未名BBS</h3><p>您将要访问的网址不属于本站，请注意帐号和财产安全：</p><p class="jump-target">${shown}</p>${go}</div>`
  return content('跳转提示', username, html)
}

/** The phone version: another markup altogether, no `#post-read`. */
export function mobilePage(thread: ForumThread, posts: readonly ForumPost[], page: number, pages: number): string {
  const cards = posts.map(
    (post) =>
      `<div class="post-item"><div class="author"><span class="avatar"></span><span class="name">${escapeHtml(post.author.username)}</span></div><div class="floor">#${post.floor}</div><div class="text">${post.body}</div><div class="date">${post.postedAt.slice(0, 16)}</div></div>`,
  )
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(thread.title)} - 未名BBS手机版</title><link rel="stylesheet" href="/v2/css/site.css"></head>
<body class="mobile"><h1>${escapeHtml(thread.title)}</h1>${cards.join('\n')}<p>${page} / ${pages}</p></body></html>`
}
