import { isIPv4, isIPv6 } from 'node:net'
import type { Limit } from './limit.ts'

const failureWindowMs = 10 * 60_000

/** The key of a client address: the address, or the /64 network for IPv6, which one household or rented machine gets. */
export function sourceOf(address: string): string {
  return networksOf(address).at(-1) ?? ''
}

/**
 * The networks of a client address that one party may hold whole, from the largest: the /24 and the address for IPv4; /48,
 * /56 and /64 for IPv6, which providers and hosts assign.
 */
export function networksOf(address: string): string[] {
  const [bare = ''] = address.split('%')
  if (isIPv4(bare)) return [`${bare.slice(0, bare.lastIndexOf('.'))}.0/24`, bare]
  if (!isIPv6(bare)) return [bare]
  const [first, second, third, fourth = '0'] = groupsOf(bare)
  const site = `${first}:${second}:${third}`
  const fourthOf56 = (Number.parseInt(fourth, 16) & 0xff00).toString(16)
  // rule S27: otherwise many /64 networks of one owner count apart
  return [`${site}::/48`, `${site}:${fourthOf56}::/56`, `${site}:${fourth}::/64`]
}

/** How much more the /56 and the /48 around a /64 may do. A mobile network gives each customer a /64. */
const factors = [1, 4, 8]

/**
 * The limit of an address and, for IPv6, those of the networks around it, the smallest first: a party with a whole network has no
 * limit for each part of it. The addresses of an IPv4 network mostly belong to different parties.
 * @param limit its key names what is counted.
 */
export function limitsOfNetworks(limit: Limit, address: string): Limit[] {
  const networks = networksOf(address).toReversed()
  return networks.slice(0, isIPv4(address) ? 1 : undefined).map((network, level) => ({
    ...limit,
    key: `${limit.key} from ${network}`,
    // rule S27: otherwise a party with a whole network guesses from each of its addresses
    max: limit.max * (factors[level] ?? 0),
  }))
}

/**
 * Limits wrong passwords from one address and its networks, for all people together. Only these limits detect one password tried
 * with many usernames.
 * @param max 0 means no limit.
 */
export function failedPasswordLimits(realm: string, address: string, max: number): Limit[] {
  return limitsOfNetworks({ key: `${realm} wrong passwords`, max, windowMs: failureWindowMs }, address)
}

/** The eight groups of an address, without leading zeros. */
function groupsOf(address: string): string[] {
  // A URL normalises every spelling of an address.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
}
