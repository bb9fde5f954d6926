import { findQuotedPost, type FoundPost, type WantedPost } from '../archive/find-quoted-post.ts'
import { createMuteJudge } from '../core/muted.ts'
import type { QuotedPost } from '../core/quoted-post.ts'
import { isWebAddress, parsePostIds } from '../core/thread-visit.ts'
import { onPublicMessage, type Sender } from '../messages/messenger.ts'
import { readMuted } from '../settings/muted.ts'
import { useArchive } from './archive.ts'
import { findThreadTab } from './saving/thread-tabs.ts'

/** Characters of a post that a page is told. */
const SHOWN_CHARACTERS = 600
/** Longer names and excerpts than any site's are cut. In UTF-16 units. */
const LONGEST_NAME = 200
const LONGEST_EXCERPT = 4000

/** Shows quoted posts that stand on other pages of a thread, from what is kept of it. */
export function handleQuotes(): void {
  onPublicMessage('findQuotedPost', async (data, sender) => {
    const key = await findThreadOf(sender)
    const wanted = parseWanted(data)
    if (key === undefined || key !== (data as { key?: unknown } | undefined)?.key || !wanted) return undefined
    const found = await findQuotedPost(useArchive(), key, wanted)
    return found && describe(found, key)
  })
}

/** The thread in the sender's tab; a page of another site that the tab has gone to since may not ask about it. */
async function findThreadOf({ tab, url }: Sender): Promise<string | undefined> {
  if (tab?.id === undefined || tab.incognito || !url || !URL.canParse(url)) return undefined
  const standing = await findThreadTab(tab.id)
  return standing && new URL(standing.url).origin === new URL(url).origin ? standing.key : undefined
}

function parseWanted(data: unknown): WantedPost | undefined {
  const { postId, username, nickname, excerpt, quotedIn } = (data ?? {}) as Record<string, unknown>
  const [id] = parsePostIds([postId])
  if (postId !== undefined && id === undefined) return undefined
  const [quotingId] = parsePostIds([quotedIn])
  return {
    ...(id !== undefined && { postId: id }),
    username: textOf(username, LONGEST_NAME),
    nickname: textOf(nickname, LONGEST_NAME),
    excerpt: textOf(excerpt, LONGEST_EXCERPT),
    quotedIn: quotingId,
  }
}

function textOf(value: unknown, longest: number): string {
  return typeof value === 'string' ? value.slice(0, longest) : ''
}

/** What the page may show: of a post that the reader muted, who wrote it and no more. */
async function describe({ record, isGuess, words }: FoundPost, key: string): Promise<QuotedPost> {
  const { author, floor, id, url } = record.post
  const judge = createMuteJudge(await readMuted(), key.split('/')[1] ?? '')
  const isMuted = judge.hasAuthor(author.username) || judge.findWord?.(words) !== undefined
  const text = isMuted ? '' : words.replace(/\s*\n\s*/g, '\n').trim()
  const shown = [...text.slice(0, SHOWN_CHARACTERS * 2)].slice(0, SHOWN_CHARACTERS).join('')
  return {
    id,
    username: author.username,
    ...(author.nickname !== undefined && { nickname: author.nickname }),
    ...(floor !== undefined && { floor }),
    text: shown,
    isCut: shown.length < text.length,
    isGuess,
    isMuted,
    isGone: record.goneSince !== undefined,
    ...(url !== undefined && isWebAddress(url) && { url }),
    ...(record.page !== undefined && { page: record.page }),
  }
}
