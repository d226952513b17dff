import { isIP } from 'node:net'
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
  const forwarded = ip.replace(mapped, '').replace(port, '$1')
  return isIP(forwarded) === 0 ? (socket.remoteAddress ?? '').replace(mapped, '') : forwarded
}

/** Headers in which proxies report the client's address. Any client can forge them. */
const proxyHeaders: ReadonlySet<string> = new Set(['x-forwarded-for', 'x-real-ip', 'true-client-ip'])

/** A header as nodes and scripts see it. Headers for the client's address contain the trusted one. */
export function trustedHeader(name: string, values: readonly string[], address: string): readonly string[] {
  if (name === 'forwarded') return []
  return proxyHeaders.has(name) ? [address] : values
}
