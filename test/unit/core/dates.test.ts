import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findDateOrder, parseTime, timeFromEpoch } from '../../../core/dates.ts'
import { offsetAt, parseOffset } from '../../../core/dates/zone.ts'

/** A Wednesday; in Beijing 20:30, in Detroit 08:30. */
const readAt = new Date('2024-05-15T12:30:40Z')
const zoneBefore = process.env['TZ']

beforeAll(() => {
  process.env['TZ'] = 'Asia/Shanghai'
})
afterAll(() => {
  if (zoneBefore === undefined) delete process.env['TZ']
  else process.env['TZ'] = zoneBefore
})

describe('a day and an hour', () => {
  it.each([
    ['2023-12-17 11:23', '2023-12-17T11:23:00'],
    ['2023-12-17T11:23:05', '2023-12-17T11:23:05'],
    ['2020-2-9 9:09:01', '2020-02-09T09:09:01'],
    ['发表于 2020-2-19 19:19:11', '2020-02-19T19:19:11'],
    ['2023/12/17 23:59', '2023-12-17T23:59:00'],
    ['2023.12.17. 11:23', '2023-12-17T11:23:00'],
    ['2023年12月17日 11:23', '2023-12-17T11:23:00'],
    ['2023年12月17日 下午3:04', '2023-12-17T15:04:00'],
    ['2023年12月17日 15時04分05秒', '2023-12-17T15:04:05'],
    ['2023년 12월 17일 오후 3:04', '2023-12-17T15:04:00'],
    ['2023/12/17 午前 0:04', '2023-12-17T00:04:00'],
    ['Sun Dec 17, 2023 11:23 am', '2023-12-17T11:23:00'],
    ['Sun Dec 17, 2023 12:00 am', '2023-12-17T00:00:00'],
    ['Sun Dec 17, 2023 12:00 pm', '2023-12-17T12:00:00'],
    ['Feb 14, 2026 | 9:05 pm', '2026-02-14T21:05:00'],
    ['30th March 2025, 16:26', '2025-03-30T16:26:00'],
    ['11-29-2024, 09:03 AM', '2024-11-29T09:03:00'],
    ['03.03.2011,\u00a014:17', '2011-03-03T14:17:00'],
    ['17.12.23 11:23', '2023-12-17T11:23:00'],
    ['17.12.99 11:23', '1999-12-17T11:23:00'],
    ['So 17. Dez 2023, 11:23', '2023-12-17T11:23:00'],
    ['Dienstag, 5. März 2024, 08:01', '2024-03-05T08:01:00'],
    ['mardi 5 mars 2024 à 08h01', '2024-03-05T08:01:00'],
    ['mardi 6 août 2024 08:01', '2024-08-06T08:01:00'],
    ['Mar 5 nov. 2024 08:01', '2024-11-05T08:01:00'],
    ['17 de diciembre de 2023, 11:23', '2023-12-17T11:23:00'],
    ['5 ago 2023 11:23', '2023-08-05T11:23:00'],
    ['dom 17 dic 2023, 11:23 p. m.', '2023-12-17T23:23:00'],
    ['domenica 3 settembre 2023, 11:23', '2023-09-03T11:23:00'],
    ['Dom Out 1, 2023 11:23 am', '2023-10-01T11:23:00'],
    ['17 de março de 2023 11:23', '2023-03-17T11:23:00'],
    ['za 4 mei 2024, 11:23', '2024-05-04T11:23:00'],
    ['17 декабря 2023, 11:23', '2023-12-17T11:23:00'],
    ['Вс май 5, 2019 11:23', '2019-05-05T11:23:00'],
    ['17 października 2023, 11:23', '2023-10-17T11:23:00'],
    ['Fri Mar 25 11:52:04 2016', '2016-03-25T11:52:04'],
    ['٢٠٢٣-١٢-١٧ ١١:٢٣', '2023-12-17T11:23:00'],
    ['２０２３－１２－１７ １１：２３', '2023-12-17T11:23:00'],
    ['Dec 17, 2023', '2023-12-17'],
    ['17.12.2023', '2023-12-17'],
  ])('%s is %s', (text, expected) => {
    expect(parseTime(text, { readAt })).toBe(expected)
  })

  it.each([
    ['02/11/2023 11:23', 'dmy', '2023-11-02T11:23:00'],
    ['02/11/2023 11:23', 'mdy', '2023-02-11T11:23:00'],
    ['02-11-23 11:23', 'ymd', '2002-11-23T11:23:00'],
    ['02/11/2023 11:23', undefined, undefined],
    ['02/02/2023 11:23', undefined, '2023-02-02T11:23:00'],
    ['17/12/2023 11:23', 'mdy', '2023-12-17T11:23:00'],
    ['12-17 11:23', 'ymd', '2023-12-17T11:23:00'],
    ['5-15 11:23', 'ymd', '2024-05-15T11:23:00'],
    ['12月17日 11:23', undefined, '2023-12-17T11:23:00'],
    ['17 Dec, 11:23', undefined, '2023-12-17T11:23:00'],
    ['May 15, 11:23', undefined, '2024-05-15T11:23:00'],
  ] as const)('%s by %s is %s', (text, order, expected) => {
    expect(parseTime(text, { readAt, order })).toBe(expected)
  })

  it.each([
    ['2024-01-02T12:32:14+0000', '2024-01-02T12:32:14+00:00'],
    ['2024-10-08T05:58:20-0500', '2024-10-08T05:58:20-05:00'],
    ['2024-11-27T15:50:23.066Z', '2024-11-27T15:50:23+00:00'],
    ['2023-01-05 13:55:16 +08:00', '2023-01-05T13:55:16+08:00'],
    ['2023-12-17 11:23 UTC', '2023-12-17T11:23:00+00:00'],
    ['2023-12-17 11:23 GMT+2', '2023-12-17T11:23:00+02:00'],
  ])('keeps the offset of %s', (text, expected) => {
    expect(parseTime(text)).toBe(expected)
    expect(parseTime(text, { zone: '-03:00' })).toBe(expected)
  })

  it.each([
    ['2023-12-17 11:23', '+08:00', '2023-12-17T11:23:00+08:00'],
    ['2023-12-17 11:23', 'America/Detroit', '2023-12-17T11:23:00-05:00'],
    ['2023-07-17 11:23', 'America/Detroit', '2023-07-17T11:23:00-04:00'],
    ['2023-07-17 11:23', 'No/Where', '2023-07-17T11:23:00'],
  ])('%s on the clock of %s is %s', (text, zone, expected) => {
    expect(parseTime(text, { zone })).toBe(expected)
  })

  it.each([
    '',
    'never',
    '2023-02-30 11:23',
    '2020-01-01 24:00:00',
    '2020-01-01 11:60',
    '31.04.2024',
    '2566-12-17 11:23',
    '11:23',
    'Posts: 12',
    'Mario 12345',
    '#661',
  ])('%j is no time', (text) => {
    expect(parseTime(text, { readAt })).toBeUndefined()
  })
})

