import type { Statement } from './query.ts'
import { appendEvent } from './transaction-statements.ts'

type Happened = { idHash: string; now: number; kind: string; key?: string; data?: object }

/** Appends an event that changes no column of the transaction. Must follow the change that increases its sequence number. */
export function appended({ data, key, ...event }: Happened): Statement {
  return appendEvent({ ...event, key: key ?? null, data: data === undefined ? null : JSON.stringify(data) })
}
