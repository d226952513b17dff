import { z } from 'zod'
import type { ProvenResult } from '../checks/grant.ts'
import { transactionSchema } from '../transactions/transaction.ts'
import type { ListedTransaction } from '../transactions/transaction-store.ts'

/** What the events of a check amount to. */
export const checkFactsSchema = z.object({
  /** When the caller's journey first started; epoch milliseconds. */
  openedAt: z.number().optional(),
  failedSignIns: z.number(),
  wrongCodes: z.number(),
})

export type CheckFacts = z.infer<typeof checkFactsSchema>

/** A check on the wall. */
export type WallCheck = ListedTransaction & CheckFacts

/** The columns of a check that are counted and exported. */
export const countedColumns = transactionSchema.pick({
  reference: true,
  realm: true,
  purpose: true,
  state: true,
  result: true,
  denial: true,
  isCancelled: true,
  subject: true,
  openedBy: true,
  assignee: true,
  createdAt: true,
  expiresAt: true,
  endedAt: true,
  rejectedAt: true,
})

export type CountedCheck = z.infer<typeof countedColumns> & CheckFacts & { proof: ProvenResult }

export type WallQuery = {
  realm: string
  now: number
  /** Checks that ended badly are included if they ended after this time. */
  since: number
  /** Rejected checks are included if they were rejected after this time, until a lead reads the rejection. */
  unreadSince: number
  limit: number
}

export type CountedQuery = {
  realm: string
  /** Start times, in epoch milliseconds; `to` is excluded. */
  from: number
  to: number
  /** Starts after this entry. */
  after: Pick<CountedCheck, 'createdAt' | 'reference'> | undefined
  limit: number
}

/** Reads the checks of a realm for its leads. Transactions that are no checks are left out. */
export interface LeadStore {
  /** Running checks, and those that recently ended in a way that leads have to look at, which come first. */
  wall(query: WallQuery): Promise<WallCheck[]>
  /** A page of checks by start time, oldest first. */
  counted(query: CountedQuery): Promise<CountedCheck[]>
  /** Whether a check of the realm has verified a caller. */
  hasVerified(realm: string): Promise<boolean>
}
