import { JSDOM } from 'jsdom'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bodyMarkup } from '../../forum/body-markup.ts'
import { startForum, type Forum } from '../../forum/forum.ts'
import { generateThread } from '../../forum/generate.ts'
import { makeUser, type ForumPost, type ForumThread } from '../../forum/model.ts'

const STARTER = makeUser('starter', '楼主的 昵称')
const GUEST = { ...makeUser('other'), nickname: '<font color="#c00000">红</font>', identity: 2 as const, online: true }

function post(floor: number, extra: Partial<ForumPost>): ForumPost {
  return {
    id: String(900 + floor),
    floor,
    author: STARTER,
    postedAt: `2020-04-14 22:27:3${floor}`,
    edits: [],
    body: bodyMarkup('正文'),
    quotes: [],
    attachments: [],
    up: 0,
    down: 0,
    marks: [],
    ...extra,
  }
}

const everything: ForumThread = {
  ...generateThread({ posts: 1, id: '77', board: '22' }),
  title: '标题 <b>&"',
  starter: STARTER,
  posts: [
    post(1, {
      body: bodyMarkup('a b\n\n[www.example.com](https://www.example.com/?a=1&b=2) ![图](/attach/1/x.png)'),
      marks: ['wz', 'diamond'],
    }),
    post(2, {
      author: GUEST,
      quotes: [
        { username: 'starter', nickname: '楼主的 昵称', excerpt: 'a b\n第二段' },
        { username: 'x', nickname: '', excerpt: '1\n2\n3\n4\n5\n6' },
      ],
      signature: '我的 签名',
      edits: ['2020-04-15 08:00:00', '2020-04-16 08:00:00'],
      up: 3,
      down: 1,
      attachments: [
        { name: '图 1.png', kind: 'image', size: 10 },
        { name: '表.xls', kind: 'file', size: 2048 },
      ],
    }),
    post(4, { edits: ['2020-04-15 08:00:00'] }),
  ],
}

let forum: Forum
let document: Document
const read = async (path: string) => new JSDOM((await forum.request(path)).text).window.document
const find = (selector: string, root: ParentNode = document) => {
  const found = root.querySelector(selector)
  if (!found) throw new Error(`no ${selector}`)
  return found
}
const texts = (selector: string, root: ParentNode = document) =>
  [...root.querySelectorAll(selector)].map((one) => one.textContent)

beforeAll(async () => {
  forum = await startForum({ threads: [everything, generateThread({ posts: 255, id: '88', seed: 5 })] })
  document = await read('post-read.php?bid=22&threadid=77')
})
afterAll(() => forum.stop())

describe('around the posts', () => {
  test('everything stands inside #page-content: who is logged in, title, way up, heading', () => {
    const content = find('#page-content')
    expect(find('#login-info [data-role=login-info-username]', content).getAttribute('data-value')).toBe('guest')
    expect(find('#bdwm-title', content).textContent).toBe('标题 <b>&" - 北大未名BBS')
    expect(document.title).toBe('标题 <b>&" - 北大未名BBS')
    expect(find('#post-read > header h3', content).textContent).toBe('标题 <b>&"')
    expect(find('#post-read > header .copy-link', content).textContent).toBe('[复制链接]')
    const trail = [...content.querySelectorAll('.breadcrumb-trail a')].map((link) => link.getAttribute('href'))
    expect(trail).toEqual([
      'home.php',
      'board.php',
      'board.php?bid=667',
      'thread.php?bid=22',
      'post-read.php?bid=22&threadid=77',
    ])
    expect(texts('.breadcrumb-trail a')[3]).toBe('别问我是谁(ForAnonymous)')
    expect(find('link[rel=alternate][media]').getAttribute('href')).toContain(
      '/v2/mobile/post-read.php?bid=22&threadid=77',
    )
  })

  test('two paging bars say the page and the number of pages, leaving numbers out', async () => {
    const page = await read('post-read.php?bid=103&threadid=88&page=5')
    expect(page.querySelectorAll('.paging')).toHaveLength(2)
    for (const bar of page.querySelectorAll('.paging')) {
      const input = find('.paging-input-wrapper input[data-role=goto-input]', bar)
      expect([input.getAttribute('max'), input.getAttribute('value')]).toEqual(['13', '5'])
      expect(find('.paging-input-wrapper + div', bar).textContent).toBe('/ 13')
      expect(find('.paging-button.n.active', bar).textContent).toBe('5')
      expect(texts('.paging-button', bar)).toEqual([
        '返回本版',
        '上一页',
        '1',
        '...3',
        '4',
        '5',
        '6',
        '7',
        '...13',
        '下一页',
        '跳转',
      ])
    }
    expect(page.querySelectorAll('.paging.paging-top')).toHaveLength(1)
  })

  test('page=a finds the page of a post; a page too far is the last one; a lost post is an error', async () => {
    const target = forum.control.getThread('88').posts[130]!
    const page = await read(`post-read.php?bid=103&threadid=88&page=a&postid=${target.id}`)
    expect(find('.paging-button.n.active', page).textContent).toBe('7')
    expect(page.querySelector(`[data-postid="${target.id}"]`)).not.toBeNull()
    expect(texts('.post-card .post-id', await read('post-read.php?bid=103&threadid=88&page=999'))).toHaveLength(15)
    expect(
      (await read('post-read.php?bid=103&threadid=88&page=a&postid=1')).querySelector('#page-error'),
    ).not.toBeNull()
  })
})

