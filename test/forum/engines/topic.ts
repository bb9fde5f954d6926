import { makeDice, paragraph, shortReply, threadTitle } from '../prose.ts'

/** One thread as every engine shows it: the same words in each one's own markup. */
export interface Topic {
  id: string
  title: string
  board: { id: string; name: string }
  perPage: number
  posts: readonly TopicPost[]
}

export interface TopicPost {
  id: string
  /** From 1, without gaps. */
  floor: number
  author: { id: string; name: string }
  /** ISO 8601 in UTC, to the second. */
  at: string
  /** Plain text, one entry a paragraph. */
  paragraphs: readonly string[]
  /** An outward link after the words. */
  link?: { address: string; text: string }
  /** Place in `posts` of the post that this one quotes. */
  quotes?: number
}

const NAMES = ['lanting', 'xinglin', 'Bo_Tan', 'qiushui', '山居', 'cedar', 'mo-yu']
const FIRST_AT = Date.UTC(2024, 4, 1, 1, 2, 3)

/** A thread of three pages: a long first post, regulars who answer and quote, links here and there. */
export function makeTopic({
  id,
  seed,
  posts = 45,
  perPage = 20,
}: {
  id: string
  seed: number
  posts?: number
  perPage?: number
}): Topic {
  const dice = makeDice(seed)
  const title = threadTitle(dice)
  const made = Array.from({ length: posts }, (_, at): TopicPost => {
    const author = at === 0 ? 0 : dice.between(0, NAMES.length - 1)
    const long = at === 0 || at % 17 === 0
    const lines = long ? Array.from({ length: 8 }, () => paragraph(dice, 6)) : [shortReply(dice)]
    return {
      id: String(9000 + seed * 100 + at),
      floor: at + 1,
      author: { id: String(40 + author), name: NAMES[author]! },
      at: new Date(FIRST_AT + at * 3_601_000).toISOString().replace('.000Z', 'Z'),
      paragraphs: lines,
      ...(at % 10 === 0 && {
        link: { address: `https://docs.example.net/${at}?utm_source=forum`, text: `文档 ${at}` },
      }),
      ...(at > 2 && at % 4 === 0 && { quotes: dice.between(0, at - 1) }),
    }
  })
  return { id, title, board: { id: '12', name: '读书与茶' }, perPage, posts: made }
}

/** How many pages a topic has. */
export function pageCount({ posts, perPage }: Topic): number {
  return Math.ceil(posts.length / perPage)
}

/** The posts of a page; undefined for a page that the topic does not have. */
export function postsOf(topic: Topic, page: number): readonly TopicPost[] | undefined {
  const { posts, perPage } = topic
  const found = posts.slice((page - 1) * perPage, page * perPage)
  return Number.isInteger(page) && page > 0 && found.length > 0 ? found : undefined
}
