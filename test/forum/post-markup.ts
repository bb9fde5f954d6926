import { SITE_ORIGIN } from './body-markup.ts'
import {
  escapeHtml,
  type ForumAttachment,
  type ForumPost,
  type ForumQuote,
  type ForumThread,
  type ForumUser,
} from './model.ts'

const MARK_NAMES = { wz: '文摘', diamond: '精华', bl: '保留', yc: '原创' }
/** Lines of a quote above which the site folds it. */
const LONG_QUOTE_LINES = 5

/** One post's card as the thread page shows it. */
export function postCard(thread: ForumThread, post: ForumPost): string {
  const isStarter = post.author.username === thread.starter.username
  return `<div class="post-card" data-bid="${thread.board.id}" data-threadid="${thread.id}" data-postid="${post.id}">
<div id="${post.id}" style="position: absolute; visibility: hidden; top: -54px;"></div>
${ownerColumn(post.author, isStarter)}
<div class="post-main">
<div class="post-id">${post.floor}楼${post.marks.map((mark) => `<img src="${SITE_ORIGIN}/v2/images/topics/${mark}.png" alt="${MARK_NAMES[mark]}">`).join('')}</div>
<div class="content">
<div class="body file-read image-click-view">${post.body}${post.quotes.map(quoteMarkup).join('')}</div>
${signatureMarkup(post.signature)}
</div>
${attachmentsMarkup(post)}
${votesMarkup(post)}
${operations(thread, post)}
</div>
</div>`
}

function ownerColumn(user: ForumUser, isStarter: boolean): string {
  const identity = user.identity === undefined ? '' : ` identity-${user.identity}`
  const title = escapeHtml(user.nickname.replaceAll(/<[^<>]*>/g, ''))
  return `<div class="post-owner">
<div class="portrait-container"><img src="${SITE_ORIGIN}/attach/portrait/${encodeURIComponent(user.username)}.png" alt=""><img class="portrait-frame" src="${SITE_ORIGIN}/v2/images/frames/plain.png" alt=""></div>
${isStarter ? '<div class="lz-tag">楼主</div>' : ''}
<p class="username"><a href="user.php?uid=${user.uid}">${escapeHtml(user.username)}</a> <span>[${user.online ? '在线' : '离线'}]</span></p>
<p class="nickname text-line-limit${identity}" title="${title}">${user.nickname}</p>
<p class="user-level"><span class="level">${user.level}</span> <span class="score">${user.score}</span></p>
<p class="detail">发帖数：${user.postCount} 原创分：${user.score % 12}</p>
<div class="functions"><a href="mail-new.php?to=${encodeURIComponent(user.username)}">发信</a> <a href="user.php?uid=${user.uid}">资料</a></div>
</div>`
}

function quoteMarkup({ username, nickname, excerpt }: ForumQuote): string {
  const name = escapeHtml(username)
  const shown = nickname ? `${name} (${escapeHtml(nickname)})` : name
  const lines = excerpt === '' ? [] : excerpt.split('\n')
  const head = `<p class="quotehead" data-username="${name}" data-nickname="${escapeHtml(nickname)}">${shown} 在 ta 的帖子中提到：</p>`
  const long = lines.length > LONG_QUOTE_LINES
  return (
    head +
    lines
      .map(
        (line, at) =>
          `<p class="blockquote${long && at >= 2 ? ' quote-rest' : ''}">${escapeHtml(line).replaceAll(' ', '&nbsp;')}</p>`,
      )
      .join('') +
    (long ? '<p class="blockquote quote-expand"><a href="javascript:;">展开引文</a></p>' : '')
  )
}

function signatureMarkup(signature: string | undefined): string {
  if (signature === undefined) return ''
  const lines = signature.split('\n').map((line) => `<p>${escapeHtml(line).replaceAll(' ', '&nbsp;')}</p>`)
  return `<div class="signature file-read"><h5>签名档</h5>${lines.join('')}</div>`
}

/** Where an attachment lies: its path tells the server the size, so that no register is needed. */
function attachmentAddress(postId: string, { name, size }: ForumAttachment): string {
  return `${SITE_ORIGIN}/attach/${postId}/${size}/${encodeURIComponent(name)}`
}

function attachmentsMarkup(post: ForumPost): string {
  if (post.attachments.length === 0) return ''
  const items = post.attachments.map((attachment) => {
    const address = attachmentAddress(post.id, attachment)
    const name = escapeHtml(attachment.name)
    if (attachment.kind === 'image') {
      return `<li><a class="highslide" href="${address}" data-no-pjax=""><img src="${address}" alt="${name}"></a></li>`
    }
    return `<li><a href="${address}" target="_blank" data-no-pjax="">${name}</a> <span class="size">(${sizeText(attachment.size)})</span></li>`
  })
  return `<div class="attachment"><h5>附件</h5><ul>${items.join('')}</ul></div>`
}

function sizeText(bytes: number): string {
  return bytes < 1024 ? `${bytes}B` : `${(bytes / 1024).toFixed(1)}KB`
}

function votesMarkup({ up, down }: ForumPost): string {
  return `<div class="post-vote-line"><a class="vote" data-action="upvote" href="javascript:;"><span class="text upvote-count">赞(${up})</span></a> <a class="vote" data-action="downvote" href="javascript:;"><span class="text downvote-count">踩(${down})</span></a></div>`
}

function operations(thread: ForumThread, post: ForumPost): string {
  const place = `bid=${thread.board.id}&amp;postid=${post.id}`
  const single = `post-read-single.php?${place}&amp;type=0`
  return `<div class="operations">
<ul class="toolbox">
<li><a href="post-compose.php?${place}">回帖</a></li>
<li><a href="post-compose.php?${place}&amp;quote=1">引用</a></li>
<li><a href="forward.php?${place}">转寄</a></li>
<li><a class="view-single" href="${single}">单帖</a></li>
</ul>
<div class="right">${timesMarkup(post)}</div>
</div>`
}

function timesMarkup({ postedAt, edits }: ForumPost): string {
  const last = edits.at(-1)
  if (last === undefined) {
    return `<div class="sl-triangle-container"><span class="title"><span>发表于${postedAt}</span></span></div>`
  }
  const older = [`发表于${postedAt}`, ...edits.slice(0, -1).map((time) => `修改于${time}`)]
  return `<div class="sl-triangle-container"><span class="title"><span>最后修改于${last}</span><i class="sl-triangle"></i></span><ul class="down-list">${older.map((time) => `<li><span>${time}</span></li>`).join('')}</ul></div>`
}