describe('a post', () => {
  test('card, anchor, floor with its marks, a gap in the floors', () => {
    const cards = [
      ...document.querySelectorAll<HTMLElement>('.card-list > .post-card[data-bid="22"][data-threadid="77"]'),
    ]
    expect(cards.map((card) => card.dataset.postid)).toEqual(['901', '902', '904'])
    expect(cards.map((card) => card.firstElementChild?.id)).toEqual(['901', '902', '904'])
    expect(cards[0]!.firstElementChild?.getAttribute('style')).toMatch(/^position: ?absolute/)
    expect(texts('.post-main .post-id')).toEqual(['1楼', '2楼', '4楼'])
    expect(
      [...cards[0]!.querySelectorAll('.post-id img')].map(
        (mark) => mark.getAttribute('src')?.match(/topics\/\w+/)?.[0],
      ),
    ).toEqual(['topics/wz', 'topics/diamond'])
  })

  test('owner: name, presence, nickname with markup, level, score, figures, avatar, starter', () => {
    const [first, second] = [...document.querySelectorAll('.post-owner')] as [Element, Element]
    expect(find('.username a', second).textContent).toBe('other')
    expect(find('.username a', second).getAttribute('href')).toMatch(/^user\.php\?uid=\d+$/)
    expect(find('.username span', second).textContent).toBe('[在线]')
    expect(find('.nickname.text-line-limit.identity-2', second).getAttribute('title')).toBe('红')
    expect(find('.nickname', second).innerHTML).toBe('<font color="#c00000">红</font>')
    expect(find('.detail', second).textContent).toMatch(/^发帖数：\d+ 原创分：\d+$/)
    expect(second.querySelectorAll('.level, .score')).toHaveLength(2)
    expect(second.querySelectorAll('.portrait-container img')).toHaveLength(2)
    expect(find('.lz-tag', first).textContent).toBe('楼主')
    expect(second.querySelector('.lz-tag')).toBeNull()
  })

  test('body: paragraphs, hard spaces, the redirector around outside links, own pictures bare', () => {
    const body = find('.post-main .content .body.file-read.image-click-view')
    expect(body.innerHTML).toBe(
      '<p>a&nbsp;b</p><p></p><p><a href="https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fwww.example.com%2F%3Fa%3D1%26b%3D2" target="_blank" data-no-pjax="">www.example.com</a>&nbsp;<img src="https://bbs.pku.edu.cn/attach/1/x.png" alt="图"></p>',
    )
  })

  test('quotes stand after the own words, flat, several; a long one can be unfolded', () => {
    const body = find('[data-postid="902"] .body')
    const heads = [...body.querySelectorAll<HTMLElement>('p.quotehead')]
    expect(heads.map(({ dataset }) => [dataset.username, dataset.nickname])).toEqual([
      ['starter', '楼主的 昵称'],
      ['x', ''],
    ])
    expect(heads[0]!.textContent).toBe('starter (楼主的 昵称) 在 ta 的帖子中提到：')
    expect(heads[1]!.textContent).toBe('x 在 ta 的帖子中提到：')
    expect(body.firstElementChild?.textContent).toBe('正文')
    expect(texts('p.blockquote', body).slice(0, 2)).toEqual(['a\u00a0b', '第二段'])
    expect(body.querySelectorAll('.quote-expand')).toHaveLength(1)
  })

  test('signature, attachments, votes, tools', () => {
    const card = find('[data-postid="902"]')
    expect(find('.content .signature.file-read h5', card).textContent).toBe('签名档')
    expect(find('.attachment ul li a.highslide > img', card).getAttribute('alt')).toBe('图 1.png')
    expect(texts('.attachment ul li .size', card)).toEqual(['(2.0KB)'])
    expect(texts('.post-vote-line .text', card)).toEqual(['赞(3)', '踩(1)'])
    expect(texts('.operations .toolbox li a', card).slice(0, 2)).toEqual(['回帖', '引用'])
    expect(card.querySelector('.post-owner .functions a')).not.toBeNull()
  })

  test('times: posted; edited once; edited several times', () => {
    const times = (id: string) => find(`[data-postid="${id}"] .operations .right .sl-triangle-container`)
    expect(texts('.title span', times('901'))).toEqual(['发表于2020-04-14 22:27:31'])
    expect(times('901').querySelector('.down-list')).toBeNull()
    expect(texts('.title span', times('904'))).toEqual(['最后修改于2020-04-15 08:00:00'])
    expect(texts('ul.down-list li span', times('904'))).toEqual(['发表于2020-04-14 22:27:34'])
    expect(texts('ul.down-list li span', times('902'))).toEqual([
      '发表于2020-04-14 22:27:32',
      '修改于2020-04-15 08:00:00',
    ])
  })
})

