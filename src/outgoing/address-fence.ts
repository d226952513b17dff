import { type LookupAddress, lookup as resolveName } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Networks that lead into the server's own network, or that aren't routed. */
const forbidden = new BlockList()
const networks4 = [
  ['0.0.0.0', 8], // this host
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, with the cloud's metadata services
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
] as const
const networks6 = [
  ['2001::', 23], // protocol assignments, Teredo
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: an IPv4 address inside
  ['3fff::', 20], // documentation
] as const
for (const [network, prefix] of networks4) forbidden.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of networks6) forbidden.addSubnet(network, prefix, 'ipv6')

/**
 * The IPv6 addresses that can be public: global unicast, and IPv4-mapped ones. Everything else is local, translated to IPv4 or not
 * assigned. Source: IANA, "Internet Protocol Version 6 Address Space".
 */
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')
global6.addSubnet('::ffff:0:0', 96, 'ipv6')

/** Whether an address is on the public internet. An IPv4-mapped IPv6 address counts as its IPv4 address. */
export function isPublicAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? ''
  const version = isIP(bare)
  if (version === 0) return false
  // rule R6: otherwise addresses that a translator turns into private ones count as public
  if (version === 6 && !global6.check(bare, 'ipv6')) return false
  // rule R6: otherwise scripts can call services in the internal network
  return !forbidden.check(bare, version === 4 ? 'ipv4' : 'ipv6')
}

/** The target of one outgoing connection. */
export type FencedTarget = {
  /** A name or an address, without brackets. */
  host: string
  /** Listed hosts may have any address. */
  isListed: boolean
  /** The error for a target that is neither public nor listed. */
  refusal(): Error
  /** Replaced in tests. */
  resolve?: typeof resolveName
}

/**
 * A lookup for `net.connect` that refuses a host if any of its addresses is neither public nor listed. The socket connects to
 * the checked address, so a name cannot change between check and use.
 * @throws the refusal immediately if the host is an address, because sockets only look up names.
 */
export function fencedLookup({
  host,
  isListed,
  refusal,
  resolve = resolveName,
}: FencedTarget): LookupFunction {
  // rule S11: otherwise an address leads inside
  if (isIP(host) !== 0 && !isListed && !isPublicAddress(host)) throw refusal()
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      // rule S11: otherwise a name leads inside
      const isRefused = !isListed && addresses.some(({ address }) => !isPublicAddress(address))
      if (isRefused) return callback(refusal(), '')
      const [first] = addresses
      if (first === undefined) return callback(new Error(`No address for ${hostname}`), '')
      return options.all
        ? callback(null, addresses satisfies LookupAddress[])
        : callback(null, first.address, first.family)
    })
  }
}
