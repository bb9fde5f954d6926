import { expect, test } from 'vitest'
import { HOME_PAGES, isHomePattern, patternHost, sitePattern } from '../../../core/site-access.ts'

test.each([
  ['https://bbs.example.org/thread-1-1-1.html', '*://bbs.example.org/*'],
  ['http://bbs.example.org:8080/', '*://bbs.example.org/*'],
  ['https://BBS.Example.ORG/', '*://bbs.example.org/*'],
  ['https://bbs.pku.edu.cn@evil.example/', '*://evil.example/*'],
  ['https://论坛.example/', `*://${new URL('https://论坛.example/').hostname}/*`],
  ['http://127.0.0.1:3000/x', '*://127.0.0.1/*'],
  ['http://[::1]/x', '*://[::1]/*'],
  ['file:///home/reader/page.html', undefined],
  ['chrome://extensions/', undefined],
  ['about:blank', undefined],
  ['javascript:alert(1)', undefined],
  ['no address', undefined],
  ['', undefined],
])('the pattern of %s is %s', (address, pattern) => {
  expect(sitePattern(address)).toBe(pattern)
})

test.each([
  ['*://bbs.example.org/*', 'bbs.example.org'],
  ['https://bbs.example.org/*', 'bbs.example.org'],
  ['https://bbs.example.org:8443/*', 'bbs.example.org'],
  ['*://*.example.org/*', '*.example.org'],
  ['*://[::1]/*', '[::1]'],
  ['*://*/*', '*'],
  ['<all_urls>', '*'],
  ['file:///*', undefined],
  ['*://bbs.pku.edu.cn/v2/*', undefined],
  ['*://bbs.pku.edu.cn/*.txt*', undefined],
  ['', undefined],
])('the host of %s is %s', (pattern, host) => {
  expect(patternHost(pattern)).toBe(host)
})

test('home is PKU BBS and no other', () => {
  for (const pattern of HOME_PAGES) expect(isHomePattern(pattern)).toBe(true)
  expect(isHomePattern('https://bbs.pku.edu.cn/*')).toBe(true)
  for (const other of ['*://*/*', '<all_urls>', '*://*.pku.edu.cn/*', '*://bbs.pku.edu.cn.evil.example/*', 'x'])
    expect(isHomePattern(other)).toBe(false)
})