describe('the other pages', () => {
  test('one post by itself leads to its thread', async () => {
    const page = await read('post-read-single.php?bid=22&postid=902&type=0')
    expect(page.querySelectorAll('.post-card')).toHaveLength(1)
    expect(find('.view-full-post', page).getAttribute('href')).toBe(
      'post-read.php?bid=22&threadid=77&page=a&postid=902#902',
    )
  })

  test('a board lists its topics under a note with a negative id', async () => {
    const page = await read('thread.php?bid=22&mode=topic')
    const items = [...page.querySelectorAll<HTMLElement>('.list-item-topic.list-item')].map(
      ({ dataset }) => dataset.itemid,
    )
    expect(items).toEqual(['-1', '77'])
  })

  test('the jump page names its target and links to http(s) only', async () => {
    const page = await read('jump-to.php?url=https%3A%2F%2Fexample.com%2F%3Fa%3D%26b')
    expect(find('.jump-target', page).textContent).toBe('https://example.com/?a=&b')
    expect(find('#jump-go', page).getAttribute('href')).toBe('https://example.com/?a=&b')
    const evil = await read('jump-to.php?url=javascript%3Aalert(1)')
    expect(evil.querySelector('#jump-go')).toBeNull()
  })

  test('the phone version has markup of its own', async () => {
    const page = await read('mobile/post-read.php?bid=22&threadid=77')
    expect(page.querySelector('#post-read')).toBeNull()
    expect(texts('.author .name', page)).toEqual(['starter', 'other', 'starter'])
  })

  test('the same markup answers through the WebVPN and the mirror', async () => {
    const vpn = await forum.request('/https/77726476706e69/v2/post-read.php?bid=22&threadid=77', {
      host: 'wpn.pku.edu.cn',
    })
    const mirror = await forum.request('post-read.php?bid=22&threadid=77', { host: 'www.bdwm.net' })
    expect([vpn.text, mirror.text].map((text) => text.includes('data-postid="901"'))).toEqual([true, true])
  })

  test('what is missing is the error page', async () => {
    const page = await read('post-read.php?bid=22&threadid=1')
    expect(find('#bdwm-title', page).textContent).toBe('出错啦 - 北大未名BBS')
    expect(find('#page-error #error-body p', page).textContent).toContain('不存在')
  })
})
