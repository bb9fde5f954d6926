import { expect, test } from 'vitest'
import { decodePage } from '../../../core/decode-page.ts'

/** «北大» in GBK. */
const GBK = [0xb1, 0xb1, 0xb4, 0xf3]
const ascii = (text: string) => [...new TextEncoder().encode(text)]
const page = (head: string, words: readonly number[]) => new Uint8Array([...ascii(head), ...words])

test.each([
  ['the header', page('', GBK), 'text/html; charset=gbk'],
  ['the header in another dress', page('', GBK), 'text/html;Charset = "GB2312"'],
  ['the page, where the header is silent', page('<meta charset="gbk">', GBK), 'text/html'],
  ['an old meta element', page('<meta http-equiv=Content-Type content="text/html; charset=gb18030">', GBK), null],
  ['the header, whatever the page says', page('<meta charset="utf-8">', GBK), 'text/html; charset=gbk'],
  ['nothing: UTF-8', page('', ascii('北大')), null],
  ['an encoding that does not exist: UTF-8', page('', ascii('北大')), 'text/html; charset=nonsense'],
])('the encoding is told by %s', (_what, bytes, contentType) => {
  expect(decodePage(bytes, contentType)).toMatch(/北大$/)
})

test('bytes that are no text are no error', () => {
  expect(decodePage(new Uint8Array([0xff, 0xfe, 0x00]), 'text/html; charset=utf-8')).toContain('\ufffd')
  expect(decodePage(new Uint8Array(), null)).toBe('')
})

test('an encoding named far below the head is not looked for', () => {
  const bytes = page(`${' '.repeat(5000)}<meta charset="gbk">`, ascii('北大'))
  expect(decodePage(bytes, null)).toMatch(/北大$/)
})
