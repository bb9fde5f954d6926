import { escapeHtml } from '../model.ts'
import { wholeHtml, type EngineForum } from './engine.ts'
import { makeTopic, pageCount, postsOf, type Topic, type TopicPost } from './topic.ts'

const HOST = 'discuz.forum.example'
const topic = makeTopic({ id: '701', seed: 11 })

/** Discuz! X as it comes: rewritten addresses beside the script's own, Beijing time. */
export const discuz: EngineForum = {
  id: 'discuz',
  host: HOST,
  topic,
  address: (page = 1) => `https://${HOST}/thread-${topic.id}-${page}-1.html`,
  boardAddress: `https://${HOST}/forum-${topic.board.id}-1.html`,
  answer: ({ pathname, searchParams }) => {
    const rewritten = /^\/thread-(\d+)-(\d+)-\d+\.html$/.exec(pathname)
    const isScript = pathname === '/forum.php' && searchParams.get('mod') === 'viewthread'
    const id = rewritten?.[1] ?? (isScript ? searchParams.get('tid') : undefined)
    const page = Number(rewritten?.[2] ?? searchParams.get('page') ?? 1)
    if (id === topic.id) return threadPage(topic, page)
    return pathname.startsWith('/forum-') ? boardPage(topic) : undefined
  },
}

const open = '<html xmlns="http://www.w3.org/1999/xhtml">'
const head = '<meta name="generator" content="Discuz! X3.4">'

function boardPage({ board, id, title }: Topic): string {
  const body = `<body id="nv_forum" class="pg_forumdisplay"><div id="wp"><div id="pt">${crumb(board)}</div>
<table id="threadlist">${Array.from({ length: 30 }, (_, at) => `<tbody id="normalthread_${700 + at}"><tr><th><a href="thread-${at === 0 ? id : 800 + at}-1-1.html">${escapeHtml(title)} ${at}</a></th><td class="by"><cite>lanting</cite></td></tr></tbody>`).join('')}</table></div></body>`
  return wholeHtml({ title: `${board.name} - 茶馆`, html: open, head, body })
}

function threadPage(shown: Topic, page: number): string | undefined {
  const posts = postsOf(shown, page)
  if (!posts) return undefined
  const body = `<body id="nv_forum" class="pg_viewthread"><div id="wp"><div id="pt" class="bm cl"><div class="z">${crumb(shown.board)}</div></div>
<div id="ct"><div class="pgs">${paging(shown, page)}</div>
<div id="postlist" class="pl bm"><h1 class="ts"><span id="thread_subject">${escapeHtml(shown.title)}</span></h1>
${posts.map((post) => postMarkup(shown, post)).join('\n')}
</div></div></div><div id="ft"><div id="frt"><p class="xs0">GMT+8, 2024-6-1 12:00</p></div></div><script>${SCRIPT}</script></body>`
  return wholeHtml({
    title: `${escapeHtml(shown.title)} - ${shown.board.name} - Powered by Discuz!`,
    html: open,
    head,
    body,
  })
}

function crumb({ id, name }: Topic['board']): string {
  return `<a href="./">茶馆</a> <em>›</em> <a href="forum-${id}-1.html">${escapeHtml(name)}</a>`
}

function paging(shown: Topic, page: number): string {
  const count = pageCount(shown)
  const links = Array.from({ length: count }, (_, at) =>
    at + 1 === page ? `<strong>${page}</strong>` : `<a href="thread-${shown.id}-${at + 1}-1.html">${at + 1}</a>`,
  )
  return `<div class="pg">${links.join('')}<label><input name="custompage" value="${page}"><span title="共 ${count} 页"> / ${count} 页</span></label></div>`
}

function postMarkup(shown: Topic, { id, author, at, floor, paragraphs, link, quotes }: TopicPost): string {
  const quoted = quotes === undefined ? undefined : shown.posts[quotes]!
  const quote = quoted
    ? `<div class="quote"><blockquote><font size="2"><a href="forum.php?mod=redirect&amp;goto=findpost&amp;pid=${quoted.id}&amp;ptid=${shown.id}"><font color="#999999">${quoted.author.name} 发表于 ${clock(quoted.at)}</font></a></font><br>${escapeHtml(quoted.paragraphs[0]!)}</blockquote></div><br>`
    : ''
  const words = paragraphs.map(escapeHtml).join('<br>\n')
  const outward = link ? `<br>\n<a href="${escapeHtml(link.address)}" target="_blank">${link.text}</a>` : ''
  return `<div id="post_${id}"><table id="pid${id}" class="plhin"><tr><td class="pls"><div class="pi"><div class="authi"><a href="home.php?mod=space&amp;uid=${author.id}" target="_blank" class="xw1">${author.name}</a></div></div></td>
<td class="plc"><div class="pi"><strong><a href="forum.php?mod=redirect&amp;goto=findpost&amp;ptid=${shown.id}&amp;pid=${id}" id="postnum${id}"><em>${floor}</em><sup>#</sup></a></strong><div class="pti"><div class="authi"><em id="authorposton${id}">发表于 ${clock(at)}</em></div></div></div>
<div class="pct"><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_${id}">${quote}${words}${outward}</td></tr></table></div></div>
<div class="po"><a class="replyadd" href="forum.php?mod=misc&amp;action=postreview&amp;do=support&amp;pid=${id}" onclick="ajaxmenu(this); return false">支持 <span id="review_support_${id}">0</span></a></div></td></tr></table></div>`
}

/** Runs in the page: what posts call by name when they are clicked. */
const SCRIPT = `function ajaxmenu(link) {
  const count = link.querySelector('span')
  count.textContent = Number(count.textContent) + 1
}`

/** `2024-5-1 9:02:03` by the clock of Beijing. */
function clock(at: string): string {
  const time = new Date(Date.parse(at) + 8 * 3_600_000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${time.getUTCFullYear()}-${time.getUTCMonth() + 1}-${time.getUTCDate()} ${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`
}
