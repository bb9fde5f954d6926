import { expect, it } from 'vitest'
import { quotedName } from '../../../../sites/reading/quoted-name.ts'

it.each([
  ['Ann wrote:', 'Ann'],
  ['Ann Lee wrote: ↑ Tue Mar 05, 2024 8:01 am', 'Ann Lee'],
  ['Ann B. a écrit :', 'Ann B.'],
  ['Ann Lee hat geschrieben: ↑Di 5. Mär 2024, 08:01', 'Ann Lee'],
  ['Ann schrieb:', 'Ann'],
  ['Ann писал(а): ↑', 'Ann'],
  ['Ann пишет:', 'Ann'],
  ['Ann napisał/a:', 'Ann'],
  ['Ann ha scritto:', 'Ann'],
  ['Ann escribió:', 'Ann'],
  ['Ann Lee 写道：', 'Ann Lee'],
  ['Ann 寫: ↑2024-03-05 08:01', 'Ann'],
  ['小安写道：', '小安'],
  ['安 さんが書きました:', '安'],
  ['Ann yazdı:', 'Ann'],
  ['(03-05-2024, 08:01 AM)Ann Lee Wrote:', 'Ann Lee'],
  ['(2024-03-05, 08:01)Ann 提到：', 'Ann'],
  ['Ann:', 'Ann'],
  ['wrote:', 'wrote'],
  ['Ann did not say so', 'Ann did not say so'],
  ['', ''],
])('«%s» quotes %s', (head, name) => {
  expect(quotedName(head)).toBe(name)
})

it('of a head without end the beginning is looked at', () => {
  expect(quotedName(' a'.repeat(100_000)).length).toBeLessThan(250)
})
