import type { FastifyReply } from 'fastify'
import type { JointCounts } from '../../limits/joint-counts.ts'
import type { Access, Call } from '../route.ts'

/** What a check may look at: the call, its HTTP method, and the reply for headers. */
export type Visit = {
  method: string
  access: Access
  call: Call
  /** The realm that the call acts on, where it is not the one of its path. @throws RequestError for none. */
  realmOf(): Promise<string> | string
  reply: FastifyReply
  /** Of the server's settings; unset means that administrators alone read metrics. */
  metricsPassword?: string | undefined
  /** Where requests are counted that need no session; unset means nowhere. */
  requestCounts?: RequestCounts | undefined
}

/** Counts requests, and hears by a word for it of each that was one too many. */
export type RequestCounts = Pick<JointCounts, 'count'> & { refused(problem: string): void }

/** Refuses by throwing a RequestError; otherwise lets pass. */
export type Check = (visit: Visit) => void | Promise<void>
