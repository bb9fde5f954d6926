/**
 * The parts of aids that come when they are first needed, by the names of their files in `aids/`. Each is built as a script
 * `part-<name>.js` of the extension, which is all that a page may have put into it by such a name.
 */
export const aidPartNames = ['key-list', 'page-joiner', 'post-outlines', 'search-panel'] as const

export type AidPartName = (typeof aidPartNames)[number]

/** True for the name of a part. */
export function isAidPartName(value: unknown): value is AidPartName {
  return (aidPartNames as readonly unknown[]).includes(value)
}
