import { EarlierPosts } from '../core/match-quote.ts'
import { foldLine } from '../core/search/fold-text.ts'
import type { Quote } from '../core/thread.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { inOrder } from './place-posts.ts'
import { plainText } from './post-words.ts'
import type { PostRecord } from './records.ts'

/** Posts that are read at once, and of one author that are compared: the last ones that the quoting post can be of. */
const BATCH = 500
const MOST_OF_AUTHOR = 50
/** A thread is looked through so far back; who quotes from further back gives the post's id or is not answered. */
const MOST_POSTS = 20_000

/** What is known of a quote whose post is wanted. */
export interface WantedPost extends Partial<Pick<Quote, 'username' | 'nickname' | 'excerpt' | 'postId'>> {
  /** The post that quotes: what came after it cannot be meant. */
  quotedIn?: string | undefined
}

/** A post that a quote is from. */
export interface FoundPost {
  record: PostRecord
  /** True where it was found by author and words, for want of an id. */
  isGuess: boolean
  /** All of its words, without the inline markup that dumps have. */
  words: string
}

/**
 * Finds the post that a quote is from among those kept of a thread: by its id, else as `core/match-quote.ts` guesses it by
 * author and words. Undefined where the thread or the post is not kept, also while the thread lies in the trash, and where
 * it cannot be told. Throws `ArchiveError`.
 */
export function findQuotedPost(archive: Archive, key: string, wanted: WantedPost): Promise<FoundPost | undefined> {
  return guard(archive, () =>
    archive.transaction('r', archive.threads, archive.posts, async () => {
      if ((await archive.threads.where('key').equals(key).count()) === 0) return undefined
      const { postId } = wanted
      const record =
        postId === undefined ? await guessPost(archive, key, wanted) : await archive.posts.get([key, postId])
      return record && { record, isGuess: postId === undefined, words: wordsOf(record) }
    }),
  )
}

/** Looks from the quoting post backwards until there are posts enough of the author, and reads no further. */
async function guessPost(archive: Archive, key: string, wanted: WantedPost): Promise<PostRecord | undefined> {
  const { username = '', nickname = '', excerpt = '', quotedIn } = wanted
  const names = new Set([username, nickname].map(foldLine).filter(Boolean))
  if (names.size === 0) return undefined
  const quoting = quotedIn === undefined ? undefined : await archive.posts.get([key, quotedIn])
  const found: PostRecord[] = []
  let below = quoting?.position ?? Infinity
  let isWhole = false
  for (let read = 0; read < MOST_POSTS && found.length < MOST_OF_AUTHOR && !isWhole; read += BATCH) {
    const batch = await inOrder(archive, key, { below }).reverse().limit(BATCH).toArray()
    found.push(...batch.filter(({ post: { author } }) => namesOf(author).some((name) => names.has(foldLine(name)))))
    isWhole = batch.length < BATCH
    below = batch.at(-1)?.position ?? below
  }
  // Without words an author's only post is meant, and whether it is the only one must be known.
  if (excerpt.trim() === '' && !isWhole) return undefined
  const earlier = new EarlierPosts<PostRecord>()
  for (const record of found.reverse()) earlier.add(record, { ...record.post.author, text: () => wordsOf(record) })
  return earlier.find({ username, nickname, excerpt })
}

function namesOf({ username, nickname }: PostRecord['post']['author']): string[] {
  return nickname === undefined ? [username] : [username, nickname]
}

function wordsOf({ post, source }: PostRecord): string {
  return source === 'page' ? post.text : plainText(post.text)
}
