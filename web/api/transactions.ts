import * as z from 'zod/mini'
import { checkSummarySchema, entrySchema } from './help-desk.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const rowSchema = z.extend(checkSummarySchema, {
  journey: z.string(),
  client: z.nullable(z.string()),
  auditTrackingIds: z.array(z.string()),
})

const runSchema = z.object({
  _id: z.string(),
  side: z.enum(['front', 'back']),
  journey: z.string(),
  outcome: z.string(),
  startedAt: z.number(),
})

const transactionSchema = z.extend(rowSchema, { timeline: z.array(entrySchema), runs: z.array(runSchema) })

const pageSchema = z.object({ result: z.array(rowSchema), pagedResultsCookie: z.nullable(z.string()) })

/** A transaction in the administrators' list. */
export type TransactionRow = z.infer<typeof rowSchema>

/** A run that belongs to a transaction. */
export type TransactionRun = z.infer<typeof runSchema>

/** A transaction with its timeline and runs. */
export type Transaction = z.infer<typeof transactionSchema>

/** All conditions must match. */
export type TransactionFilter = {
  /** One state, or `open` for all running transactions. */
  state?: string | undefined
  /** Comma-separated endings. */
  ending?: string | undefined
  journey?: string | undefined
  text?: string | undefined
}

export type TransactionPage = { rows: TransactionRow[]; cookie: string | undefined }

/** Newest first. The server bounds each search, so even an empty page can have a cookie for the next one. */
export async function listTransactions(
  realm: string,
  filter: TransactionFilter,
  { cookie, signal }: { cookie?: string | undefined; signal?: AbortSignal } = {},
): Promise<TransactionPage> {
  const { result, pagedResultsCookie } = await request(pageSchema, transactionsPath(realm), {
    query: { ...filter, _pagedResultsCookie: cookie },
    signal,
  })
  return { rows: result, cookie: pagedResultsCookie ?? undefined }
}

/** @throws ApiError 404 for an unknown reference. */
export function readTransaction(
  realm: string,
  reference: string,
  signal?: AbortSignal,
): Promise<Transaction> {
  return request(transactionSchema, transactionPath(realm, reference), { signal })
}

/** @throws ApiError 409 when the transaction has a result, 404 when it ended otherwise. */
export async function cancelTransaction(realm: string, reference: string): Promise<void> {
  await request(z.object({ reference: z.string() }), transactionPath(realm, reference), {
    method: 'POST',
    query: { _action: 'cancel' },
    body: {},
  })
}

function transactionsPath(realm: string): string {
  return `${realmPath(realm)}/backchannel-transactions`
}

function transactionPath(realm: string, reference: string): string {
  return `${transactionsPath(realm)}/${encodeURIComponent(reference)}`
}
