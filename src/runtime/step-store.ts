import { z } from 'zod'
import type { WaitingEntry } from '../audit/audit-store.ts'
import type { Awaitable } from '../base/work.ts'
import type { ApprovalChange } from '../help-desk/approvals/approval.ts'
import type { VerificationChange } from '../help-desk/checks/verification.ts'
import type { TransactionChange } from '../help-desk/transactions/transaction.ts'
import type { RevisionStore } from '../journeys/revision-store.ts'
import type { Limit } from '../limits/limit.ts'
import type { QueuedMail } from '../outbox/mail.ts'
import type { QueuedMessage } from '../outbox/message.ts'
import type { AccountEffects } from '../people/account-changes/account-effects.ts'
import type { PushChange } from '../people/devices/push/push.ts'
import type { IdentityChange } from '../people/identity.ts'
import type { Session } from '../sessions/session.ts'

export const journeySessionSchema = z.object({
  /** SHA-256 of the reference that authId carries. */
  idHash: z.string(),
  realm: z.string(),
  journey: z.string(),
  /** Id of the frozen journey. */
  revision: z.string(),
  /** Number of requests so far. An authId names the one that it may answer. */
  step: z.number(),
  /** A `SavedRun` and the last response, sealed: see `writeRun`. */
  body: z.string(),
  /** SHA-256 of the last request with answers: a repeated one gets the same response. */
  lastRequest: z.string().optional(),
  /** The last response, sealed, in rows of version 0.1. */
  lastAnswer: z.string().optional(),
  /** SHA-256 of the id of the open resume link. */
  suspendedHash: z.string().optional(),
  /** SHA-256 of the id of the transaction that the journey completes. */
  transactionHash: z.string().optional(),
  outcome: z.enum(['underway', 'success', 'failure']),
  /** Epoch milliseconds. */
  startedAt: z.number(),
  expiresAt: z.number(),
})

export type StoredJourneySession = z.infer<typeof journeySessionSchema>

/** Whether a journey can continue. @param now epoch milliseconds. */
export function isUnderWay(session: StoredJourneySession, now: number): boolean {
  return isOpen(session) && session.expiresAt > now
}

/** Whether a journey has not ended; it may have expired. */
export function isOpen({ outcome }: Pick<StoredJourneySession, 'outcome'>): boolean {
  return outcome === 'underway'
}

export type Claim =
  /** `text` is what the body seals, if the store has kept it. */
  | { kind: 'claimed'; session: StoredJourneySession; text?: string }
  /** Another request runs this step now. */
  | { kind: 'busy' }
  /** The step is not the current one. */
  | { kind: 'moved'; session: StoredJourneySession }
  | { kind: 'unknown' }

/** A new session, and the creation of its person in epoch milliseconds: another person can get the same id later. */
export type CreatedSession = { session: Session; personCreatedAt: number }

/** Everything that one step changes, saved as one unit. */
export type StepCommit = {
  session: StoredJourneySession
  /** What the body seals. A store of a single process may keep it for the next claim. */
  text: string
  /** The claimed step and its owner; undefined for the first request of a journey. */
  claimed: { step: number; owner: string } | undefined
  /** Whether only the step, the body and the last request differ from the saved session. */
  isPlain?: boolean
  /** The watch of a journey's first request. A watch records a single run. */
  watch?: string
  signIn: CreatedSession | undefined
  transactions: readonly TransactionChange[]
  verifications?: readonly VerificationChange[]
  approvals?: readonly ApprovalChange[]
  /** Limits that the step counts towards. If one is exceeded, nothing is saved. */
  limits?: readonly Limit[]
  /** The time of the step, in epoch milliseconds. */
  now: number
  identities: readonly IdentityChange[]
  /** Effects of approved checks on accounts. `withAccountEffects` fills them in. */
  effects?: readonly AccountEffects[]
  mails: readonly QueuedMail[]
  messages?: readonly QueuedMessage[]
  pushes?: readonly PushChange[]
  auditEntries: readonly WaitingEntry[]
}

/**
 * The guard that refused the commit. `watch`: the watch already records another run. `claim`: the lease was lost.
 * `transaction`: another journey completed the transaction first. `identity`: another request changed the same person.
 * `limit`: other requests used up a limit. `approval`: an approval no longer counts. `push`: the answer of an app was used.
 */
export type Committed =
  | 'committed'
  | 'watch'
  | 'claim'
  | 'transaction'
  | 'identity'
  | 'limit'
  | 'approval'
  | 'push'

/** Stores journey sessions and frozen journeys. Every write is durable when its promise resolves. */
export interface StepStore extends RevisionStore {
  read(idHash: string): Promise<StoredJourneySession | undefined>
  bySuspension(suspendedHash: string): Promise<StoredJourneySession | undefined>
  /**
   * Claims a step until `until`, so that its nodes run once.
   * @param owner names the server and request. @param now and @param until are epoch milliseconds.
   */
  claim(idHash: string, step: number, owner: string, now: number, until: number): Awaitable<Claim>
  /** Extends the owner's claim until `until`. Does nothing if the claim was lost. */
  renew(idHash: string, owner: string, until: number): Promise<void>
  /** Releases a claimed step unchanged, after an error. */
  release(idHash: string, owner: string): Promise<void>
  commit(commit: StepCommit): Promise<Committed>
  /** Newest first, filtered by `journey` and `outcome`. */
  recent(
    realm: string,
    limit: number,
    filter?: { journey?: string; outcome?: StoredJourneySession['outcome'] },
  ): Promise<StoredJourneySession[]>
  /** The newest `limit` journey sessions that were started for a transaction, and the one that opened it; oldest first. */
  ofTransaction(
    realm: string,
    transaction: { idHash: string; opener: string | undefined },
    limit: number,
  ): Promise<StoredJourneySession[]>
  /** The journey session that a watch records. */
  watched(realm: string, watch: string): Promise<StoredJourneySession | undefined>
  /**
   * Deletes a journey session to make room for others, unless its first step was answered or is being answered at `now`.
   */
  drop(idHash: string, now: number): Promise<void>
  /**
   * Deletes journey sessions that expired before `before` without an answer to their first step. Suspended sessions and
   * those of a transaction stay. @returns how many.
   */
  deleteUnanswered(before: number): Promise<number>
  /**
   * Deletes journey sessions that expired before `before`, and revisions neither used nor saved since.
   * @returns how many.
   */
  deleteExpired(before: number): Promise<number>
}
