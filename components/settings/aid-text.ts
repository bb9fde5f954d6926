import { i18n } from '#i18n'

/** Text of an aid, from the section of the locales that has the aid's id: `collapse-long-posts` → `collapseLongPosts`. */
export function aidText(aidId: string, name: string): string {
  const section = aidId.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return i18n.t(`${section}.${name}` as 'length.name')
}
