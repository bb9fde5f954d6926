import type { Board } from '../../core/thread.ts'
import type { Scope } from '../../dom/query.ts'
import type { Fields } from '../reading/data.ts'
import { countIn, fieldsOf, idFieldIn, listIn, objectIn, parseData, textIn, timeIn } from '../reading/data.ts'

/** A discussion as the server tells it to the page's own script. */
export interface Discussion {
  title: string | undefined
  slug: string | undefined
  createdAt: string | undefined
  lastPostedAt: string | undefined
  commentCount: number
  board: Board | undefined
  /** Ids of all posts, in order, also of those that the data does not hold. */
  postIds: readonly string[]
  posts: readonly PostData[]
}

/** One post of it. */
export interface PostData {
  id: string
  number: number | undefined
  contentHtml: string
  username: string
  nickname: string | undefined
  userId: string | undefined
  postedAt: string | undefined
  editedAt: string | undefined
  likes: number | undefined
}

/** Attributes of what the data holds, by id. */
type ById = ReadonlyMap<string | undefined, Fields>

/** The discussion that the page was loaded for, where it is this one: the data stays while the reader goes on. */
export function findDiscussion(page: Scope, id: string): Discussion | undefined {
  const [json] = page.first('#flarum-json-payload')?.children ?? []
  const payload = fieldsOf(parseData(json?.type === 'text' ? json.value : undefined))
  const document = objectIn(payload, 'apiDocument')
  const data = objectIn(document, 'data')
  if (idFieldIn(data, 'id') !== id || textIn(data, 'type') !== 'discussions') return undefined
  const attributes = objectIn(data, 'attributes')
  const included = listIn(document, 'included').map(fieldsOf)
  const ofType = (type: string) => included.filter((item) => textIn(item, 'type') === type)
  const byId = (type: string): ById =>
    new Map(ofType(type).map((item) => [idFieldIn(item, 'id'), objectIn(item, 'attributes')]))
  const users = byId('users')
  const slug = textIn(attributes, 'slug')
  return {
    title: textIn(attributes, 'title'),
    slug: slug !== undefined && /^\d+(?:-[^/?#]{0,300})?$/.test(slug) && slug.split('-')[0] === id ? slug : undefined,
    createdAt: timeIn(attributes, 'createdAt'),
    lastPostedAt: timeIn(attributes, 'lastPostedAt'),
    commentCount: countIn(attributes, 'commentCount') ?? 0,
    board: readBoard(related(data, 'tags'), byId('tags')),
    postIds: related(data, 'posts'),
    posts: ofType('posts').flatMap((post) => readPost(post, users, id) ?? []),
  }
}

/** Ids of what an item is related to. */
function related(item: Fields, name: string): string[] {
  const data = objectIn(objectIn(item, 'relationships'), name)
  return listIn(data, 'data').flatMap((other) => idFieldIn(fieldsOf(other), 'id') ?? [])
}

/** The innermost of the discussion's tags. */
function readBoard(ids: readonly string[], tags: ById): Board | undefined {
  const own = ids.map((id) => tags.get(id)).filter((tag) => tag !== undefined)
  const tag = own.find((each) => each['isChild'] === true) ?? own[0]
  const [id, name] = [tag && textIn(tag, 'slug'), tag && textIn(tag, 'name')]
  return id === undefined ? undefined : { id, ...(name !== undefined && { name }) }
}

function readPost(post: Fields, users: ById, discussion: string): PostData | undefined {
  const attributes = objectIn(post, 'attributes')
  const id = idFieldIn(post, 'id')
  const contentHtml = textIn(attributes, 'contentHtml')
  const [of, by] = ['discussion', 'user'].map((name) =>
    idFieldIn(objectIn(objectIn(objectIn(post, 'relationships'), name), 'data'), 'id'),
  )
  const isComment = textIn(attributes, 'contentType') === 'comment' && (of ?? discussion) === discussion
  if (id === undefined || contentHtml === undefined || !isComment) return undefined
  const user = fieldsOf(users.get(by))
  return {
    id,
    number: countIn(attributes, 'number'),
    contentHtml,
    username: textIn(user, 'username') ?? textIn(user, 'displayName') ?? '',
    nickname: textIn(user, 'displayName'),
    userId: by,
    postedAt: timeIn(attributes, 'createdAt'),
    editedAt: timeIn(attributes, 'editedAt'),
    likes: countIn(attributes, 'likesCount') ?? countIn(attributes, 'votes'),
  }
}
