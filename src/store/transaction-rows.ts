import { z } from 'zod'
import { jsonObjectSchema } from '../base/json.ts'
import { verificationSchema } from '../help-desk/checks/verification.ts'
import { pauseLiftSchema } from '../help-desk/checks/verification-store.ts'
import { shortCodeChannels } from '../help-desk/short-codes/short-code.ts'
import { noPurpose, purposeSchema } from '../help-desk/transactions/purpose.ts'
import {
  agentOf,
  eventKinds,
  type Party,
  rejections,
  type Transaction,
  type TransactionEvent,
  transactionSchema,
} from '../help-desk/transactions/transaction.ts'
import type { ListedTransaction, TransactionAbout } from '../help-desk/transactions/transaction-store.ts'
import { telephoneChannels } from '../outbox/message.ts'
import { json, maybe, parsedWith, recordsOf, rowsOf } from './rows.ts'
import type { TransactionTable } from './tables.ts'

/** Null if it is empty. */
export const purposeColumn = maybe(json(purposeSchema)).transform((stored) => stored ?? noPurpose)

export const transactionRows = recordsOf('transactions', 'idHash', transactionSchema, {
  purpose: purposeColumn,
})

/** The summary of its events in a list. */
export const summaryRows = rowsOf<Omit<ListedTransaction, 'transaction'>>('transactions', 'idHash', () =>
  z.object({
    notifications: z.coerce.number(),
    lastKind: maybe(z.enum(eventKinds)),
    withdrawnAt: maybe(z.coerce.number()),
  }),
)

/** The colleague with an open check of the same person. */
export const colleagueRows = rowsOf<Pick<ListedTransaction, 'alsoChecked'>>('transactions', 'idHash', () =>
  z.object({ alsoChecked: maybe(json(z.object({ agent: z.string() }))) }),
)

const aboutColumns = z.object({
  usedAt: maybe(z.coerce.number()),
  pauseLift: maybe(json(pauseLiftSchema)),
})

export const aboutPerson = parsedWith<TransactionAbout>((row) => ({
  transaction: transactionRows.parse(row),
  ...aboutColumns.parse(row),
}))

const proof = verificationSchema.pick({
  isBound: true,
  level: true,
  requirement: true,
  usedAt: true,
  usedBy: true,
  withdrawnAt: true,
  withdrawnBy: true,
})

/** The columns of a check that say whether its result can be used. */
export const proofNames = [
  'isBound',
  'level',
  'requirement',
  'usedAt',
  'usedBy',
  'withdrawnAt',
  'withdrawnBy',
] as const satisfies (keyof typeof proof.shape)[]

export const proofRows = recordsOf('verifications', 'idHash', proof)

/** @returns undefined for the row of a transaction that is no check. */
export function proofOf(row: Readonly<Record<string, unknown>>): ListedTransaction['proof'] {
  return row.isBound === null ? undefined : proofRows.parse(row)
}

const { state, result } = transactionSchema.shape

const numbered = z.object({ sequence: z.number(), at: z.number() })

/** Kinds of events without data. */
const bareKinds = [
  'viewed',
  'confirmed',
  'codeMatched',
  'cancelled',
  'mailDelivered',
  'mailFailed',
  'offerWithdrawn',
] as const

export const eventRows = rowsOf<TransactionEvent>('transaction_events', 'idHash', () =>
  z.discriminatedUnion('kind', [
    numbered.extend({ kind: z.literal('notification'), data: json(jsonObjectSchema) }),
    numbered.extend({ kind: z.literal('state'), state, result }),
    numbered
      .extend({
        kind: z.literal('sent'),
        data: json(
          z.object({
            to: z.string(),
            channel: z.enum(telephoneChannels).exactOptional(),
            message: z.string().exactOptional(),
          }),
        ),
      })
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
    numbered
      .extend({
        kind: z.literal('shortCodeUsed'),
        data: json(z.object({ channel: z.enum(shortCodeChannels) })),
      })
      .transform(({ data, ...event }) => ({ ...event, ...data })),
    ...(['messageSent', 'messageDelivered', 'messageFailed'] as const).map((kind) =>
      numbered
        .extend({
          kind: z.literal(kind),
          data: json(z.object({ channel: z.enum(telephoneChannels), message: z.string().exactOptional() })),
        })
        .transform(({ data, ...event }) => ({ ...event, ...data })),
    ),
    numbered
      .extend({ kind: z.literal('withdrawn'), data: json(z.object({ agent: z.string() })) })
      .transform(({ data, ...event }) => ({ ...event, ...data })),
    numbered
      .extend({
        kind: z.literal('offered'),
        data: json(z.object({ to: z.string().nullable(), toId: z.string().nullable() })),
      })
      .transform(({ data, ...event }) => ({ ...event, ...data })),
    numbered
      .extend({
        kind: z.literal('takenOver'),
        data: json(z.object({ agent: z.string(), from: z.string(), fromId: z.string() })),
      })
      .transform(({ data, ...event }) => ({ ...event, ...data })),
    // Events of earlier versions have no reason; it was always `notMe`.
    numbered
      .extend({ kind: z.literal('rejected'), data: maybe(json(z.object({ reason: z.enum(rejections) }))) })
      .transform(({ data, ...event }) => ({ ...event, reason: data?.reason ?? ('notMe' as const) })),
    // Events of earlier versions have no state, and never ended the transaction.
    numbered
      .extend({ kind: z.literal('wrongPerson'), state: state.nullable() })
      .transform(({ state: after, ...event }) => ({ ...event, isFinal: after === 'COMPLETED' })),
    numbered
      .extend({ kind: z.literal('reported'), result: result.nullable() })
      .transform(({ result: after, ...event }) => ({ ...event, isFinal: after === 'DENIED' })),
    ...[...rejections, ...bareKinds].map((kind) => numbered.extend({ kind: z.literal(kind) })),
  ]),
)

/** The column that names to whom a check is offered: the id of an agent, or an empty text for the team. */
export function offereeOf(to: Pick<Party, 'id'> | null): string {
  return to?.id ?? ''
}

export function rowOf(transaction: Transaction): TransactionTable {
  const { openedBy, purpose, subject, offer } = transaction
  const isForSomething = Object.values(purpose).some((text) => text)
  return {
    ...transactionRows.columnsOf(transaction),
    purpose: isForSomething ? JSON.stringify(purpose) : null,
    // These two are always present, because readers require them.
    openedBy: JSON.stringify({
      ...openedBy,
      journeySession: openedBy.journeySession ?? null,
      session: openedBy.session ?? null,
    }),
    agentId: agentOf(transaction)?.id ?? null,
    offeredTo: offer === undefined ? null : offereeOf(offer.to),
    subjectId: subject?.id ?? null,
    vouchForId: purpose.vouchForId ?? null,
    pauseLifted: null,
    pauseLift: null,
  }
}
