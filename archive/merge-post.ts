import type { Attachment, Author, Post, Quote } from '../core/thread.ts'
import { countTargets, hasSameWords, isBlank, isSameVersion } from './post-words.ts'
import type { Words } from './post-words.ts'
import type { ArchivedPost, PostVersion, ThreadSource } from './records.ts'
import { withoutUndefined } from './plain-value.ts'

/** A page says what stands on the forum when it is read; of a file nobody knows how old it is. */
const STANDING: Readonly<Record<ThreadSource, number>> = { dump: 0, import: 1, page: 2 }

/** True when what was read in `incoming`'s way replaces what was read in `existing`'s, where the two disagree. */
export function takesPrecedence(
  incoming: { source: ThreadSource; readAt: string },
  existing: { source: ThreadSource; readAt: string },
): boolean {
  const difference = STANDING[incoming.source] - STANDING[existing.source]
  return difference === 0 ? incoming.readAt >= existing.readAt : difference > 0
}

/**
 * Merges two readings of one post. The one that takes precedence says what is so now, the other fills what it does not
 * tell. Words that differ are an edit: the former ones become a version. Nothing that only one of them has is lost.
 */
export function mergePost(existing: ArchivedPost, incoming: ArchivedPost): ArchivedPost {
  const [first, second] = takesPrecedence(incoming, existing) ? [incoming, existing] : [existing, incoming]
  const { shown, isEdit } = chooseWords(first, second)
  const post: Post = {
    ...second.post,
    ...withoutUndefined(first.post),
    author: mergeAuthor(first.post.author, second.post.author),
    html: shown.post.html,
    text: shown.post.text,
    quotes: isEdit ? first.post.quotes : mergeQuotes(first.post.quotes, second.post.quotes),
    attachments: isEdit ? first.post.attachments : mergeAttachments(first.post.attachments, second.post.attachments),
    ...pickKnown('postedAt', morePrecise(first.post.postedAt, second.post.postedAt)),
    ...pickKnown('isStarter', first.post.isStarter || second.post.isStarter),
    ...pickKnown('votes', mergeVotes(first.post.votes, second.post.votes)),
  }
  const formers = [...(existing.versions ?? []), ...(incoming.versions ?? []), ...(isEdit ? [versionOf(second)] : [])]
  const versions = mergeVersions(formers, wordsOf({ ...first, post }))
  return {
    post,
    readAt: first.readAt,
    source: first.source,
    ...pickKnown('page', first.page ?? second.page),
    ...(versions.length ? { versions } : {}),
    ...pickKnown('goneSince', mergeGoneSince(first, second)),
  }
}

/** Whose words are shown, and whether the other's are those of an earlier version. */
function chooseWords(first: ArchivedPost, second: ArchivedPost): { shown: ArchivedPost; isEdit: boolean } {
  const now = wordsOf(first)
  const former = wordsOf(second)
  const saysEdited = (now.editedAt ?? '') > (former.editedAt ?? '')
  if (hasSameWords(now, former)) {
    if (saysEdited && !isSameVersion(now, former)) return { shown: first, isEdit: true }
    const isPoorer = countTargets(now) < countTargets(former) && !saysEdited
    return { shown: isPoorer ? second : first, isEdit: false }
  }
  if (isBlank(former)) return { shown: first, isEdit: false }
  // A page that hides the words from guests shows the post empty without having it edited.
  if (isBlank(now) && !saysEdited) return { shown: second, isEdit: false }
  return { shown: first, isEdit: true }
}

function wordsOf({ post, source }: ArchivedPost): Words {
  return { html: post.html, text: post.text, source, ...pickKnown('editedAt', post.editedAt) }
}

function versionOf({ post, readAt, source }: ArchivedPost): PostVersion {
  const { html, text, quotes, attachments, editedAt } = post
  return {
    html,
    text,
    seenAt: readAt,
    source,
    ...pickKnown('editedAt', editedAt),
    ...(quotes.length ? { quotes } : {}),
    ...(attachments.length ? { attachments } : {}),
  }
}

/** Each earlier version once, seen last when it was seen last, oldest first, without the present one. */
function mergeVersions(formers: PostVersion[], present: Words): PostVersion[] {
  const kept: PostVersion[] = []
  for (const version of formers) {
    if (isSameVersion(version, present)) continue
    const index = kept.findIndex((other) => isSameVersion(other, version))
    if (index < 0) kept.push(version)
    else if (version.seenAt > kept[index]!.seenAt) kept[index] = version
  }
  return kept.sort((a, b) => (a.seenAt < b.seenAt ? -1 : a.seenAt > b.seenAt ? 1 : a.text < b.text ? -1 : 1))
}

/** One author from two readings; a nickname or id is taken over only from the same person. */
export function mergeAuthor(first: Author, second: Author): Author {
  if (!first.username) return { ...second, ...withoutUndefined(first), username: second.username }
  if (second.username && first.username !== second.username) return first
  return { ...second, ...withoutUndefined(first) }
}

/** The quotes of one reading; where both have the same ones, each tells what the other leaves out. */
function mergeQuotes(first: Quote[], second: Quote[]): Quote[] {
  if (first.length < second.length) return mergeQuotes(second, first)
  return first.map((quote, index) => {
    const other = second[index]
    if (!other || other.username !== quote.username) return quote
    return { ...other, ...withoutUndefined(quote), excerpt: quote.excerpt || other.excerpt }
  })
}

/**
 * All attachments of both readings. One whose address changed (many carry a token that does) is known by its name; each
 * is matched with one of the other reading only, for pictures that are all called `image.png`.
 */
function mergeAttachments(first: Attachment[], second: Attachment[]): Attachment[] {
  if (!first.length || !second.length) return first.length ? first : second
  const merged = [...first]
  const free = new Set(merged.keys())
  let unmatched = second
  for (const keyOf of [({ url }: Attachment) => url, ({ kind, name }: Attachment) => `${kind} ${name}`]) {
    const places = Map.groupBy(free, (index) => keyOf(first[index]!))
    unmatched = unmatched.filter((attachment) => {
      const index = places.get(keyOf(attachment))?.pop()
      if (index === undefined) return true
      free.delete(index)
      merged[index] = { ...attachment, ...withoutUndefined(first[index]!) }
      return false
    })
  }
  return [...merged, ...unmatched]
}

function mergeVotes(first: Post['votes'], second: Post['votes']): Post['votes'] {
  return first && second ? { ...second, ...withoutUndefined(first) } : (first ?? second)
}

/** The time that tells more, when one is the other's beginning (`2020-04-14` and `2020-04-14T22:27:34+08:00`). */
function morePrecise(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined) return second
  return second?.startsWith(first) ? second : first
}

/** A post that a page shows is not gone, whatever was noted before. */
function mergeGoneSince(first: ArchivedPost, second: ArchivedPost): string | undefined {
  const noted = [first.goneSince, second.goneSince].filter((time) => time !== undefined).sort()
  const last = noted.at(-1)
  const isSeenSince = [first, second].some(
    ({ source, readAt, goneSince }) =>
      source === 'page' && goneSince === undefined && last !== undefined && readAt > last,
  )
  return isSeenSince ? undefined : last
}

/** `{ [name]: value }`, or nothing when the value is not known. */
function pickKnown<Name extends string, Value>(name: Name, value: Value | undefined): { [K in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [K in Name]?: Value }
}
