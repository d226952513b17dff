import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'
import { lazyExtend, lazyObject } from './lazy.ts'
import { pageOf, pageQuery } from './page.ts'

/** A session, without its token. Times are ISO 8601. */
const sessionSchema = lazyObject(() => ({
  username: z.string(),
  universalId: z.string(),
  realm: z.string(),
  sessionHandle: z.string(),
  latestAccessTime: z.string(),
  maxIdleExpirationTime: z.string(),
  maxSessionExpirationTime: z.string(),
  createdTime: z.string(),
  userId: z.string(),
  journey: z.string(),
  authLevel: z.number(),
  /** Whether the call was made with this session. */
  isOwn: z.boolean(),
  /** The browser and system in which the person signed in; empty if unknown. */
  browser: z.string(),
  /** The address from which the person signed in; empty if unknown. */
  address: z.string(),
}))

export const listSessions = {
  method: 'GET',
  path: 'sessions',
  query: lazyExtend(pageQuery, () => ({
    _queryFilter: z.optional(z.string()),
    _fields: z.optional(z.string()),
  })),
  answer: pageOf(sessionSchema),
} as const satisfies Endpoint

/** The sessions of the person who asks. */
export const listOwnSessions = {
  method: 'GET',
  path: 'users/:id/sessions',
  answer: pageOf(sessionSchema),
} as const satisfies Endpoint
