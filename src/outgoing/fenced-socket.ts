import { createSocket, type Socket as DatagramSocket } from 'node:dgram'
import type { lookup as resolveName } from 'node:dns'
import { connect, isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls'
import { defined } from '../base/defined.ts'
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

/**
 * Opens a UDP socket that sends to the target, and receives only from it.
 * @throws FenceError, and any error of the lookup
 */
export async function fencedDatagrams(
  fence: Fence,
  target: Target,
  signal: AbortSignal,
): Promise<DatagramSocket> {
  const { host, port, lookup } = optionsFor(fence, target)
  const found = isIP(host)
    ? { address: host, family: isIP(host) }
    : await new Promise<{ address: string; family: number | undefined }>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error(`No address for ${host} in time`)), {
          once: true,
        })
        lookup(host, { all: false }, (error, address, family) =>
          error ? reject(error) : resolve({ address: String(address), family }),
        )
      })
  const socket = createSocket(found.family === 6 ? 'udp6' : 'udp4')
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.connect(port, found.address, () => {
        socket.off('error', reject)
        resolve()
      })
    })
    return socket
  } catch (error) {
    socket.close()
    throw error
  }
}

function optionsFor({ allowed, setting, reachesPublicHosts = true, resolve }: Fence, { host, port }: Target) {
  const bare = host.replace(/^\[|\]$/g, '')
  const names = [bare, `${bare}:${port}`, `[${bare}]`, `[${bare}]:${port}`].map((name) => name.toLowerCase())
  // rule S11: otherwise LDAP and SMTP nodes reach services inside
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
