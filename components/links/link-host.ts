/** What a reader must see of an address before following it: its host, in the form that cannot pass for another's. */
export function linkHost(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