describe('told from the moment of reading', () => {
  it.each([
    ['3 小时前', '2024-05-15T17:30:00+08:00'],
    ['3小时前', '2024-05-15T17:30:00+08:00'],
    ['半小时前', '2024-05-15T20:00:00+08:00'],
    ['1 小时 54 分钟前', '2024-05-15T18:36:00+08:00'],
    ['3 天前', '2024-05-12T20:30:00+08:00'],
    ['刚刚', '2024-05-15T20:30:00+08:00'],
    ['30 秒前', '2024-05-15T20:30:00+08:00'],
    ['2 hours ago', '2024-05-15T18:30:00+08:00'],
    ['an hour ago', '2024-05-15T19:30:00+08:00'],
    ['1 day, 2 hours ago', '2024-05-14T18:30:00+08:00'],
    ['less than a minute ago', '2024-05-15T20:30:00+08:00'],
    ['2h ago', '2024-05-15T18:30:00+08:00'],
    ['5m ago', '2024-05-15T20:25:00+08:00'],
    ['vor 5 Minuten', '2024-05-15T20:25:00+08:00'],
    ['vor einer Stunde', '2024-05-15T19:30:00+08:00'],
    ['il y a 2 heures', '2024-05-15T18:30:00+08:00'],
    ['hace 3 días', '2024-05-12T20:30:00+08:00'],
    ['2 ore fa', '2024-05-15T18:30:00+08:00'],
    ['há 2 horas', '2024-05-15T18:30:00+08:00'],
    ['2 uur geleden', '2024-05-15T18:30:00+08:00'],
    ['5 минут назад', '2024-05-15T20:25:00+08:00'],
    ['5 minut temu', '2024-05-15T20:25:00+08:00'],
    ['3時間前', '2024-05-15T17:30:00+08:00'],
    ['3시간 전', '2024-05-15T17:30:00+08:00'],
    ['今天 08:05', '2024-05-15T08:05:00+08:00'],
    ['昨天 22:40', '2024-05-14T22:40:00+08:00'],
    ['前天 22:40', '2024-05-13T22:40:00+08:00'],
    ['Today, 08:05 AM', '2024-05-15T08:05:00+08:00'],
    ['Yesterday at 3:04 PM', '2024-05-14T15:04:00+08:00'],
    ['heute, 08:05', '2024-05-15T08:05:00+08:00'],
    ['Gestern, 22:40', '2024-05-14T22:40:00+08:00'],
    ['Vorgestern, 22:40', '2024-05-13T22:40:00+08:00'],
    ['Hier, 22:40', '2024-05-14T22:40:00+08:00'],
    ["Aujourd'hui à 08:05", '2024-05-15T08:05:00+08:00'],
    ['Вчера, 22:40', '2024-05-14T22:40:00+08:00'],
    ['Позавчера, 22:40', '2024-05-13T22:40:00+08:00'],
    ['wczoraj, 22:40', '2024-05-14T22:40:00+08:00'],
    ['어제 오후 3:04', '2024-05-14T15:04:00+08:00'],
    ['Tuesday at 3:04 PM', '2024-05-14T15:04:00+08:00'],
    ['Wednesday at 3:04 PM', '2024-05-08T15:04:00+08:00'],
    ['昨天', '2024-05-14'],
  ])('%s was %s', (text, expected) => {
    expect(parseTime(text, { readAt, zone: '+08:00' })).toBe(expected)
    expect(parseTime(text)).toBeUndefined()
  })

  it('is an instant for a span and has no offset for a day, where the zone is unknown', () => {
    expect(parseTime('3 小时前', { readAt })).toBe('2024-05-15T09:30:00+00:00')
    expect(parseTime('昨天 22:40', { readAt })).toBe('2024-05-14T22:40:00')
    // 20:30 in Beijing: the day there, not in London.
    expect(parseTime('今天 01:00', { readAt: new Date('2024-05-15T17:30:00Z') })).toBe('2024-05-16T01:00:00')
  })

  it('counts days on the page’s own clock', () => {
    expect(parseTime('Today, 01:00', { readAt: new Date('2024-05-15T02:00:00Z'), zone: '-05:00' })).toBe(
      '2024-05-14T01:00:00-05:00',
    )
  })
})

