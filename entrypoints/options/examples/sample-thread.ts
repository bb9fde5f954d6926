import type { PostRecord } from '../../../archive/records.ts'
import { measureText } from '../../../core/reading.ts'
import type { Post } from '../../../core/thread.ts'
import { sampleWords, type SampleWords } from './sample-words.ts'

/** Key and host of a thread that is nowhere. */
export const SAMPLE_KEY = 'example/forum.example/1'
export const SAMPLE_URL = 'https://forum.example/thread/1'

/** The posts of the sample: short ones by three people, one of them with links, a very long one, and one of some lines that the last quotes. */
export type SamplePost = 'opening' | 'second' | 'links' | 'thanks' | 'third' | 'last' | 'long' | 'account' | 'answer'

/** Enough for what counts as very long without the reader's word. In sentences. */
const SENTENCES_OF_A_SECTION = { han: 15, latin: 20 }

/** Enough for more lines than a quote may have unfolded, however wide the page. */
const SENTENCES_OF_THE_ACCOUNT = 6

export interface SampleThread {
  title: string
  posts: PostRecord[]
}

/** The sample thread with some of its posts, or all, in the language of a tag such as `zh-CN`. */
export function sampleThread(locale: string, wanted?: readonly SamplePost[]): SampleThread {
  const words = sampleWords(locale)
  const posts = buildPosts(words)
  const names = wanted ?? (Object.keys(posts) as SamplePost[])
  return { title: words.title, posts: names.map((name, index) => toRecord(posts[name], index)) }
}

function buildPosts(words: SampleWords): Record<SamplePost, Post> {
  const { starter, second, third } = words.authors
  const [before, between, note] = words.links
  const target = encodeURIComponent('https://reading.example/list')
  const links =
    `<p>${before}<a href="https://link.zhihu.com/?target=${target}">https://reading.example/…</a>${between}` +
    `<a href="https://notes.example/how?utm_source=forum&amp;utm_medium=post">${note}</a></p>`
  const sections = longText(words)
  const account = joinSentences(words.sentences.slice(0, SENTENCES_OF_THE_ACCOUNT))
  return {
    opening: makePost(1, starter, `<p>${words.opening}</p>`, words.opening, { isStarter: true }),
    second: makePost(2, second, `<p>${words.second}</p>`, words.second, { quotes: [quote(starter, words.opening, 1)] }),
    links: makePost(3, third, links, before + between + note),
    thanks: makePost(4, starter, `<p>${words.thanks}</p>`, words.thanks, {
      isStarter: true,
      quotes: [quote(third, before + between + note, 3)],
    }),
    third: makePost(5, third, `<p>${words.third}</p>`, words.third, { quotes: [quote(starter, words.opening, 1)] }),
    last: makePost(6, second, `<p>${words.last}</p>`, words.last),
    long: makePost(7, starter, sections.map((line) => `<p>${line}</p>`).join(''), sections.join('\n'), {
      isStarter: true,
    }),
    account: makePost(8, third, `<p>${account}</p>`, account),
    answer: makePost(9, second, `<p>${words.answer}</p>`, words.answer, { quotes: [quote(third, account, 8)] }),
  }
}

function makePost(floor: number, username: string, html: string, text: string, more: Partial<Post> = {}): Post {
  const postedAt = `2026-03-0${floor}T09:30:00+08:00`
  return { id: String(floor), floor, author: { username }, postedAt, html, text, quotes: [], attachments: [], ...more }
}

function quote(username: string, excerpt: string, floor: number): Post['quotes'][number] {
  return { username, excerpt, postId: String(floor) }
}

/** Numbered sections; each begins with another sentence, so that no two are alike. */
function longText({ headings, sentences }: SampleWords): string[] {
  const isHan = /\p{Script=Han}/u.test(headings[0]!)
  const count = isHan ? SENTENCES_OF_A_SECTION.han : SENTENCES_OF_A_SECTION.latin
  const number = (index: number) => (isHan ? `${'一二三四五六七八'[index]}、` : `${index + 1}. `)
  return headings.flatMap((heading, index) => [
    number(index) + heading,
    joinSentences(Array.from({ length: count }, (_, at) => sentences[(at * (index + 1) + index) % sentences.length]!)),
  ])
}

/** As the language of the sentences parts them. */
function joinSentences(sentences: readonly string[]): string {
  return sentences.join(/\p{Script=Han}/u.test(sentences[0]!) ? '' : ' ')
}

function toRecord(post: Post, position: number): PostRecord {
  const base = { threadKey: SAMPLE_KEY, id: post.id, position, measure: measureText(post.text) }
  return { ...base, post, readAt: '2026-03-10T00:00:00.000Z', source: 'page' }
}
