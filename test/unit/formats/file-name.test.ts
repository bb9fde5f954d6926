import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeFileName, UniqueNames } from '../../../formats/file-name.ts'

test.each([
  ['湖边的猫', '湖边的猫.md'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j.md'],
  ['../../etc/passwd', 'etc passwd.md'],
  ['  .hidden. ', 'hidden.md'],
  ['CON', '_CON.md'],
  ['com1.txt', '_com1.txt.md'],
  ['lpt³', '_lpt³.md'],
  ['', 'thread.md'],
  ['\u202e\u0000\u200b', 'thread.md'],
  ['~$x', '$x.md'],
])('%j is saved as %s', (title, name) => {
  expect(safeFileName(title, 'md')).toBe(name)
})

test('any title gives a name that every file system takes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 400 })), (title) => {
      const name = safeFileName(title, 'epub')
      expect(name).toMatch(/^[^.\s].*\.epub$/s)
      expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}\p{Cf}]|[. ]\.epub$/u)
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(180)
      expect(name.isWellFormed()).toBe(true)
    }),
  )
})

test('equal names are told apart, also where case does not count', () => {
  const names = new UniqueNames()
  expect(['a.md', 'A.md', 'a.md', 'a (2).md', 'a.md'].map((name) => names.take(name))).toEqual([
    'a.md',
    'A (2).md',
    'a (3).md',
    'a (2) (2).md',
    'a (4).md',
  ])
})
