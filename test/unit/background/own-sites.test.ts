import { beforeEach, expect, test } from 'vitest'
import { browser } from 'wxt/browser'
import { handleOwnSites } from '../../../background/own-sites.ts'
import { readStoredSites } from '../../../settings/own-sites.ts'
import { deliver, ownPage } from '../messages/deliver.ts'

handleOwnSites()

beforeEach(() => browser.storage.local.clear())

const site = (host: string, name = host) => ({
  name,
  hosts: [host],
  addresses: ['/t/{id}'],
  post: '.post',
  author: '.author',
  body: '.body',
})
const add = (given: unknown) => deliver('addOwnSites', { text: JSON.stringify(given) }, ownPage('options.html'))

test('a host that was described before is described anew', async () => {
  expect(await add(site('tea.example.org', 'Tea'))).toEqual({ added: 1 })
  expect(await add([site('tea.example.org', 'More tea'), site('b.example.org')])).toEqual({ added: 2 })
  expect(await readStoredSites()).toEqual([site('tea.example.org', 'More tea'), site('b.example.org')])
})

test.each([
  ['my-tea.example.org', 'my.tea.example.org'],
  ['a-host-with-a-very-long-name-of-its-own-1.example.org', 'a-host-with-a-very-long-name-of-its-own-2.example.org'],
])('%s and %s are two hosts, however alike their names', async (one, other) => {
  await add(site(one))
  await add(site(other))
  expect(await readStoredSites()).toEqual([site(one), site(other)])
})

test('of a list with a bad description nothing is added', async () => {
  const problem = { index: 1, field: 'hosts', reason: 'bad-host' }
  expect(await add([site('tea.example.org'), site('*')])).toEqual({ added: 0, problem })
  expect(await readStoredSites()).toEqual([])
})
