import { BlockList, isIP, isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** IPv4 addresses as dual-stack sockets show them, and with a port, as some proxies write them. */
const mapped = /^::ffff:(?=\d+\.)/i
const port = /^(\d+\.\d+\.\d+\.\d+):\d+$/

/**
 * The client's address for audit, limits and nodes: the peer, or the client that a trusted proxy reports. Ignores forwarded
 * values that are not addresses. Empty if the peer has disconnected, contrary to the types of Node and Fastify.
 */
export function clientAddress({
  ip = '',
  socket,
}: Partial<Pick<FastifyRequest, 'ip'>> & Pick<FastifyRequest, 'socket'>): string {
  const forwarded = plainAddress(ip).replace(port, '$1')
  return isIP(forwarded) === 0 ? plainAddress(socket.remoteAddress ?? '') : forwarded
}

/** Whether an address of a connection belongs to the proxies. @param proxies addresses and ranges */
export function proxyMatcher(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of proxies) {
    const [address = '', prefix] = range.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return (address) => {
    const bare = plainAddress(address)
    return list.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4')
  }
}

/** Dual-stack sockets show IPv4 addresses as IPv6. */
export function plainAddress(address: string): string {
  return address.replace(mapped, '')
}

/** Headers in which proxies report the client's address. Any client can forge them. */
const proxyHeaders: ReadonlySet<string> = new Set(['x-forwarded-for', 'x-real-ip', 'true-client-ip'])

/** A header as nodes and scripts see it. Headers for the client's address contain the trusted one. */
export function trustedHeader(name: string, values: readonly string[], address: string): readonly string[] {
  if (name === 'forwarded') return []
  return proxyHeaders.has(name) ? [address] : values
}
