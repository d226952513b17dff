import { isIPv6 } from 'node:net'
import type { Limit } from './limit.ts'

/** How many wrong passwords count together. */
const failureWindowMs = 10 * 60_000

/**
 * Whom an address stands for: itself, and with IPv6 its network of 64 bits, which is what one household or one rented
 * machine gets.
 */
export function sourceOf(address: string): string {
  const [bare = ''] = address.split('%')
  return isIPv6(bare) ? `${groupsOf(bare).slice(0, 4).join(':')}::/64` : bare
}

/**
 * Wrong passwords from one address, whoever's they are: one password tried with many names is seen here and nowhere else.
 * @param most 0 is no limit.
 */
export function failuresFrom(realm: string, address: string, most: number): Limit {
  return { key: `${realm} wrong passwords from ${sourceOf(address)}`, most, windowMs: failureWindowMs }
}

/** The eight groups of an address, without leading zeros. */
function groupsOf(address: string): string[] {
  // As a host of a URL, every spelling of an address becomes one.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
}
