import { i18n } from '#i18n'
import type { Author } from '../../core/thread.ts'

/** Writes an author for a line of text: `蟹（ZOEA）`, or the login name alone. */
export function authorName({ username, nickname }: Pick<Author, 'username' | 'nickname'>): string {
  return nickname && nickname !== username ? i18n.t('thread.author', [nickname, username]) : username
}
