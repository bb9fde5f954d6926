/** An address without its fragment: the page that it names, wherever on it. */
export function withoutHash(url: string): string {
  return url.replace(/#.*$/s, '')
}
