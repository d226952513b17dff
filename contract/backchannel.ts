import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazy, lazyExtend, lazyObject, namedObject } from './lazy.ts'
import { cancelledSchema, codeSchema, eventSchema } from './transactions.ts'

const path = 'authenticate/backchannel'

const authIdHeader = lazyObject(() => ({
  /** Of the journey that opened the transaction. */
  'X-Sidegate-AuthId': z.optional(z.string()),
}))

/** Names a transaction. A journey that sends its authId may leave both out. */
const namedSchema = lazyObject(() => ({
  transaction: z.optional(z.string('must be the id of a transaction').check(z.minLength(1))),
  reference: z.optional(z.string('must be the reference of a transaction').check(z.minLength(1))),
}))

const subjectSchema = namedObject('Subject', () => ({
  type: z.enum(['user', 'agent'], "must be 'user' or 'agent'"),
  name: z.string('must be a username or object id').check(z.minLength(1, 'must be a username or object id')),
}))

const linkSchema = namedObject('Link', () => ({
  transaction: z.string('must be the id of a transaction').check(z.minLength(1)),
}))

/** Source: "Backchannel authentication" of the vendor's REST guide. */
export const openTransaction = endpoint('POST', `${path}/initialize`, {
  body: lazyObject(() => ({
    type: z.literal('service', "must be 'service'"),
    /** The name of a journey. */
    value: z.string('must be the name of a journey').check(z.minLength(1, 'must be the name of a journey')),
    subject: z.optional(subjectSchema()),
    data: z._default(z.record(z.string(), z.json(), 'expected a JSON object'), {}),
    trackingId: z.optional(
      z
        .string()
        .check(z.regex(/^[\w-]{1,36}$/, 'must have 1 to 36 letters, digits, hyphens and underscores')),
    ),
    allowRetry: z._default(z.boolean('must be true or false'), true),
  })),
  answer: lazyObject(() => ({ transaction: z.string(), redirectUri: z.string() })),
})

export const readState = endpoint('POST', `${path}/info`, {
  body: linkSchema,
  answer: lazyObject(() => ({
    state: z.string(),
    result: z.string(),
    auditTrackingIds: z.array(z.string()),
    type: z.literal('service'),
    value: z.string(),
    subject: z.optional(subjectSchema()),
    /** Once the transaction is complete. */
    sessionProperties: z.optional(z.record(z.string(), z.json())),
    ending: z.optional(z.string()),
  })),
})

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

export const readFeed = endpoint('GET', `${path}/events`, {
  headers: authIdHeader,
  query: lazyExtend(namedSchema, () => ({
    /** `true` keeps the feed open after the result, while the caller may still reject it. */
    late: z.optional(z.enum(['true', 'false'])),
  })),
  events: lazy(() => z.union([snapshotSchema(), eventSchema()])),
})

export const sendLink = endpoint('POST', `${path}/send`, {
  headers: authIdHeader,
  body: lazyExtend(namedSchema, () => ({
    /** `voice` reads the short address and its code aloud. */
    channel: z._default(z.enum(['email', 'sms', 'voice'], 'must be email, sms or voice'), 'email'),
  })),
  answer: lazyObject(() => ({
    /** The masked email address or telephone number. */
    sentTo: z.string(),
    at: z.nullable(z.number()),
  })),
})

export const cancelOpen = endpoint('POST', `${path}/cancel`, {
  headers: authIdHeader,
  body: namedSchema,
  answer: cancelledSchema,
})

/** The language of the texts, before those of the browser. */
const localeQuery = lazyObject(() => ({ locale: z.optional(z.string()) }))

/** The members of a check that the holder of its link can see. */
const callersCheckSchema = namedObject('CallersCheck', () => ({
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

export const describeLink = endpoint('POST', `${path}/describe`, {
  query: localeQuery,
  body: linkSchema,
  answer: callersCheckSchema,
})

export const seeLink = endpoint('POST', `${path}/seen`, {
  body: linkSchema,
  answer: lazyObject(() => ({
    /** Whether this call recorded it: false if it was known, the caller went on, or the transaction asks nothing. */
    isRecorded: z.boolean(),
  })),
})

export const confirmLink = endpoint('POST', `${path}/confirm`, {
  query: localeQuery,
  body: linkSchema,
  answer: callersCheckSchema,
})

export const rejectLink = endpoint('POST', `${path}/reject`, {
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
})
