// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { createApp, h, type Component } from 'vue'
import ExportDialog from '../../../components/archive/ExportDialog.vue'
import DumpBox from '../../../components/archive/DumpBox.vue'
import ImportReport from '../../../components/archive/ImportReport.vue'
import NumberField from '../../../components/settings/NumberField.vue'

function mount(component: Component, props: Record<string, unknown>): HTMLElement {
  const host = document.createElement('div')
  document.body.replaceChildren(host)
  createApp({ render: () => h(component, props) }).mount(host)
  return host
}

test.each([
  ['1500', [1500]],
  ['7', [200]],
  ['999999', [5000]],
  ['', []],
  ['1200', []],
])('a number field given %j tells %j', (typed, told) => {
  const heard: number[] = []
  const host = mount(NumberField, {
    ...{ label: 'n', modelValue: 1200, bounds: { minimum: 200, maximum: 5000, step: 100 } },
    'onUpdate:modelValue': (value: number) => heard.push(value),
  })
  const input = host.querySelector('input')!
  input.value = typed
  input.dispatchEvent(new Event('change'))
  expect(heard).toEqual(told)
  expect(input.value).toBe(String(told[0] ?? 1200))
})

test('the dump box gives what was typed, and nothing while it is busy', async () => {
  const heard: string[] = []
  const give = async (isBusy: boolean, text: string) => {
    const host = mount(DumpBox, { isBusy, onText: (given: string) => heard.push(given) })
    const box = host.querySelector('textarea')!
    box.value = text
    box.dispatchEvent(new Event('input'))
    host.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  }
  await give(false, '#t 1')
  await give(false, '  \n')
  await give(true, '#t 2')
  expect(heard).toEqual(['#t 1'])
})

test.each([
  [{ count: 3, incompleteCount: 2 }, '3 个帖子里有 2 个不完整'],
  [{ count: 3, incompleteCount: 0 }, undefined],
  [{ count: 1, incomplete: { pagesRead: 2, pageCount: 5 } }, '共 5 页，只读过 2 页'],
])('the export dialog given %j says what is not whole', (props, words) => {
  const { textContent } = mount(ExportDialog, { isBusy: false, ...props })
  if (words) expect(textContent).toContain(words)
  else expect(textContent).not.toContain('不完整')
})

const report = { threads: [], diagnostics: [], diagnosticCount: 0, stopped: false }

test('what is no dump gets one sentence with the line', () => {
  const diagnostics = [{ line: 4, code: 'not-a-dump', message: '' }]
  const { textContent } = mount(ImportReport, { ...report, diagnostics, diagnosticCount: 1 })
  expect(textContent).toContain('第 4 行')
  expect(textContent.match(/。/g)).toHaveLength(1)
})

test('a hostile title stays text, and its link stays in the reader', () => {
  const host = mount(ImportReport, { ...report, threads: [{ key: 'a"/><b>', title: '<img src=x>', posts: 1 }] })
  expect(host.querySelector('img, b')).toBeNull()
  expect(host.querySelector('a')!.getAttribute('href')).toBe('/reader.html#a%22%2F%3E%3Cb%3E')
})
