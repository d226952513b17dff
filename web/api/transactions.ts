import type { AnswerOf, ItemOf, ValueOf } from '../../contract/endpoint.ts'
import {
  changeTransaction,
  listTransactions as listEndpoint,
  readTransaction as readEndpoint,
} from '../../contract/transactions.ts'
import { callAction, callEndpoint } from './endpoint.ts'

/** A transaction in the administrators' list. */
export type TransactionRow = ItemOf<typeof listEndpoint>

/** A transaction with its events and runs. */
export type Transaction = AnswerOf<typeof readEndpoint>
export type TransactionRun = Transaction['runs'][number]

/** All conditions must match. `state` can be `open` for all running transactions; `ending` lists endings with commas. */
export type TransactionFilter = Pick<
  ValueOf<typeof listEndpoint.query>,
  'state' | 'ending' | 'journey' | 'text'
>

export type TransactionPage = { rows: TransactionRow[]; cookie: string | undefined }

/** Newest first. The server bounds each search, so even an empty page can have a cookie for the next one. */
export async function listTransactions(
  realm: string,
  filter: TransactionFilter,
  { cookie, signal }: { cookie?: string | undefined; signal?: AbortSignal } = {},
): Promise<TransactionPage> {
  const query = { ...filter, _pagedResultsCookie: cookie }
  const { result, pagedResultsCookie } = await callEndpoint(listEndpoint, { realm, query, signal })
  return { rows: result, cookie: pagedResultsCookie ?? undefined }
}

/** @throws ApiError 404 for an unknown reference. */
export function readTransaction(
  realm: string,
  reference: string,
  signal?: AbortSignal,
): Promise<Transaction> {
  return callEndpoint(readEndpoint, { realm, reference, signal })
}

/** @throws ApiError 409 when the transaction has a result, 404 when it ended otherwise. */
export async function cancelTransaction(realm: string, reference: string): Promise<void> {
  await callAction(changeTransaction, 'cancel', { realm, reference })
}
