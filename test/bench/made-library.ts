import { threadKey, type Thread } from '../../core/thread.ts'

/** Words that some posts hold, one in so many. */
export const PLANTED = { rare: '楼兰古城', every: 9973 } as const

/** Han characters and two-character words of made prose; the first of them are the most frequent, as in any language. */
const CHARACTERS = 3000
const WORDS = 20_000

/** Characters of a post, about. */
const LENGTH = 120

/** Posts of a thread. */
const POSTS_OF_THREAD = 100

/** Numbers from 0 to 1, the same each time. */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** The word of a rank; the lower, the more frequent. */
export function wordOf(rank: number): string {
  const mixed = Math.imul(rank + 1, 0x9e37_79b1) >>> 0
  const character = (value: number) => String.fromCharCode(0x4e00 + Math.floor((value % CHARACTERS) ** 2 / CHARACTERS))
  return character(mixed) + character(Math.imul(mixed, 0x85eb_ca6b) >>> 8)
}

/**
 * A library of made Chinese threads of 100 posts of about 120 characters, the same each time: words of two characters,
 * the rank of each drawn so that few are frequent and most are rare.
 */
export function* makeLibrary(posts: number): Generator<Thread> {
  const random = makeRandom(7)
  const words = Array.from({ length: WORDS }, (_, rank) => wordOf(rank))
  const text = (number: number) => {
    const parts: string[] = []
    for (let length = 0; length < LENGTH; length += 2) {
      parts.push(words[Math.floor(WORDS ** random()) - 1]!)
      if (random() < 0.06) parts.push(random() < 0.7 ? '，' : '。')
    }
    if (number % PLANTED.every === 0) parts.push(PLANTED.rare)
    return parts.join('')
  }
  for (let number = 0; number < posts; number += POSTS_OF_THREAD) {
    const id = String(1_000_000 + number)
    yield {
      key: threadKey({ site: 'pku-bbs', host: 'bbs.pku.edu.cn', board: '22', id }),
      site: 'pku-bbs',
      id,
      url: `https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=${id}`,
      title: `第 ${number} 个帖子`,
      board: { id: '22' },
      posts: Array.from({ length: Math.min(POSTS_OF_THREAD, posts - number) }, (_, index) => ({
        id: String(30_000_000 + number + index),
        floor: index + 1,
        author: { username: `user${(number + index * 7) % 997}` },
        postedAt: `2024-01-0${1 + (index % 9)}T08:00:00+08:00`,
        html: '',
        text: text(number + index),
        quotes: [],
        attachments: [],
      })),
    }
  }
}
