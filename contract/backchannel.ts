import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'
import { lazy, lazyExtend, lazyObject } from './lazy.ts'
import { cancelledSchema, codeSchema, eventSchema } from './transactions.ts'

const path = 'authenticate/backchannel'

/** Names a transaction. A journey that sends its authId may leave both out. */
const namedSchema = lazyObject(() => ({
  transaction: z.optional(z.string('must be the id of a transaction').check(z.minLength(1))),
  reference: z.optional(z.string('must be the reference of a transaction').check(z.minLength(1))),
}))

/** The first event of a live feed. */
export const snapshotSchema = lazyObject(() => ({
  reference: z.string(),
  state: z.string(),
  result: z.string(),
  ending: z.nullable(z.string()),
  sequence: z.number(),
  expiresAt: z.number(),
  notificationData: z.nullable(z.record(z.string(), z.unknown())),
  notifications: z.array(eventSchema()),
  timeline: z.array(eventSchema()),
  /** The link; only for the journey that created it. */
  redirectUri: z.optional(z.string()),
  code: codeSchema(),
  reverseCode: codeSchema(),
}))

export const readFeed = {
  method: 'GET',
  path: `${path}/events`,
  query: lazyExtend(namedSchema, () => ({
    /** `true` keeps the feed open after the result, while the caller may still reject it. */
    late: z.optional(z.enum(['true', 'false'])),
  })),
  events: lazy(() => z.union([snapshotSchema(), eventSchema()])),
} as const satisfies Endpoint

export const sendLink = {
  method: 'POST',
  path: `${path}/send`,
  body: lazyExtend(namedSchema, () => ({
    /** `voice` reads the short address and its code aloud. */
    channel: z._default(z.enum(['email', 'sms', 'voice'], 'must be email, sms or voice'), 'email'),
  })),
  answer: lazyObject(() => ({
    /** The masked email address or telephone number. */
    sentTo: z.string(),
    at: z.nullable(z.number()),
  })),
} as const satisfies Endpoint

export const cancelOpen = {
  method: 'POST',
  path: `${path}/cancel`,
  body: namedSchema,
  answer: cancelledSchema,
} as const satisfies Endpoint

const linkSchema = lazyObject(() => ({
  transaction: z.string('must be the id of a transaction').check(z.minLength(1)),
}))

/** The language of the texts, before those of the browser. */
const localeQuery = lazyObject(() => ({ locale: z.optional(z.string()) }))

/** The members of a check that the holder of its link can see. */
const callersCheckSchema = lazyObject(() => ({
  organisation: z.string(),
  openedBy: z.nullable(z.string()),
  application: z.nullable(z.string()),
  question: z.nullable(z.string()),
  isConfirmed: z.boolean(),
  action: z.nullable(z.string()),
  /** The action in the language of the request. */
  actionText: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  ticket: z.nullable(z.string()),
  /** Another agent who approved the check. */
  secondAgent: z.nullable(z.string()),
  vouchFor: z.nullable(z.string()),
  /** Masked. */
  subject: z.nullable(z.string()),
  reverseCode: z.nullable(z.string()),
  journey: z.string(),
  state: z.string(),
  result: z.string(),
  ending: z.nullable(z.string()),
  rejectedAt: z.nullable(z.number()),
  expiresAt: z.number(),
}))

/** The ways to reject a check. */
const rejections = ['notMe', 'calledMe', 'notVouched'] as const

export const describeLink = {
  method: 'POST',
  path: `${path}/describe`,
  query: localeQuery,
  body: linkSchema,
  answer: callersCheckSchema,
} as const satisfies Endpoint

export const seeLink = {
  method: 'POST',
  path: `${path}/seen`,
  body: linkSchema,
  answer: lazyObject(() => ({
    /** Whether this call recorded it: false if it was known, the caller went on, or the transaction asks nothing. */
    isRecorded: z.boolean(),
  })),
} as const satisfies Endpoint

export const confirmLink = {
  method: 'POST',
  path: `${path}/confirm`,
  query: localeQuery,
  body: linkSchema,
  answer: callersCheckSchema,
} as const satisfies Endpoint

export const rejectLink = {
  method: 'POST',
  path: `${path}/reject`,
  body: lazyExtend(linkSchema, () => ({
    reason: z._default(z.enum(rejections, `must be one of ${rejections.join(', ')}`), 'notMe'),
  })),
  answer: lazyObject(() => ({
    state: z.string(),
    result: z.string(),
    ending: z.nullable(z.string()),
    /** Whether the check had its result before. */
    isLate: z.boolean(),
  })),
} as const satisfies Endpoint
