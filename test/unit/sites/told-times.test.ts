import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../../dom/parse-html.ts'
import { scopeOf } from '../../../dom/query.ts'
import { readThreadPage, sites } from '../../../sites/registry.ts'
import { findSamples, htmlOf } from './samples.ts'

/** Noon in Greenwich, so that it is the same day on the clock of any machine that these tests run on. */
const readAt = new Date('2024-06-05T12:00:00Z')

/** Where the first post of a sample tells its time, by a form that stands there. */
const PLACES = {
  discuz: ['discuz', 'desktop-second-page', '2020-2-9 19:19:11'],
  'discuz touch': ['discuz', 'touch-before-3.5', '2014-2-28 08:05:09'],
  'discuz before X': ['discuz', 'before-x', '2009-10-5 18:48'],
  phpbb3: ['phpbb3', 'middle-page-german', 'Di 5. Mär 2024, 08:01'],
  vbulletin3: ['vbulletin3', 'second-page', '11-29-2024, 09:03 PM'],
  smf2: ['smf2', 'second-page', 'May 01, 2024, 11:23:55 AM'],
  mybb: ['mybb', 'second-page', '02-03-2024, 09:14 PM'],
  fluxbb: ['fluxbb', 'of-a-post', '2024-05-01 10:59:47'],
  tieba: ['tieba', 'second-page', '2024-01-02 12:33'],
} as const

const samples = findSamples()

it.each<[keyof typeof PLACES, string, string]>([
  ['discuz', '昨天&nbsp;09:05', '2024-06-04T09:05:00+08:00'],
  ['discuz', '半小时前', '2024-06-05T19:30:00+08:00'],
  ['discuz', '<span title="2024-6-3 9:05:00">前天&nbsp;09:05</span>', '2024-06-03T09:05:00+08:00'],
  ['discuz touch', '昨天 09:05', '2024-06-04T09:05:00'],
  ['discuz touch', '<span title="2024-6-5 22:59">31&nbsp;分钟前</span>', '2024-06-05T22:59:00'],
  ['discuz before X', '2024-6-5 10:01 AM', '2024-06-05T10:01:00+08:00'],
  ['phpbb3', 'Heute, 08:01', '2024-06-05T08:01:00+02:00'],
  ['phpbb3', 'vor 11 Minuten', '2024-06-05T13:49:00+02:00'],
  ['phpbb3', 'Yesterday, 5:12 pm', '2024-06-04T17:12:00+02:00'],
  ['phpbb3', '04 июн 2024, 17:12', '2024-06-04T17:12:00+02:00'],
  ['phpbb3', '2024/6/4 下午5:12', '2024-06-04T17:12:00+02:00'],
  ['vbulletin3', 'Today, 09:03 AM', '2024-06-05T09:03:00-05:00'],
  ['vbulletin3', '1 Hour Ago', '2024-06-05T06:00:00-05:00'],
  ['vbulletin3', '29th May 2024, 21:03', '2024-05-29T21:03:00-05:00'],
  ['smf2', '<strong>Today</strong> at 05:12:33 PM', '2024-06-05T17:12:33'],
  ['smf2', '<strong>Вчера</strong> в 17:12:33', '2024-06-04T17:12:33'],
  ['mybb', '<span title="06-05-2024">Today</span>, 09:14 AM', '2024-06-05T09:14:00'],
  ['mybb', '3 hours ago', '2024-06-05T09:00:00+00:00'],
  ['fluxbb', 'Hier 17:12:03', '2024-06-04T17:12:03'],
  ['tieba', '昨天 22:40', '2024-06-04T22:40:00+08:00'],
])('%s: «%s» is %s', (place, form, expected) => {
  const [site, name, told] = PLACES[place]
  const { html, url } = samples.find((sample) => sample.site === site && sample.case === name)!
  expect(html).toContain(told)
  expect(readThreadPage(html.replace(told, form), url, { readAt })?.thread.posts[0]?.postedAt).toBe(expected)
})

it('a board half an hour off, by the calendar of its country', () => {
  const { html, url } = samples.find(({ site, case: name }) => site === 'vbulletin3' && name === 'second-page')!
  const persian = html.replace('GMT -5.', 'GMT +3.5.').replace('11-29-2024, 09:03 PM', '1393/05/20, 09:03 PM')
  expect(readThreadPage(persian, url, { readAt })?.thread.posts[0]?.postedAt).toBe('2014-08-11T21:03:00+03:30')
})

describe('times that a page tells from the moment of reading', () => {
  const readAt = new Date('2024-05-15T12:30:00Z')

  it('become absolute', () => {
    const html = htmlOf('tieba', 'second-page').replace('2024-01-02 12:33', '昨天 22:40')
    const page = readThreadPage(html, 'https://tieba.baidu.com/p/5005?pn=2', { readAt })!
    expect(page.thread.posts[0]!.postedAt).toBe('2024-05-14T22:40:00+08:00')
  })

  it('stay unknown to a reader that is not told the moment', () => {
    const html = htmlOf('tieba', 'second-page').replace('2024-01-02 12:33', '昨天 22:40')
    const { read } = sites.find(({ site }) => site.id === 'tieba')!
    const page = read(scopeOf(parseHtml(html)), new URL('https://tieba.baidu.com/p/5005?pn=2'))!
    expect(page.thread.posts[0]!.postedAt).toBeUndefined()
  })
})
