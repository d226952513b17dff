import { z } from 'zod'
import { jsonObjectSchema } from '../engine/json.ts'
import { noPurpose, type Purpose } from '../help-desk/transactions/purpose.ts'
import {
  denials,
  type Opener,
  rejections,
  type Subject,
  type Transaction,
  type TransactionEvent,
} from '../help-desk/transactions/transaction.ts'
import { flag, json, jsonOrNull, maybe, rowsOf } from './rows.ts'
import type { TransactionTable } from './tables.ts'

const state = z.enum(['CREATED', 'IN_PROGRESS', 'COMPLETED'])
const result = z.enum(['UNKNOWN', 'APPROVED', 'DENIED'])

const text = maybe(z.string())

const party = z.object({ id: z.string(), name: z.string(), displayName: z.string().exactOptional() })

const subject: z.ZodType<Subject> = party.extend({ kind: z.enum(['user', 'agent']) })

/** Optional members are missing in rows of earlier versions. */
const opener: z.ZodType<Opener> = z.object({
  journeySession: text,
  session: text,
  agent: maybe(party).prefault(null),
  isHelpDesk: z.boolean().prefault(false),
  secondAgent: party.exactOptional(),
  client: text.prefault(null),
  journey: text.prefault(null),
})

const purpose: z.ZodType<Purpose> = z.object({
  action: text.prefault(null),
  reason: text.prefault(null),
  ticket: text.prefault(null),
  vouchFor: text.prefault(null),
})

export const transactionSchema = z.object({
  idHash: z.string(),
  realm: z.string(),
  journey: z.string(),
  reference: z.string(),
  purpose: maybe(json(purpose)).transform((stored) => stored ?? noPurpose),
  state,
  result,
  denial: maybe(z.enum(denials)),
  isCancelled: flag,
  subject: maybe(json(subject)),
  data: json(jsonObjectSchema),
  notificationData: maybe(json(jsonObjectSchema)),
  sessionProperties: json(z.record(z.string(), z.string())),
  allowRetry: flag,
  trackingId: text,
  auditTrackingId: z.string(),
  openedBy: json(opener),
  createdAt: z.number(),
  expiresAt: z.number(),
  endedAt: maybe(z.number()),
  rejectedAt: maybe(z.number()),
  confirmedAt: maybe(z.number()),
  sentAt: maybe(z.number()),
  sequence: z.number(),
})

export const transactionRows = rowsOf<Transaction>('transactions', 'idHash', transactionSchema)

const numbered = z.object({ sequence: z.number(), at: z.number() })

export const eventRows = rowsOf<TransactionEvent>(
  'transaction_events',
  'idHash',
  z.discriminatedUnion('kind', [
    numbered.extend({ kind: z.literal('notification'), data: json(jsonObjectSchema) }),
    numbered.extend({ kind: z.literal('state'), state, result }),
    numbered
      .extend({ kind: z.literal('sent'), data: json(z.object({ to: z.string() })) })
      .transform(({ data, ...event }) => ({ ...event, ...data })),
    numbered
      .extend({ kind: z.literal('codeWrong'), data: json(z.object({ triesLeft: z.number() })) })
      .transform(({ data, ...event }) => ({ ...event, ...data })),
    numbered
      .extend({ kind: z.literal('signInFailed'), data: json(z.object({ reason: z.string().nullable() })) })
      .transform(({ data, ...event }) => ({ ...event, ...data })),
    numbered
      .extend({ kind: z.literal('alsoChecked'), data: json(z.object({ agent: z.string() })) })
      .transform(({ data, ...event }) => ({ ...event, ...data })),
    // Events of earlier versions have no reason. Theirs is always `notMe`.
    numbered
      .extend({ kind: z.literal('rejected'), data: maybe(json(z.object({ reason: z.enum(rejections) }))) })
      .transform(({ data, ...event }) => ({ ...event, reason: data?.reason ?? ('notMe' as const) })),
    // Events of earlier versions have no state, and never ended the transaction.
    numbered
      .extend({ kind: z.literal('wrongPerson'), state: state.nullable() })
      .transform(({ state: after, ...event }) => ({ ...event, isFinal: after === 'COMPLETED' })),
    ...([...rejections, 'confirmed', 'codeMatched', 'cancelled', 'mailDelivered', 'mailFailed'] as const).map(
      (kind) => numbered.extend({ kind: z.literal(kind) }),
    ),
  ]),
)

export function rowOf(transaction: Transaction): TransactionTable {
  const { openedBy, purpose: stored } = transaction
  return {
    idHash: transaction.idHash,
    realm: transaction.realm,
    journey: transaction.journey,
    reference: transaction.reference,
    purpose:
      (stored.action ?? stored.reason ?? stored.ticket ?? stored.vouchFor) ? JSON.stringify(stored) : null,
    state: transaction.state,
    result: transaction.result,
    denial: transaction.denial ?? null,
    isCancelled: Number(transaction.isCancelled),
    subject: jsonOrNull(transaction.subject),
    data: JSON.stringify(transaction.data),
    notificationData: jsonOrNull(transaction.notificationData),
    sessionProperties: JSON.stringify(transaction.sessionProperties),
    allowRetry: Number(transaction.allowRetry),
    trackingId: transaction.trackingId ?? null,
    auditTrackingId: transaction.auditTrackingId,
    openedBy: JSON.stringify({
      ...openedBy,
      journeySession: openedBy.journeySession ?? null,
      session: openedBy.session ?? null,
    }),
    agentId: openedBy.agent?.id ?? null,
    subjectId: transaction.subject?.id ?? null,
    pauseLifted: null,
    createdAt: transaction.createdAt,
    expiresAt: transaction.expiresAt,
    endedAt: transaction.endedAt ?? null,
    rejectedAt: transaction.rejectedAt ?? null,
    confirmedAt: transaction.confirmedAt ?? null,
    sentAt: transaction.sentAt ?? null,
    sequence: transaction.sequence,
  }
}
