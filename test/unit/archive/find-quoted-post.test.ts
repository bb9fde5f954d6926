import { expect, test } from 'vitest'
import { findQuotedPost } from '../../../archive/find-quoted-post.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import { trashThreads } from '../../../archive/trash.ts'
import type { Post } from '../../../core/thread.ts'
import { dumpRead, newArchive, pageRead, postOf, threadOf, timeAt } from './sample-thread.ts'

const { key } = threadOf([])
const by = (username: string, nickname?: string) => ({ author: { username, ...(nickname && { nickname }) } })

async function archiveOf(posts: Post[], reading = pageRead(1)) {
  const archive = newArchive()
  await storeThread(archive, threadOf(posts), reading)
  return archive
}

test('a post is found by its id, whatever else is said of it', async () => {
  const archive = await archiveOf([postOf('1', by('甲')), postOf('2', by('乙'))])
  const found = await findQuotedPost(archive, key, { postId: '1', username: '乙', excerpt: '别的' })
  expect(found).toMatchObject({ record: { id: '1' }, isGuess: false, words: '第1个帖子' })
})

test('a post of another thread is not found, nor one that is not kept', async () => {
  const archive = await archiveOf([postOf('1')])
  expect(await findQuotedPost(archive, 'pku-bbs/bbs.pku.edu.cn/22/2', { postId: '1' })).toBeUndefined()
  expect(await findQuotedPost(archive, key, { postId: '2' })).toBeUndefined()
})

test('a deleted thread tells nothing, though its posts still lie there', async () => {
  const archive = await archiveOf([postOf('1')])
  await trashThreads(archive, [key], { deletedAt: timeAt(1) })
  expect(await findQuotedPost(archive, key, { postId: '1' })).toBeUndefined()
})

test('without an id it is the last earlier post of that author with those words, and a guess', async () => {
  const archive = await archiveOf([
    postOf('1', { ...by('甲'), text: '明天下雨' }),
    postOf('2', { ...by('甲'), text: '明天下雨，带伞' }),
    postOf('3', { ...by('乙'), text: '明天下雨' }),
    postOf('4', by('丙')),
    postOf('5', { ...by('甲'), text: '明天下雨吗' }),
  ])
  const wanted = { username: '甲', excerpt: '明天下雨', quotedIn: '4' }
  expect(await findQuotedPost(archive, key, wanted)).toMatchObject({ record: { id: '2' }, isGuess: true })
  expect(await findQuotedPost(archive, key, { ...wanted, excerpt: '明天下雪' })).toBeUndefined()
  expect(await findQuotedPost(archive, key, { excerpt: '明天下雨', quotedIn: '4' })).toBeUndefined()
})

test('a nickname will do where nobody has it for a name', async () => {
  const archive = await archiveOf([postOf('1', { ...by('jia', '阿甲'), text: '明天下雨' }), postOf('2')])
  const wanted = { username: '', nickname: '阿甲', excerpt: '明天下雨', quotedIn: '2' }
  expect(await findQuotedPost(archive, key, wanted)).toMatchObject({ record: { id: '1' } })
})

test('a quote without words is of its author’s only post, and of none where there are two', async () => {
  const archive = await archiveOf([postOf('1', by('甲')), postOf('2', by('乙')), postOf('3', by('乙')), postOf('4')])
  expect(await findQuotedPost(archive, key, { username: '甲', quotedIn: '4' })).toMatchObject({ record: { id: '1' } })
  expect(await findQuotedPost(archive, key, { username: '乙', quotedIn: '4' })).toBeUndefined()
})

test('in a long thread the author’s post is found pages back, and no further back than needed', async () => {
  const posts = Array.from({ length: 3000 }, (_, index) =>
    postOf(String(index + 1), { ...by(index % 10 === 0 ? '甲' : `路人${index}`), text: `第${index + 1}楼的话` }),
  )
  const archive = await archiveOf(posts)
  let read = 0
  archive.posts.hook('reading', (record) => {
    read += 1
    return record
  })
  const wanted = { username: '甲', excerpt: '第2801楼的话', quotedIn: '2999' }
  expect(await findQuotedPost(archive, key, wanted)).toMatchObject({ record: { id: '2801' } })
  expect(read).toBeLessThan(600)
})

test('the words of a dump come without its inline markup', async () => {
  const text = '看[这里](https://example.com/a)'
  const archive = await archiveOf([postOf('1', { ...by('甲'), text }), postOf('2')], dumpRead())
  const wanted = { username: '甲', excerpt: '看这里', quotedIn: '2' }
  expect(await findQuotedPost(archive, key, wanted)).toMatchObject({ record: { id: '1' }, words: '看这里' })
})
