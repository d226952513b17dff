import type { FastifyReply } from 'fastify'
import type { Identity } from '../../identities/identity.ts'
import type { Call } from '../route.ts'

/** What a check may look at: the call, its HTTP method, and the reply for headers. */
export type Visit = {
  method: string
  call: Call
  reply: FastifyReply
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
  /** Of the server's settings; unset means that administrators alone read metrics. */
  metricsPassword?: string | undefined
}

/** Refuses by throwing a RequestError; otherwise lets pass. */
export type Check = (visit: Visit) => void | Promise<void>
