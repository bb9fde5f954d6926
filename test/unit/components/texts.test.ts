import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYAML } from 'confbox'
import { expect, test } from 'vitest'
import { aids } from '../../../aids/registry.ts'
import { failureText, issueText } from '../../../components/archive/issue-text.ts'
import { formatBytes } from '../../../components/format-bytes.ts'
import { linkHost } from '../../../components/links/link-host.ts'
import { aidText } from '../../../components/settings/aid-text.ts'
import { authorName } from '../../../components/thread/author-name.ts'
import { ownDay, wallClock } from '../../../components/thread/wall-clock.ts'

const root = join(import.meta.dirname, '../../..')

test("a post's time is shown on the forum's clock, in whatever zone the reader is", () => {
  expect(wallClock('2020-04-14T22:27:34+08:00')).toBe('2020-04-14 22:27')
  expect(wallClock('2020-04-14T22:27:34')).toBe('2020-04-14 22:27')
  expect(wallClock('yesterday')).toBe('yesterday')
})

test('what the reader did is told by day', () => {
  expect(ownDay('2026-11-22T12:00:00Z')).toMatch(/2026/)
  expect(ownDay('never')).toBe('never')
})

test('an author is shown by nickname and login name, once where they are the same', () => {
  expect(authorName({ username: 'ZOEA', nickname: '蟹' })).toBe('蟹（ZOEA）')
  expect(authorName({ username: 'ZOEA', nickname: 'ZOEA' })).toBe('ZOEA')
  expect(authorName({ username: 'ZOEA', nickname: '' })).toBe('ZOEA')
})

test.each([
  ['https://www.example.com:8080/a?b#c', 'www.example.com:8080'],
  ['https://user:pass@evil.example/bank.example', 'evil.example'],
  ['https://аррӏе.com/', 'xn--80ak6aa92e.com'],
  ['no address', ''],
])('the host of %s cannot pass for another', (url, host) => expect(linkHost(url)).toBe(host))

test.each([
  [0, '0 KB'],
  [1, '1 KB'],
  [999_000, '999 KB'],
  [1_500_000, '1.5 MB'],
  [2_340_000_000, '2.3 GB'],
])('%i bytes are %s', (bytes, words) => expect(formatBytes(bytes)).toBe(words))

test('every aid has its name, what it does and its options in words', () => {
  for (const aid of aids) {
    for (const name of ['name', 'description', ...Object.keys(aid.options)])
      expect(aidText(aid.id, name), name).not.toBe('')
  }
})

/** The members of a union of string literals, as its source has them. */
function codesIn(file: string, type: string): string[] {
  const source = readFileSync(join(root, file), 'utf8')
  const [, union = ''] = new RegExp(`export type ${type} =([\\s\\S]*?)\\n\\n`).exec(`${source}\n\n`) ?? []
  return [...union.matchAll(/^ {2}\| '([a-z0-9-]+)'/gm)].map(([, code]) => code!)
}

test('every code of the parser and of the archive has a sentence of its own', () => {
  const issues = codesIn('formats/dump/diagnostic.ts', 'DiagnosticCode')
  const failures = codesIn('archive/archive-error.ts', 'ArchiveErrorCode')
  expect([issues.length > 10, failures.length > 5]).toEqual([true, true])
  const words = [
    ...issues.map((code) => issueText({ code, line: 3, message: '' })),
    ...failures.map((code) => failureText({ code, detail: 'x' })),
  ]
  expect(words.filter((text) => text === '')).toEqual([])
  expect(new Set(words).size).toBe(words.length)
})

test('a code that is new says what was reported', () => {
  expect(issueText({ code: 'brand-new', line: 1, message: 'In English.' })).toBe('In English.')
})

test('no text is cut off at a # that YAML takes for a comment', () => {
  for (const language of ['zh_CN', 'en']) {
    const source = readFileSync(join(root, `locales/${language}.yml`), 'utf8')
    const cut = source.split('\n').filter((line) => /^ +[\w-]+: [^'"#][^'"]* #/.test(line))
    expect(cut, language).toEqual([])
    expect(parseYAML(source)).toHaveProperty('popup.title')
  }
})
