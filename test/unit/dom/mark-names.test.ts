import { expect, test } from 'vitest'
import { parseRecord } from '../../../dom/mark-names.ts'

test.each([
  ['{"href":"jump-to.php?url=https%3A%2F%2Fa.example"}', { href: 'jump-to.php?url=https%3A%2F%2Fa.example' }],
  ['{"href":"https://a.example/","rel":null,"title":"x"}', { href: 'https://a.example/', rel: null, title: 'x' }],
  ['{"href":"//a.example/","hidden":""}', { href: '//a.example/', hidden: '' }],
])('a record of ours is read as it was written: %s', (stored, record) => expect(parseRecord(stored)).toEqual(record))

test.each([
  '{"href":"javascript:alert(1)"}',
  '{"href":" \\u0001java\\nscript:alert(1)"}',
  '{"href":"data:text/html,x"}',
  '{"href":"vbscript:x"}',
  '{"href":"blob:https://a.example/1"}',
  '{"onclick":"alert(1)","style":"x","src":"x","__proto__":{"href":"x"}}',
  '{"href":1,"title":{}}',
  '[]',
  'null',
  '"x"',
  '{',
  '',
])('a record that a page forged restores nothing that could run: %s', (stored) =>
  expect(parseRecord(stored)).toEqual({}),
)
