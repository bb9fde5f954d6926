// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { createApp, h, nextTick, shallowReactive, type Component } from 'vue'
import FilterPanel from '../../../components/library/FilterPanel.vue'
import LibraryToolbar from '../../../components/library/LibraryToolbar.vue'
import TagManager from '../../../components/library/TagManager.vue'
import KeyFields from '../../../components/settings/KeyFields.vue'
import NumberField from '../../../components/settings/NumberField.vue'

/** Mounts a component whose properties can be changed. */
function mount(component: Component, given: Record<string, unknown>) {
  const host = document.createElement('div')
  document.body.replaceChildren(host)
  const props = shallowReactive(given)
  createApp({ render: () => h(component, props) }).mount(host)
  return { host, props }
}

const facet = (value: string, count: number) => ({ value, count, label: value })
const facets = {
  ...{ sites: [], boards: [], authors: [facet('ann', 2)], tags: [], languages: [] },
  ...{ isSaved: 1, isUnread: 1, isIncomplete: 1, hasFiles: 1, isCached: 1 },
}

test.each<[string, Component, Record<string, unknown>, Record<string, unknown>, string]>([
  ['a number', NumberField, numbers(), { label: 'm' }, 'input'],
  ['an author', FilterPanel, { facets, filters: {} }, { facets: { ...facets, isSaved: 2 } }, 'input[type=text]'],
  [
    'a title',
    LibraryToolbar,
    { view: { title: '', sort: 'title', isDescending: true } },
    { view: { title: '', sort: 'title', isDescending: false } },
    'input',
  ],
  ['a key', KeyFields, { values: { a: 'j' }, ...keys() }, { values: { a: 'j', b: 'k' } }, 'input'],
])('%s that is half typed stays when the page is drawn again', async (_name, component, given, changed, selector) => {
  const { host, props } = mount(component, given)
  const field = host.querySelector<HTMLInputElement>(selector)!
  field.value = '12'
  Object.assign(props, changed)
  await nextTick()
  expect(field.value).toBe('12')
})

test('the new name of a tag stays when threads are tagged meanwhile', async () => {
  const renamed: string[][] = []
  const { host, props } = mount(TagManager, {
    ...{ tags: [facet('周末', 3)], isBusy: false },
    onRename: (...names: string[]) => renamed.push(names),
  })
  host.querySelector<HTMLButtonElement>('li button')!.click()
  await nextTick()
  host.querySelector('input')!.value = '周日'
  Object.assign(props, { tags: [facet('周末', 4)], isBusy: true })
  await nextTick()
  host.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  expect(renamed).toEqual([['周末', '周日']])
})

test('a value that is another now is shown', async () => {
  const { host, props } = mount(NumberField, numbers())
  Object.assign(props, { modelValue: 300 })
  await nextTick()
  expect(host.querySelector('input')!.value).toBe('300')
})

function numbers() {
  return { label: 'n', modelValue: 1200, bounds: { minimum: 200, maximum: 5000, step: 100 } }
}

function keys() {
  return { fields: [{ name: 'a', label: 'A', setting: { kind: 'key', default: 'j' } }] }
}
