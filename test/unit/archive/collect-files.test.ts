import { expect, test } from 'vitest'
import { collectFiles, filesOfPost } from '../../../archive/collect-files.ts'
import { listFileAddresses, noteMissing } from '../../../archive/file-addresses.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import { newArchive, pageRead, postOf, threadOf, timeAt } from './sample-thread.ts'

const BOTH = { picture: true, file: true }

test('pictures of the own words and attachments, each once, addresses of the web alone', () => {
  const html = [
    '<p><img src="https://a.example/1.png"><a href="https://a.example/no.png">no</a>',
    '<b><img alt="x" src="https://a.example/2.png"></b><img src="https://a.example/1.png">',
    '<img src="data:image/png;base64,AAAA"><img src="file:///etc/passwd"><img>',
    `<img src="https://a.example/${'x'.repeat(5000)}"></p>`,
  ].join('')
  const attachments = [
    { name: '2', url: 'https://a.example/2.png', kind: 'file' as const },
    { name: '3', url: 'https://a.example/3.png', kind: 'image' as const },
    { name: '4', url: 'https://a.example/4.zip', kind: 'file' as const },
    { name: '5', url: 'javascript:alert(1)', kind: 'file' as const },
    { name: '6', url: '', kind: 'file' as const },
  ]
  expect(filesOfPost({ html, attachments }).map(({ url, kind }) => [url.slice(18), kind])).toEqual([
    ['1.png', 'picture'],
    ['2.png', 'picture'],
    ['3.png', 'picture'],
    ['4.zip', 'file'],
  ])
})

test('a body of a hundred thousand nested elements', () => {
  const html = `${'<b>'.repeat(100_000)}<img src="https://a.example/1.png">`
  expect(() => filesOfPost({ html, attachments: [] })).not.toThrow()
})

test('all of a thread, in order; twice is once; what is wanted no longer is forgotten', async () => {
  const archive = newArchive()
  const posts = Array.from({ length: 600 }, (_, index) =>
    postOf(String(index + 1), {
      floor: index + 1,
      html: `<img src="https://a.example/${index}.png"><img src="https://a.example/smile.gif">`,
      attachments: [{ name: 'a', url: `https://a.example/${index}.zip`, kind: 'file' }],
    }),
  )
  await storeThread(archive, threadOf(posts, { key: 'a' }), pageRead(1))
  await collectFiles(archive, 'a', BOTH, timeAt(0))
  await collectFiles(archive, 'a', BOTH, timeAt(0))
  const rows = (await listFileAddresses(archive, 'a')).sort((a, b) => a.position - b.position)
  expect(rows).toHaveLength(1201)
  expect(rows.slice(0, 5).map(({ url }) => url.slice(18))).toEqual(['0.png', 'smile.gif', '0.zip', '1.png', '1.zip'])
  await collectFiles(archive, 'a', { picture: true, file: false }, timeAt(0))
  expect(await archive.fileAddresses.count()).toBe(601)
})

test('what is missing is opened again by a later save, not by the same', async () => {
  const archive = newArchive()
  const post = postOf('1', { html: '<img src="https://a.example/1.png">' })
  await storeThread(archive, threadOf([post], { key: 'a' }), pageRead(1))
  await collectFiles(archive, 'a', BOTH, timeAt(0))
  await noteMissing(archive, { threadKey: 'a', url: 'https://a.example/1.png' }, 'network', timeAt(5))
  await collectFiles(archive, 'a', BOTH, timeAt(5))
  expect((await listFileAddresses(archive, 'a'))[0]!.state).toBe('missing')
  await collectFiles(archive, 'a', BOTH, timeAt(6))
  expect((await listFileAddresses(archive, 'a'))[0]!.state).toBe('open')
})
