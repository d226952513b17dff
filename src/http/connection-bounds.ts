import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { RequestError } from '../base/errors.ts'
import { sourceOf } from '../limits/source.ts'
import { plainAddress, proxyMatcher } from './client-address.ts'
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
  const isProxy = proxyMatcher(trustedProxies)
  app.server.on('connection', (socket: Socket) => {
    const { remoteAddress } = socket
    if (remoteAddress === undefined || isProxy(remoteAddress)) return
    const source = sourceOf(plainAddress(remoteAddress))
    const count = (open.get(source) ?? 0) + 1
    open.set(source, count)
    socket.on('close', () => {
      const left = (open.get(source) ?? 1) - 1
      if (left > 0) open.set(source, left)
      else open.delete(source)
    })
    // rule S10: otherwise one address holds any number of connections
    if (count > perAddress) refuse(socket)
  })
}

function refuse(socket: Socket): void {
  socket.on('error', () => undefined)
  socket.end(rawAnswer(new RequestError(429, 'Too many connections are open from this address')), () =>
    socket.destroy(),
  )
}
