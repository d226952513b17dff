import { BlockList, isIPv6, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { RequestError } from '../errors.ts'
import { sourceOf } from '../limits/source.ts'
import { rawAnswer } from './error-answer.ts'

type Bounds = {
  /** Maximum open connections from one address. */
  perAddress: number
  /** Addresses and ranges without a limit, because they carry the requests of many clients. */
  trustedProxies: readonly string[]
}

/** Limits the open connections of each address. A connection costs a file descriptor and memory even if it sends nothing. */
export function boundConnections(app: FastifyInstance, { perAddress, trustedProxies }: Bounds): void {
  const open = new Map<string, number>()
  const isProxy = matcherOf(trustedProxies)
  app.server.on('connection', (socket: Socket) => {
    const { remoteAddress } = socket
    if (remoteAddress === undefined || isProxy(remoteAddress)) return
    const source = sourceOf(plain(remoteAddress))
    const count = (open.get(source) ?? 0) + 1
    open.set(source, count)
    socket.on('close', () => {
      const left = (open.get(source) ?? 1) - 1
      if (left > 0) open.set(source, left)
      else open.delete(source)
    })
    if (count > perAddress) refuse(socket)
  })
}

function refuse(socket: Socket): void {
  socket.on('error', () => undefined)
  socket.end(rawAnswer(new RequestError(429, 'Too many connections are open from this address')), () =>
    socket.destroy(),
  )
}

function matcherOf(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return (address) => {
    const bare = plain(address)
    return list.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4')
  }
}

/** Dual-stack sockets show IPv4 addresses as IPv6. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