describe('findDateOrder', () => {
  it.each([
    [['01-02-2024', '11-29-2024'], 'mdy'],
    [['01/02/2024', '29/11/2024'], 'dmy'],
    [['29/11/2024', '11/29/2024'], undefined],
    [['01-02-2024'], undefined],
    [['2024-11-29'], undefined],
  ])('%j tell %s', (texts, expected) => {
    expect(findDateOrder(texts)).toBe(expected)
  })
})

describe('parseOffset', () => {
  it.each([
    ['GMT +1', '+01:00'],
    ['GMT -6.', '-06:00'],
    ['GMT-5', '-05:00'],
    ['GMT+8', '+08:00'],
    ['UTC-04:00', '-04:00'],
    ['UTC', '+00:00'],
    ['GMT +5.5', '+05:30'],
    ['GMT -3.5.', '-03:30'],
    ['GMT+5.75', '+05:45'],
    ['+05.30', '+05:30'],
    ['GMT +8.', '+08:00'],
    ['+0530', '+05:30'],
    ['UTC+19', undefined],
    ['Berlin', undefined],
    ['', undefined],
  ])('%s is %s', (text, expected) => {
    expect(parseOffset(text)).toBe(expected)
  })
})

describe('timeFromEpoch', () => {
  it.each([
    [1_447_611_840, undefined, '2015-11-15T18:24:00+00:00'],
    ['1447611840', '+08:00', '2015-11-16T02:24:00+08:00'],
    ['', undefined, undefined],
    [Number.NaN, undefined, undefined],
    [-5, undefined, undefined],
    [1e12, undefined, undefined],
  ])('%s in %s is %s', (seconds, zone, expected) => {
    expect(timeFromEpoch(seconds, zone)).toBe(expected)
  })
})

describe('any text', () => {
  it('never throws and gives nothing but ISO 8601', () => {
    const piece = fc.constantFrom(
      ...[
        '2023',
        '12',
        '31',
        '-',
        '/',
        '.',
        ':',
        ' ',
        'Dec',
        '昨天',
        'ago',
        'Z',
        '+08:00',
        'pm',
        '年',
        '月',
        '小时',
        '前',
      ],
    )
    const texts = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(texts, fc.constantFrom('+08:00', 'America/Detroit', '?', undefined), (text, zone) => {
        const time = parseTime(text, { readAt, zone })
        if (time === undefined) return
        expect(time).toMatch(/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?)?$/)
        expect(Number.isNaN(Date.parse(time))).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it('agrees with the clock about named zones', () => {
    expect(offsetAt('Europe/London', Date.UTC(2024, 6, 1))).toBe(60)
    expect(offsetAt('Europe/London', Date.UTC(2024, 0, 1))).toBe(0)
    expect(offsetAt('__proto__/x', 0)).toBeUndefined()
  })
})

describe('dates of the Persian calendar', () => {
  it.each([
    ['1393/05/20, 02:48 PM', '2014-08-11T14:48:00'],
    ['۱۳۹۳/۰۵/۲۰ ۱۴:۴۸', '2014-08-11T14:48:00'],
    ['05-20-1393, 14:48', '2014-08-11T14:48:00'],
    ['دوشنبه ۲۰ مرداد ۱۳۹۳, ۰۲:۴۸ ب.ظ', '2014-08-11T14:48:00'],
    ['دوشنبه ۲۰ مرداد ۱۳۹۳, ۰۲:۴۸ قبل از ظهر', '2014-08-11T02:48:00'],
    ['1 فروردين 1400', '2021-03-21'],
    ['30 اسفند 1399', '2021-03-20'],
    ['1 فروردین 1391', '2012-03-20'],
    ['10 دی 1402', '2023-12-31'],
    ['29 اسفند 1402', '2024-03-19'],
  ])('%s is %s', (text, expected) => {
    expect(parseTime(text)).toBe(expected)
  })

  it.each(['30 اسفند 1402', '31 مهر 1393', '1393/13/01', '1393/07/31 10:00'])('%s is none', (text) => {
    expect(parseTime(text)).toBeUndefined()
  })
})
