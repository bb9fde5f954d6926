import { fromMarkdown } from 'mdast-util-from-markdown'
import { expect, test } from 'vitest'
import { formatJson, parseJson } from '../../../formats/json.ts'
import { formatMarkdown } from '../../../formats/markdown.ts'
import { FilesBeside, FilesInText, withFilesEncoded } from '../../../formats/stored-files.ts'
import { makePost, makeThread } from './hostile-threads.ts'

const blob = (text: string) => new Blob([text])

const FILES = new Map([
  ['https://a.example/1.png', { type: 'image/png', bytes: blob('one') }],
  ['https://a.example/2.svg', { type: 'image/svg+xml', bytes: blob('two') }],
  ['https://a.example/3', { type: 'application/octet-stream', bytes: blob('three') }],
  ['https://a.example/4', { type: 'application/octet-stream', bytes: blob('four') }],
])

const POST = makePost(1, {
  html: '<p><img src="https://a.example/1.png" alt="一"><img src="https://a.example/gone.png"><img src="https://a.example/3"></p>',
  attachments: [
    { name: 'con.html', url: 'https://a.example/3', kind: 'file' },
    { name: 'CON.html', url: 'https://a.example/4', kind: 'file' },
    { name: '图 [二].svg', url: 'https://a.example/2.svg', kind: 'image' },
    { name: 'gone', url: 'https://a.example/gone.zip', kind: 'file' },
  ],
})

const namesOf = (beside: FilesBeside) => beside.files.map(({ name }) => name)

test('Markdown links the files beside it, each once, under safe names', () => {
  const beside = new FilesBeside(FILES, '湖边 (2).files')
  const markdown = formatMarkdown(makeThread([POST, makePost(2, { html: POST.html })]), { beside })
  expect(namesOf(beside)).toEqual([
    '湖边 (2).files/0001.png',
    '湖边 (2).files/_con.html',
    '湖边 (2).files/_CON (2).html',
    '湖边 (2).files/0004.svg',
  ])
  const folder = encodeURIComponent('湖边 (2).files')
  const addresses = JSON.stringify(fromMarkdown(markdown)).match(/"url":"[^"]*"/g)!
  for (const name of ['0001.png', '_con.html', '_CON%20(2).html', '0004.svg']) {
    expect(addresses).toContain(`"url":"${folder}/${name}"`)
  }
  expect(addresses).toContain('"url":"https://a.example/gone.png"')
})

test('JSON names the files beside it, and reads back the same', () => {
  const beside = new FilesBeside(FILES, 'a.files')
  const json = formatJson(makeThread([POST]), { beside })
  const { threads, problems } = parseJson(json)
  expect(problems).toEqual([])
  expect(threads[0]!.posts[0]!.attachments).toEqual(POST.attachments)
  const written = JSON.parse(json) as { threads: { posts: { files: unknown }[] }[] }
  expect(written.threads[0]!.posts[0]!.files).toEqual([
    { url: 'https://a.example/1.png', path: 'a.files/0001.png', type: 'image/png' },
    { url: 'https://a.example/3', path: 'a.files/0002.bin', type: 'application/octet-stream' },
    { url: 'https://a.example/4', path: 'a.files/_CON.html', type: 'application/octet-stream' },
    { url: 'https://a.example/2.svg', path: 'a.files/0004.svg', type: 'image/svg+xml' },
  ])
})

test('files in a text come out where they were put, whatever the text is', async () => {
  const files = new FilesInText()
  const bytes = new Uint8Array(400_000).map((_, index) => index % 251)
  const large = { type: 'image/png', bytes: new Blob([bytes]) }
  const small = { type: 'image/"><script>', bytes: blob('x') }
  const text = `bytes-0;|${files.address(large)}|${files.address(small)}|bytes-1;`
  const written = (await Array.fromAsync(withFilesEncoded(files.split(text)))).join('')
  expect(written).toBe(
    `bytes-0;|data:image/png;base64,${Buffer.from(bytes).toString('base64')}|data:application/octet-stream;base64,eA==|bytes-1;`,
  )
  expect([...files.split('no files')]).toEqual(['no files'])
})
