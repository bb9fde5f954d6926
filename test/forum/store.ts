import { bodyMarkup } from './body-markup.ts'
import { generatePost } from './generate.ts'
import type { ForumBoard, ForumPost, ForumThread } from './model.ts'
import { makeDice } from './prose.ts'

/** A page of a thread as the site would show it. */
export interface ThreadSlice {
  posts: readonly ForumPost[]
  page: number
  pages: number
}

/** The forum's threads and what tests may do to them while it runs. Thread and post ids that do not exist throw. */
export class ForumStore {
  readonly threads = new Map<string, ForumThread>()
  readonly postsPerPage: number
  /** Who is logged in; `guest` when nobody is. */
  username = 'guest'
  /** Which threads a guest is refused. */
  loginWall: (thread: ForumThread) => boolean = () => false

  constructor(threads: readonly ForumThread[], postsPerPage: number) {
    this.postsPerPage = postsPerPage
    for (const thread of threads) this.addThread(thread)
  }

  /** Puts a copy of a thread on the forum: what happens to it here does not reach the one given. */
  addThread(thread: ForumThread): void {
    this.threads.set(thread.id, { ...thread, posts: thread.posts.map((post) => ({ ...post })) })
  }

  deleteThread(threadId: string): void {
    this.getThread(threadId)
    this.threads.delete(threadId)
  }

  getThread(threadId: string): ForumThread {
    const thread = this.threads.get(threadId)
    if (!thread) throw new Error(`the forum has no thread ${threadId}`)
    return thread
  }

  getPost(threadId: string, postId: string): ForumPost {
    const post = this.getThread(threadId).posts.find(({ id }) => id === postId)
    if (!post) throw new Error(`thread ${threadId} has no post ${postId}`)
    return post
  }

  /** Edits a post: `text` is plain text with the dump's inline markup, `body` ready markup; `at` the time of the edit. */
  editPost(threadId: string, postId: string, edit: { text?: string; body?: string; at?: string }): void {
    const post = this.getPost(threadId, postId)
    post.body = edit.body ?? (edit.text === undefined ? post.body : bodyMarkup(edit.text))
    post.edits = [...post.edits, edit.at ?? '2024-06-01 12:00:00']
  }

  /** Deletes a post; its floor number stays out. */
  deletePost(threadId: string, postId: string): void {
    const thread = this.getThread(threadId)
    const doomed = this.getPost(threadId, postId)
    thread.posts = thread.posts.filter((post) => post !== doomed)
  }

  /** Adds a number of generated posts, or the posts given, at the thread's end; returns those added. */
  addPosts(threadId: string, added: number | readonly ForumPost[]): ForumPost[] {
    const thread = this.getThread(threadId)
    const last = thread.posts.at(-1)?.floor ?? 0
    const dice = makeDice(Number(threadId) + last)
    const posts =
      typeof added === 'number'
        ? Array.from({ length: added }, (_, at) =>
            generatePost({
              dice,
              floor: last + at + 1,
              author: thread.starter,
              threadId,
              earlier: thread.posts,
              plain: false,
            }),
          )
        : [...added]
    thread.posts.push(...posts)
    return posts
  }

  /** The page with a number (out of range: the nearest), or the one that holds a post; undefined for a lost post. */
  findSlice(thread: ForumThread, page: string | null, postId: string | null): ThreadSlice | undefined {
    const size = thread.postsPerPage ?? this.postsPerPage
    const pages = Math.max(1, Math.ceil(thread.posts.length / size))
    let number = Math.min(pages, Math.max(1, Number.parseInt(page ?? '1', 10) || 1))
    if (page === 'a') {
      const index = thread.posts.findIndex(({ id }) => id === postId)
      if (index < 0) return undefined
      number = Math.floor(index / size) + 1
    }
    return { posts: thread.posts.slice((number - 1) * size, number * size), page: number, pages }
  }

  /** Boards that have threads. */
  boards(): ForumBoard[] {
    return [...new Map([...this.threads.values()].map(({ board }) => [board.id, board])).values()]
  }

  isRefused(thread: ForumThread): boolean {
    return this.username === 'guest' && this.loginWall(thread)
  }
}
