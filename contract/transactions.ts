import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazy, lazyExtend, lazyObject, namedLooseObject, namedObject } from './lazy.ts'
import { pageOf, pageQuery } from './page.ts'

/** A code that the agent reads out; null while nothing asks for it. Only the agent of the check gets codes. */
export const codeSchema = lazy(() => z.optional(z.nullable(z.string())))

/** An event of a transaction. Clients must ignore kinds and members that they don't know. Times are epoch milliseconds. */
export const eventSchema = namedLooseObject('TransactionEvent', () => ({
  kind: z.string(),
  at: z.number(),
  sequence: z.optional(z.number()),
  /** In `sent`: the masked email address or telephone number. In `offered`: the name of the colleague; null for the team. */
  to: z.optional(z.nullable(z.string())),
  /** In `notification`. */
  data: z.optional(z.unknown()),
  /** In `codeWrong`. */
  triesLeft: z.optional(z.number()),
  /** In `alsoChecked`: the other agent. In `takenOver`: the new agent. */
  agent: z.optional(z.string()),
  /** In `takenOver`: the former agent. */
  from: z.optional(z.string()),
  /** In a failed sign-in, or in a rejection after the result. */
  reason: z.optional(z.nullable(z.string())),
  /** In `shortCodeUsed`: `spoken`, `message` or `call`. In `sent`, `messageSent`, `messageDelivered` and `messageFailed`: `sms` or `voice`. */
  channel: z.optional(z.string()),
  /** In the events of a message to a telephone: its id, the same in `sent` and in each later event. */
  message: z.optional(z.string()),
  /** Sent to the agent with the event that releases it. */
  reverseCode: codeSchema(),
  state: z.optional(z.string()),
}))

/** Whether the result of a verified check can be used now, in a list: the states of `verification.grant` of a check. */
const listedGrantSchema = namedObject('ListedGrant', () => ({
  state: z.string(),
  /** When a delayed result can be used. */
  usableAt: z.nullable(z.number()),
  usedAt: z.nullable(z.number()),
  /** When the pause of the person ends. */
  until: z.nullable(z.number()),
}))

/** A transaction in a list. It never has the transaction's id, which is the secret of its link. */
export const transactionRowSchema = lazyObject(() => ({
  _id: z.string(),
  reference: z.string(),
  subject: z.nullable(z.string()),
  subjectId: z.nullable(z.string()),
  action: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  ticket: z.nullable(z.string()),
  vouchFor: z.nullable(z.string()),
  check: z.nullable(z.string()),
  checkTitle: z.nullable(z.string()),
  /** The agent who is responsible now. */
  agent: z.nullable(z.string()),
  /** The agent who opened it, if that is another one. */
  openedBy: z.nullable(z.string()),
  /** Whether the reader is its agent. */
  isOwn: z.boolean(),
  /** The agent's offer to hand it over, and when. The name is null if it is offered to the team. */
  offeredTo: z.nullable(z.object({ name: z.nullable(z.string()), at: z.nullable(z.number()) })),
  secondAgent: z.nullable(z.string()),
  /** CREATED, IN_PROGRESS, COMPLETED, CANCELLED or EXPIRED. */
  state: z.string(),
  /** UNKNOWN, APPROVED or DENIED. */
  result: z.string(),
  /** How it ended; null while it is open. */
  ending: z.nullable(z.string()),
  rejectedAt: z.nullable(z.number()),
  /** When its agent first read the rejection, and the name of that agent. */
  rejectionReadAt: z.nullable(z.number()),
  rejectionReadBy: z.nullable(z.string()),
  /** When a lead who was not its agent first read it, and the name of that lead. */
  leadReadAt: z.nullable(z.number()),
  leadReadBy: z.nullable(z.string()),
  startedAt: z.number(),
  /** When the page behind the link was first shown, and when the caller confirmed the call there. */
  viewedAt: z.nullable(z.number()),
  confirmedAt: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
  /** When an agent withdrew the result. */
  withdrawnAt: z.nullable(z.number()),
  /** Null unless the caller of a check was verified. */
  grant: z.nullable(listedGrantSchema()),
  /** The name of a colleague with an open check of the same person, while this one is open. */
  alsoCheckedBy: z.nullable(z.string()),
  expiresAt: z.number(),
  notifications: z.number(),
  lastKind: z.string(),
  lastText: z.nullable(z.string()),
  sentAt: z.nullable(z.number()),
}))

const administratorsRowSchema = lazyExtend(transactionRowSchema, () => ({
  journey: z.string(),
  agentId: z.nullable(z.string()),
  client: z.nullable(z.string()),
  ageSeconds: z.number(),
  auditTrackingIds: z.array(z.string()),
}))

const runSchema = lazyObject(() => ({
  _id: z.string(),
  /** `front`: the journey that opened the transaction. `back`: a caller's journey. */
  side: z.enum(['front', 'back']),
  journey: z.string(),
  outcome: z.string(),
  startedAt: z.number(),
}))

export const transactionQuery = lazyExtend(pageQuery, () => ({
  /** One state, or `open`. */
  state: z.optional(z.string()),
  /** One or more endings, separated by commas. */
  ending: z.optional(z.string()),
  text: z.optional(z.string()),
  journey: z.optional(z.string()),
}))

export const cancelledSchema = namedObject('Cancelled', () => ({
  reference: z.string(),
  state: z.literal('CANCELLED'),
}))

export const listTransactions = endpoint('GET', 'backchannel-transactions', {
  query: transactionQuery,
  answer: pageOf(administratorsRowSchema),
})

export const readTransaction = endpoint('GET', 'backchannel-transactions/:reference', {
  answer: lazyExtend(administratorsRowSchema, () => ({
    timeline: z.array(eventSchema()),
    runs: z.array(runSchema()),
  })),
})

export const changeTransaction = endpoint('POST', 'backchannel-transactions/:reference', {
  actions: { cancel: { answer: cancelledSchema } },
})
