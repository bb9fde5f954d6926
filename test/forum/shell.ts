import { escapeHtml } from './model.ts'
import type { Content } from './thread-markup.ts'

/** A whole page around a content. `mobileAddress` names the phone version where there is one. */
export function wholePage({ title, html }: Content, mobileAddress?: string): string {
  const alternate = mobileAddress
    ? `<link rel="alternate" media="only screen and (max-width: 640px)" href="${escapeHtml(mobileAddress)}">`
    : ''
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
${alternate}
<link rel="stylesheet" href="/v2/css/site.css">
<script src="/v2/js/jquery.js"></script>
<script src="/v2/js/jquery.pjax.js"></script>
<script src="/v2/js/site.js" defer></script>
</head>
<body>
<nav id="top-bar"><div class="wrapper"><a id="logo" href="home.php">北大未名<b>BBS</b></a><div id="link-buttons"><a href="home.php">首页</a><a href="board.php">版面目录</a><a href="thread.php?bid=103&amp;mode=topic">校园信息</a></div><div id="top-right"><input type="search" placeholder="搜索版面、帖子、用户" aria-label="搜索"><a href="user.php">登录</a></div></div></nav>
<div id="page-content">
${html}
</div>
<footer id="page-footer">北大未名BBS · 本地样板站</footer>
</body>
</html>`
}

/** The answer to a pjax request: the browser's title and the container's inside. */
export function pjaxAnswer({ title, html }: Content): string {
  return `<title>${escapeHtml(title)}</title>\n${html}`
}

/** A page of the world outside: any host that is not the site's. */
export function outsidePage(host: string, path: string): string {
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(host)}</title></head>
<body><h1 id="outside">${escapeHtml(host)}</h1><p>${escapeHtml(path)}</p></body></html>`
}
