import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazy, lazyExtend, lazyObject, namedObject } from './lazy.ts'
import { pageOf, pageQuery } from './page.ts'

/** A session, without its token. Times are ISO 8601. */
const sessionSchema = namedObject('Session', () => ({
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

export const listSessions = endpoint('GET', 'sessions', {
  query: lazyExtend(pageQuery, () => ({
    _queryFilter: z.optional(z.string()),
    _fields: z.optional(z.string()),
  })),
  answer: pageOf(sessionSchema),
})

/** The sessions of the person who asks. */
export const listOwnSessions = endpoint('GET', 'users/:id/sessions', { answer: pageOf(sessionSchema) })

/** By default, the token of the header or cookie. */
export const tokenSchema = namedObject('Token', () => ({
  tokenId: z.optional(z.string('must be a session token')),
}))

const describeSession = {
  body: tokenSchema,
  answer: lazyObject(() => ({
    username: z.string(),
    universalId: z.string(),
    realm: z.string(),
    latestAccessTime: z.string(),
    maxIdleExpirationTime: z.string(),
    maxSessionExpirationTime: z.string(),
    properties: z.record(z.string(), z.string()),
  })),
}

/** The properties that the realm lists. Without a named member, generated Java couldn't tell it from other answers. */
const propertiesSchema = lazy(() => z.catchall(z.object({ AMCtxId: z.optional(z.string()) }), z.string()))

/** Source: "Manage sessions over REST". */
export const manageSessions = endpoint('POST', 'sessions', {
  query: lazyObject(() => ({
    tokenId: z.optional(z.string()),
    /** Of `validate`: whether the call counts as a use of the session. */
    refresh: z.optional(z.enum(['true', 'false'])),
  })),
  actions: {
    getSessionInfo: describeSession,
    getSessionInfoAndResetIdleTime: describeSession,
    validate: {
      body: tokenSchema,
      answer: lazyObject(() => ({
        valid: z.boolean(),
        sessionUid: z.optional(z.string()),
        uid: z.optional(z.string()),
        realm: z.optional(z.string()),
      })),
    },
    /** Idle times are in minutes, `maxtime` in seconds. */
    refresh: {
      body: tokenSchema,
      answer: lazyObject(() => ({
        uid: z.string(),
        realm: z.string(),
        idletime: z.number(),
        maxidletime: z.number(),
        maxsessiontime: z.number(),
        maxtime: z.number(),
      })),
    },
    logout: { body: tokenSchema, answer: lazyObject(() => ({ result: z.string() })) },
    logoutByHandle: {
      body: lazyObject(() => ({
        sessionHandles: z.array(z.string(), 'must be a list of session handles').check(z.maxLength(100)),
      })),
      answer: lazyObject(() => ({ result: z.record(z.string(), z.boolean()) })),
    },
    logoutByUser: {
      body: lazyObject(() => ({
        username: z.string('must be a username').check(z.minLength(1, 'must be a username')),
      })),
      answer: lazyObject(() => ({ result: z.boolean() })),
    },
    getSessionProperties: { body: tokenSchema, answer: propertiesSchema },
    updateSessionProperties: {
      body: lazy(() => z.catchall(tokenSchema(), z.string())),
      answer: propertiesSchema,
    },
  },
})
