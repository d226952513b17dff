import type { FastifyReply } from 'fastify'
import type { SharedCounts } from '../../limits/shared-counts.ts'
import type { Access, Call } from '../route.ts'

/** The view that a guard has of a request. */
export type Visit = {
  method: string
  access: Access
  call: Call
  /** The realm that the call acts on. @throws RequestError for an unknown realm. */
  realmOf(): Promise<string> | string
  reply: FastifyReply
  /** Unset: only administrators can read metrics. */
  metricsPassword?: string | undefined
  /** Unset: nobody can read logs. */
  logKey?: LogKey | undefined
  /** Counts requests that need no session. Unset: no limit. */
  requestCounts?: RequestCounts | undefined
}

/** The log API key of the installation, and its secret. */
export type LogKey = { key: string; secret: string }

/** Counts requests. `refused` is called with the problem for each request above the limit. */
export type RequestCounts = Pick<SharedCounts, 'count'> & { refused(problem: string): void }

/** Accepts a request or throws a RequestError. */
export type Guard = (visit: Visit) => void | Promise<void>
