import { foldText } from '../../core/search/fold-text.ts'
import { namesOf } from '../../core/search/match-post.ts'
import { wallMinute } from '../../core/search/query-days.ts'
import { plainText } from '../post-words.ts'
import type { PostRecord } from '../records.ts'
import { signatureOf } from './signature.ts'
import { AFTER_NAMES, AFTER_POST, BETWEEN_NAMES, SMALL_RUN } from './text-run.ts'
import type { TextBody, TextPart, TextRun, TextSection } from './text-run.ts'

/** A post as it lies in a run. */
export interface PostText {
  id: string
  text: string
  floor: number
  minute: number
}

/** The plain text of a post; dumps have the targets of links in theirs, which nobody searches. */
export function searchedText({ post, source }: Pick<PostRecord, 'post' | 'source'>): string {
  return source === 'page' ? post.text : plainText(post.text)
}

/** Makes a post's row into what is searched: its author's names and its own words, folded. */
export function postText(record: PostRecord): PostText {
  const { id, author, floor, postedAt } = record.post
  const names = namesOf(author).join(BETWEEN_NAMES)
  return {
    id,
    text: `${names}${AFTER_NAMES}${foldText(searchedText(record))}${AFTER_POST}`,
    floor: isFloor(floor) ? floor : 0,
    minute: wallMinute(postedAt) ?? 0,
  }
}

function isFloor(floor: number | undefined): floor is number {
  return floor !== undefined && Number.isInteger(floor) && floor > 0 && floor <= 0xffff_ffff
}

/** Puts the posts of some threads together into a run. */
export class RunBuilder {
  characters = 0
  #sections: TextSection[] = []
  #posts: PostText[] = []

  /** Begins the part of a thread. */
  addSection(key: string, { name, reset, replaced }: Omit<TextSection, 'key' | 'posts'> = {}): void {
    const marks = { ...(name && { name }), ...(reset && { reset }), ...(replaced?.length && { replaced }) }
    this.#sections.push({ key, posts: 0, ...marks })
  }

  /** Adds a post to the thread begun last. */
  addPost(post: PostText): void {
    this.#sections.at(-1)!.posts++
    this.#posts.push(post)
    this.characters += post.text.length
  }

  get isEmpty(): boolean {
    return this.#sections.length === 0
  }

  /** The run, and the parts that are stored beside it when it is large, both without the id that the database gives. */
  build(): { run: Omit<TextRun, 'id'>; partsOf: (id: number) => TextPart[] } {
    const body = this.#body()
    const run = { sections: this.#sections, characters: this.characters }
    if (this.characters <= SMALL_RUN) return { run: { ...run, body }, partsOf: () => [] }
    const signature = signatureOf(body.text)
    return {
      run,
      partsOf: (id) => [
        { part: 'body', id, body },
        { part: 'signature', id, signature },
      ],
    }
  }

  #body(): TextBody {
    const posts = this.#posts
    let end = 0
    let idEnd = 0
    return {
      text: posts.map(({ text }) => text).join(''),
      ends: Uint32Array.from(posts, ({ text }) => (end += text.length)),
      ids: posts.map(({ id }) => id).join(''),
      idEnds: Uint32Array.from(posts, ({ id }) => (idEnd += id.length)),
      floors: Uint32Array.from(posts, ({ floor }) => floor),
      minutes: Uint32Array.from(posts, ({ minute }) => minute),
    }
  }
}
