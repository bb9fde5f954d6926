import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findKeyHolder, isKey, keyOf, keySetting } from '../../../core/keys.ts'

const press = (key: string, code = '', shiftKey = false) => keyOf({ key, code, shiftKey })

test.each([
  ['j', 'KeyJ', false, 'j'],
  ['J', 'KeyJ', false, 'j'], // Caps Lock
  ['J', 'KeyJ', true, 'J'],
  ['j', 'KeyJ', true, 'J'], // Caps Lock and Shift
  ['?', 'Slash', true, '?'],
  ['？', 'Slash', true, '?'],
  ['、', 'Slash', false, '/'],
  ['о', 'KeyJ', false, 'j'], // a Russian keyboard
  ['О', 'KeyJ', true, 'J'],
  ['q', 'KeyA', false, 'q'], // a French one: what is written counts
  ['é', 'Digit2', false, undefined],
  [' ', 'Space', false, undefined],
  ['Enter', 'Enter', false, undefined],
  ['Process', 'KeyJ', false, undefined],
  ['Dead', 'Quote', false, undefined],
])('pressing %j (%s, shift %j) is %j', (key, code, shift, expected) => {
  expect(press(key, code, shift)).toBe(expected)
})

test('whatever is pressed is a key or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.boolean(), (key, code, shift) => {
      const read = press(key, code, shift)
      expect(read === undefined || isKey(read)).toBe(true)
    }),
  )
})

test.each([
  ['x', 'x'],
  ['', ''],
  ['xy', undefined],
  [' ', undefined],
  ['楼', undefined],
  [7, undefined],
  [null, undefined],
])('a stored key %j is read as %j', (stored, expected) => {
  expect(keySetting('j').parse(stored)).toBe(expected)
})

test('says who has a key', () => {
  const keys = { next: 'j', previous: 'k', fold: '', quote: '' }
  expect(findKeyHolder(keys, 'j', 'previous')).toBe('next')
  expect(findKeyHolder(keys, 'j', 'next')).toBeUndefined()
  expect(findKeyHolder(keys, '', 'fold')).toBeUndefined()
})
