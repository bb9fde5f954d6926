/** Names that lead into the reader's own machine or network, never out. */
const PRIVATE_NAMES = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/

/**
 * True for a host of the reader's own machine or network, as `URL.hostname` writes it: a page of the web has no business
 * there. A name that leads there without saying so is not known.
 */
export function isPrivateHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return isPrivateV6(hostname.slice(1, -1))
  const name = hostname.replace(/\.$/, '')
  const numbers = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(name)
  if (numbers) return isPrivateV4(Number(numbers[1]), Number(numbers[2]))
  return !name.includes('.') || PRIVATE_NAMES.test(name)
}

/** By the first two numbers: this host, private use, loopback, link-local, shared, and what is no single host. */
function isPrivateV4(first: number, second: number): boolean {
  if (first === 0 || first === 10 || first === 127 || first >= 224) return true
  if (first === 172) return second >= 16 && second < 32
  if (first === 100) return second >= 64 && second < 128
  return (first === 192 && second === 168) || (first === 169 && second === 254)
}

/** Only addresses of the global range are let through, none that holds an IPv4 address. */
function isPrivateV6(address: string): boolean {
  return !/^[23][\da-f]{3}:/.test(address) || /^2002:|^2001:0?:/.test(address)
}
