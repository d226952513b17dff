import type { lookup as resolveName } from 'node:dns'
import { connect, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls'
import { defined } from '../engine/defined.ts'
import { fencedLookup } from './address-fence.ts'

/** Where connections of one protocol may lead: to public addresses, and to listed hosts. */
export type Fence = {
  /** Host names or addresses, each with a port or for all ports. */
  allowed: readonly string[]
  /** The environment setting with this list. */
  setting: string
  /** Default: true. */
  reachesPublicHosts?: boolean
  /** For tests. */
  resolve?: typeof resolveName
}

/** A connection that was refused before any packet was sent. */
export class FenceError extends Error {
  override readonly name = 'FenceError'
  readonly code = 'EFENCED'
}

/** @param host a name or an address; the brackets of an IPv6 address are optional. */
type Target = { host: string; port: number }

/** Connects over TCP. @throws FenceError, at once or as the socket's error. */
export function fencedSocket(fence: Fence, target: Target): Socket {
  return connect(optionsFor(fence, target))
}

/** Connects over TLS. @throws FenceError, at once or as the socket's error. */
export function fencedTlsSocket(fence: Fence, target: Target, options: ConnectionOptions = {}): TLSSocket {
  return connectTls({ ...options, ...optionsFor(fence, target) })
}

function optionsFor({ allowed, setting, reachesPublicHosts = true, resolve }: Fence, { host, port }: Target) {
  const bare = host.replace(/^\[|\]$/g, '')
  const names = [bare, `${bare}:${port}`, `[${bare}]`, `[${bare}]:${port}`].map((name) => name.toLowerCase())
  const isListed = allowed.some((name) => names.includes(name.toLowerCase()))
  if (!isListed && !reachesPublicHosts) throw new FenceError(`${bare}:${port} can't be reached from a test`)
  const lookup = fencedLookup({
    host: bare,
    isListed,
    refusal: () =>
      new FenceError(`${bare}:${port} is not a public address; ${setting} must list it to allow connections`),
    ...defined({ resolve }),
  })
  return { host: bare, port, lookup }
}
