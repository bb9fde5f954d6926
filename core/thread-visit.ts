/** Where in a thread reading stopped. */
export interface ReadingPlace {
  /** The post that stood where one reads. */
  postId: string
  floor?: number
  /** How far into the post, 0 to 1. */
  part: number
  /** Page of the thread, 1-based, on forums with pages. */
  page?: number
  /** Address of that page, with http or https. */
  url?: string
}

/** What is known of the reader's earlier visits to a thread, for the posts of one page of it. */
export interface VisitReport {
  key: string
  /** When the visit before this one ended, ISO 8601 in UTC; absent on the first. */
  previousAt?: string
  /** Posts of the page that came after that and were not on the screen yet, in page order. */
  newIds: string[]
  /** Where the visit before this one stopped. */
  place?: ReadingPlace
}

/** The longest post id and address that are remembered, and the most posts of a page. In UTF-16 units and posts. */
const LONGEST_ID = 200
const LONGEST_ADDRESS = 2000
const MOST_POSTS = 20_000

/** Reads a place that came from a page's process or from a file; undefined for anything else. */
export function parseReadingPlace(value: unknown): ReadingPlace | undefined {
  const { postId, floor, part, page, url } = (value ?? {}) as Record<string, unknown>
  if (!isPostId(postId) || typeof part !== 'number' || !(part >= 0 && part <= 1)) return undefined
  return {
    postId,
    part,
    ...(isCount(floor) && { floor }),
    ...(isCount(page) && { page }),
    ...(isWebAddress(url) && { url }),
  }
}

/** Reads ids of posts that came from there; what is none is left out. */
export function parsePostIds(value: unknown): string[] {
  return Array.isArray(value) ? value.slice(0, MOST_POSTS).filter(isPostId) : []
}

function isPostId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_ID
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}

/** True for an address that a page may lead to. */
export function isWebAddress(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= LONGEST_ADDRESS &&
    URL.canParse(value) &&
    /^https?:$/.test(new URL(value).protocol)
  )
}
