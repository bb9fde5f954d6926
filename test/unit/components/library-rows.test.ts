import { expect, test } from 'vitest'
import { ref } from 'vue'
import { moveFor } from '../../../components/library/row-keys.ts'
import { useRowSelection } from '../../../components/library/row-selection.ts'

const rowsOf = (...keys: string[]) => keys.map((key) => ({ key }))

test('ranges go from the row that was toggled last, in the order that is shown', () => {
  const shown = ref(rowsOf('a', 'b', 'c', 'd'))
  const { keys, shownKeys, toggle, extendTo, selectAll, clear } = useRowSelection(shown)
  toggle('b')
  extendTo('d')
  expect([...keys.value]).toEqual(['b', 'c', 'd'])
  toggle('c')
  extendTo('a')
  expect(shownKeys.value).toEqual(['a', 'b', 'c', 'd'])
  toggle('d')
  shown.value = rowsOf('d', 'c', 'x')
  expect(shownKeys.value).toEqual(['c'])
  selectAll()
  expect(shownKeys.value).toEqual(['d', 'c', 'x'])
  clear()
  expect(shownKeys.value).toEqual([])
  extendTo('c')
  expect(shownKeys.value).toEqual(['c'])
  extendTo('nothing')
  expect(shownKeys.value).toEqual(['c'])
})

test('keys that are not the list’s are left alone', () => {
  const press = (key: string, more: object = {}, isOnRow = true) =>
    moveFor({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more }, isOnRow)
  expect(press('x')).toBeUndefined()
  expect(press('constructor')).toBeUndefined()
  expect(press('ArrowLeft', { altKey: true })).toBeUndefined()
  expect(press('Enter', {}, false)).toBeUndefined()
  expect(press(' ', {}, false)).toBeUndefined()
  expect([press(' '), press(' ', { shiftKey: true }), press('Enter'), press('Delete')]).toEqual([
    'pick',
    'pickRange',
    'open',
    'remove',
  ])
  expect([press('A', { ctrlKey: true }), press('c', { ctrlKey: true })]).toEqual(['all', undefined])
})
