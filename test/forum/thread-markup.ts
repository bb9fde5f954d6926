import { SITE_ORIGIN } from './body-markup.ts'
import { escapeHtml, type ForumBoard, type ForumPost, type ForumThread } from './model.ts'
import { postCard } from './post-markup.ts'

/** The inside of a page's `#page-content`, and what the browser's title reads. */
export interface Content {
  title: string
  html: string
}

const SITE_NAME = '北大未名BBS'

/** Wraps a page's own part with what every page's content begins with: who is logged in, and its title. */
export function content(title: string, username: string, html: string): Content {
  const full = `${title} - ${SITE_NAME}`
  return {
    title: full,
    html: `<div id="login-info" style="display: none"><div data-role="login-info-username" data-value="${escapeHtml(username)}"></div></div>
<div id="bdwm-title">${escapeHtml(full)}</div>
${html}`,
  }
}

/** The address of a page of a thread, relative to `/v2/`. */
export function threadAddress({ board, id }: { board: { id: string }; id: string }, page = 1): string {
  return `post-read.php?bid=${board.id}&threadid=${id}${page > 1 ? `&page=${page}` : ''}`
}

/** A thread's page: way up, heading, posts, a paging bar above and one below. */
export function threadContent(
  thread: ForumThread,
  posts: readonly ForumPost[],
  page: number,
  pages: number,
  username: string,
): Content {
  const html = `<div id="page-post">
${breadcrumbs(thread.board, thread)}
<div id="post-read">
<header><h3>${escapeHtml(thread.title)}</h3><a class="copy-link" href="javascript:;" data-link="${SITE_ORIGIN}/v2/${escapeHtml(threadAddress(thread))}">[复制链接]</a></header>
${paging(thread, page, pages, 'paging paging-top')}
<div class="card-list">
${posts.map((post) => postCard(thread, post)).join('\n')}
</div>
${paging(thread, page, pages, 'paging')}
</div>
</div>`
  return content(thread.title, username, html)
}

/** The page of one post, with the way to its thread. */
export function singlePostContent(thread: ForumThread, post: ForumPost, username: string): Content {
  const whole = escapeHtml(
    `post-read.php?bid=${thread.board.id}&threadid=${thread.id}&page=a&postid=${post.id}#${post.id}`,
  )
  const html = `<div id="page-post">
${breadcrumbs(thread.board, thread)}
<div id="post-read">
<header><h3>${escapeHtml(thread.title)}</h3><a class="copy-link" href="javascript:;">[复制链接]</a></header>
<div class="paging paging-top"><a class="view-full-post" href="${whole}">查看全部回帖</a></div>
<div class="card-list">
${postCard(thread, post)}
</div>
</div>
</div>`
  return content(thread.title, username, html)
}

/** Home › block › board › thread, as far as the page goes. */
export function breadcrumbs(board: ForumBoard, thread?: ForumThread): string {
  const links = [
    ['home.php', '首页'],
    ['board.php', '版面目录'],
    [`board.php?bid=${board.block.id}`, board.block.name],
    [`thread.php?bid=${board.id}`, `${board.name}(${board.englishName})`],
    ...(thread ? [[threadAddress(thread), thread.title]] : []),
  ] as const
  return `<div class="breadcrumb-trail">${links.map(([href, text]) => `<a href="${escapeHtml(href!)}">${escapeHtml(text!)}</a>`).join(' <span>&gt;</span> ')}</div>`
}

function paging(thread: ForumThread, page: number, pages: number, className: string): string {
  const button = (text: string, to: number | undefined, active = false) =>
    `<div class="paging-button n${active ? ' active' : ''}">${to === undefined ? text : `<a href="${escapeHtml(threadAddress(thread, to))}">${text}</a>`}</div>`
  const back = `<div class="paging-button"><a href="thread.php?bid=${thread.board.id}&amp;mode=topic">返回本版</a></div>`
  const before = page > 1 ? button('上一页', page - 1) : ''
  const after = page < pages ? button('下一页', page + 1) : ''
  const numbers = pageNumbers(page, pages).map(({ number, skipped }) =>
    button(`${skipped ? '...' : ''}${number}`, number === page ? undefined : number, number === page),
  )
  const go = `<div class="paging-input-wrapper"><input type="text" data-role="goto-input" max="${pages}" value="${page}"></div><div>/ ${pages}</div><div class="paging-button"><a data-action="goto" data-bid="${thread.board.id}" data-threadid="${thread.id}" href="javascript:;">跳转</a></div>`
  return `<div class="${className}">${back}${before}${numbers.join('')}${after}${go}</div>`
}

/** First, last, and two on each side; `skipped` where numbers were left out before one. */
function pageNumbers(page: number, pages: number): { number: number; skipped: boolean }[] {
  const shown: { number: number; skipped: boolean }[] = []
  for (let number = 1; number <= pages; number++) {
    if (number !== 1 && number !== pages && Math.abs(number - page) > 2) continue
    shown.push({ number, skipped: number - (shown.at(-1)?.number ?? 0) > 1 })
  }
  return shown
}
