/** Kinds of pictures that are kept and shown, with the endings of their files. */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/svg+xml': 'svg',
}

/** The ending for a type of picture, without its dot; undefined for what is none. */
export function pictureEnding(type: string): string | undefined {
  return Object.hasOwn(ENDINGS, type) ? ENDINGS[type] : undefined
}

export function isPictureType(type: string): boolean {
  return pictureEnding(type) !== undefined
}
