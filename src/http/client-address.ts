import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** An IPv4 address as a socket for both versions shows it, and as some proxies write it, with the port. */
const mapped = /^::ffff:(?=\d+\.)/i
const port = /^(\d+\.\d+\.\d+\.\d+):\d+$/

/**
 * The one address that a request comes from, for audit, limits and nodes: the peer, or what a trusted proxy says of its
 * own peer. Something else than an address counts as the peer. Empty when the peer has gone meanwhile, whatever the types
 * of Node and Fastify say.
 */
export function clientAddress({
  ip = '',
  socket,
}: Partial<Pick<FastifyRequest, 'ip'>> & Pick<FastifyRequest, 'socket'>): string {
  const told = ip.replace(mapped, '').replace(port, '$1')
  return isIP(told) === 0 ? (socket.remoteAddress ?? '').replace(mapped, '') : told
}

/** Headers in which proxies tell whom they speak for, and in which anybody can tell anything. */
const proxyHeaders: ReadonlySet<string> = new Set(['x-forwarded-for', 'x-real-ip', 'true-client-ip'])

/** A header as nodes and scripts may see it: those that name a client name the one that counts. */
export function believedHeader(name: string, values: readonly string[], address: string): readonly string[] {
  if (name === 'forwarded') return []
  return proxyHeaders.has(name) ? [address] : values
}
