import type { PostRecord } from '../../archive/records.ts'
import { orderTree, placeFirstPosts, type TreePlace } from '../../core/thread-tree.ts'

/** A post with its place in the thread's tree. */
export interface PlacedPost {
  record: PostRecord
  place: TreePlace
  /** The post it hangs under. */
  parent: PostRecord | undefined
}

/** Posts in the order of their tree while they are still being read. */
export class TreeOrder {
  /** Those that can be shown; grows at its end. */
  readonly posts: PlacedPost[] = []
  /** Set when all are read: the places of all, in tree order. */
  places: readonly TreePlace[] | undefined

  /** Whether any of the posts hangs under another. */
  isTree = false

  /**
   * Takes the first `count` posts of a thread.
   *
   * @returns false when posts that were given out stand elsewhere, now that all are known: all have to be shown anew
   */
  take(records: readonly PostRecord[], count: number, isComplete: boolean): boolean {
    const posts = records.map(({ post }) => post)
    const places = isComplete ? orderTree(posts) : placeFirstPosts(posts, count)
    if (this.posts.some(({ place }, at) => place.index !== places[at]?.index)) return false
    for (const place of places.slice(this.posts.length)) {
      const parent = place.parent === undefined ? undefined : records[place.parent]
      this.posts.push({ record: records[place.index]!, place, parent })
      this.isTree ||= parent !== undefined
    }
    if (isComplete) {
      this.places = places
      for (const [at, post] of this.posts.entries()) post.place = places[at]!
    }
    return true
  }
}
