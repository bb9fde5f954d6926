import type { Post, Thread } from '../../core/thread.ts'
import { bodyMarkup } from './body-markup.ts'
import { getBoard, makeUser, type ForumPost, type ForumThread } from './model.ts'

/** Puts a thread that was read from a dump on the forum: its posts in order, one floor each. */
export function forumThreadFromDump(thread: Thread): ForumThread {
  const starter = thread.author ?? thread.posts[0]?.author ?? { username: 'guest' }
  return {
    board: getBoard(thread.board?.id ?? '22'),
    id: thread.id,
    title: thread.title,
    starter: makeUser(starter.username, starter.nickname),
    posts: thread.posts.map(forumPostFrom),
  }
}

function forumPostFrom(post: Post, index: number): ForumPost {
  return {
    id: post.id,
    floor: post.floor ?? index + 1,
    author: makeUser(post.author.username, post.author.nickname),
    postedAt: wallClock(post.postedAt),
    edits: post.editedAt ? [wallClock(post.editedAt)] : [],
    body: bodyMarkup(post.text),
    quotes: post.quotes.map(({ username, nickname, excerpt }) => ({ username, nickname: nickname ?? '', excerpt })),
    attachments: [],
    up: post.votes?.up ?? 0,
    down: post.votes?.down ?? 0,
    marks: [],
  }
}

/** `2020-04-14T22:27:34+08:00` as the site prints it. */
function wallClock(time: string | undefined): string {
  return (time ?? '2020-01-01T00:00:00+08:00').slice(0, 19).replace('T', ' ')
}
