import type { Scope } from '../../dom/query.ts'
import type { Fields } from '../reading/data.ts'
import { countIn, fieldsOf, idFieldIn, listIn, objectIn, parseData, textIn, timeIn } from '../reading/data.ts'

/** A topic as the server tells it to the page's own script. */
export interface TopicData {
  title: string | undefined
  categoryId: string | undefined
  postCount: number | undefined
  lastPostedAt: string | undefined
  posts: readonly PostData[]
}

/** One post of it; `cooked` is HTML that the server made of what was written. */
export interface PostData {
  /** Place in the topic, from 1; posts are named by it in addresses and quotes. */
  number: string
  cooked: string
  username: string
  name: string | undefined
  userId: string | undefined
  postedAt: string | undefined
  editedAt: string | undefined
  likes: number | undefined
}

/** Kinds of posts that are lines about what happened (`closed`, `pinned`). */
const SMALL_ACTION = 3

/** Kind of action that is a like. */
const LIKE = 2

/** The topic that the page was loaded for, where it is this one: the data stays while the reader goes on to others. */
export function findTopicData(page: Scope, id: string): TopicData | undefined {
  const json = page.attribute('#data-preloaded', 'data-preloaded')
  // Most of it is of the whole site: it is not parsed for nothing.
  if (json === undefined || !json.includes(`"topic_${id}"`)) return undefined
  const topic = fieldsOf(parseData(textIn(fieldsOf(parseData(json)), `topic_${id}`)))
  if (idFieldIn(topic, 'id') !== id) return undefined
  return {
    title: textIn(topic, 'title'),
    categoryId: idFieldIn(topic, 'category_id'),
    postCount: countIn(topic, 'posts_count'),
    lastPostedAt: timeIn(topic, 'last_posted_at'),
    posts: listIn(objectIn(topic, 'post_stream'), 'posts').flatMap((post) => readPost(fieldsOf(post)) ?? []),
  }
}

function readPost(post: Fields): PostData | undefined {
  const number = idFieldIn(post, 'post_number')
  const cooked = textIn(post, 'cooked')
  if (number === undefined || cooked === undefined || countIn(post, 'post_type') === SMALL_ACTION) return undefined
  const like = listIn(post, 'actions_summary').find((action) => countIn(fieldsOf(action), 'id') === LIKE)
  return {
    number,
    cooked,
    username: textIn(post, 'username') ?? '',
    name: textIn(post, 'name'),
    userId: idFieldIn(post, 'user_id'),
    postedAt: timeIn(post, 'created_at'),
    editedAt: (countIn(post, 'version') ?? 1) > 1 ? timeIn(post, 'updated_at') : undefined,
    likes: countIn(fieldsOf(like), 'count'),
  }
}
