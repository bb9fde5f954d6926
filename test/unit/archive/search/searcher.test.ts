import { describe, expect, test } from 'vitest'
import { storeThread } from '../../../../archive/store-thread.ts'
import { Searcher } from '../../../../archive/search/searcher.ts'
import { tidyTexts } from '../../../../archive/search/tidy-texts.ts'
import { newArchive, pageRead, postOf, threadOf } from '../sample-thread.ts'
import { ask, bracketed, find, library } from './search.ts'

describe('finds', () => {
  test.each([
    ['湖', ['a#11', 'b#21']],
    ['塔', ['b#21', 'a#11', 'a#12']],
    ['未名湖的风吹过', ['a#11']],
    ['javascript', []],
    ['java script', ['a#12']],
    ['"java script"', ['a#12']],
    ['VASCR', []],
    ['crip', ['a#12']],
    ['蟹', ['a#11']],
    ['zoea', ['b#21', 'a#11']],
    ['奥数', ['b#']],
    ['奥数 塔', ['b#21']],
    ['奥数 塔 未名', []],
    ['塔 -湖', []],
    ['塔 -未名湖', ['b#21', 'a#12']],
    ['塔 -奥数', ['a#11', 'a#12']],
    ['author:zoea', ['b#21', 'a#11']],
    ['author:"zoea"', ['a#11']],
    ['author：“蟹” 塔', ['a#11']],
    ['-author:zoea', ['a#12']],
    ['author:derek author:蟹', ['a#11', 'a#12']],
    ['board:鹊', ['a#11', 'a#12']],
    ['board:22 风', ['a#11']],
    ['-board:22 塔', ['b#21']],
    ['site:discuz', ['b#21']],
    ['site:bbs.example.org', ['b#21']],
    ['-site:example', ['a#11', 'a#12']],
    ['before:2021', ['a#12']],
    ['after:2020-04-16 before:2020-04-17', ['a#12']],
    ['after:2020-04-17', ['b#21']],
    ['奥数 after:2022', []],
    ['nothing:here', []],
    ['', []],
    ['   ', []],
    ['author:', []],
  ])('%s', async (typed, expected) => {
    const archive = await library()
    expect(await find(archive, typed)).toEqual(expected)
    await tidyTexts(archive)
    expect(await find(archive, typed)).toEqual(expected)
  })

  test('marks what was found where it stands', async () => {
    const archive = await library()
    const { hits } = await ask(new Searcher(archive), '湖 script')
    expect(hits.map(({ title, hits: [first] }) => [bracketed(title), bracketed(first!.excerpt)])).toEqual([
      ['[湖]边', 'Ｊａｖａ [Script] 与塔'],
    ])
    const [first] = (await ask(new Searcher(archive), '蟹')).hits
    expect(bracketed(first!.hits[0]!.author)).toBe('[蟹] ZOEA')
  })

  test('shows as many threads as asked, those read last first, and more when asked', async () => {
    const archive = newArchive()
    for (let each = 0; each < 5; each++)
      await storeThread(
        archive,
        threadOf([postOf('1')], { key: `t${each}`, title: each === 1 ? '帖子' : '' }),
        pageRead(1, each),
      )
    const searcher = new Searcher(archive)
    const state = await ask(searcher, '帖子', 2)
    expect([state.threads, state.posts, state.hits.map(({ key }) => key)]).toEqual([5, 5, ['t1', 't4']])
    let more: string[] = []
    await searcher.showMore(4, ({ hits }) => (more = hits.map(({ key }) => key)))
    expect(more).toEqual(['t1', 't4', 't3', 't2'])
  })
})
