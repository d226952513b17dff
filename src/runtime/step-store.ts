import type { WaitingEntry } from '../audit/audit-store.ts'
import type { VerificationChange } from '../help-desk/checks/verification.ts'
import type { TransactionChange } from '../help-desk/transactions/transaction.ts'
import type { Limit } from '../limits/limit.ts'
import type { QueuedMail } from '../outbox/mail.ts'
import type { AccountEffects } from '../people/account-changes/account-effects.ts'
import type { IdentityChange } from '../people/identity.ts'
import type { Session } from '../sessions/session.ts'

/** A login under way as storage sees it: the body is sealed and opaque. */
export type StoredJourneySession = {
  /** SHA-256 of the reference that authId carries. */
  idHash: string
  realm: string
  journey: string
  /** Id of the frozen journey that it runs. */
  revision: string
  /** Counts the requests; an authId names the one that it may answer. */
  step: number
  /** Sealed journey session. */
  body: string
  /** The last answer, sealed, and the SHA-256 of the request it answered: sent again, it is answered again. */
  lastRequest: string | undefined
  lastAnswer: string | undefined
  /** SHA-256 of the id of a resume link that waits to be opened. */
  suspendedHash: string | undefined
  /** SHA-256 of the id of the transaction that it was started for. */
  transactionHash: string | undefined
  outcome: 'underway' | 'success' | 'failure'
  /** Epoch milliseconds. */
  startedAt: number
  expiresAt: number
}

export type Claim =
  | { kind: 'claimed'; session: StoredJourneySession }
  /** Somebody else runs this step right now. */
  | { kind: 'busy' }
  /** The step is not the current one. */
  | { kind: 'moved'; session: StoredJourneySession }
  | { kind: 'unknown' }

/** Everything that one step changes. Saved in one transaction of the database, or not at all. */
export type StepCommit = {
  session: StoredJourneySession
  /** The step that was claimed and by whom; undefined for the first request of a journey. */
  claimed: { step: number; owner: string } | undefined
  /** The watch that the first request of a journey brought: it records one run. */
  watch?: string
  signIn: Session | undefined
  transactions: readonly TransactionChange[]
  verifications?: readonly VerificationChange[]
  /** Limits that the step counts towards. If one is used up, nothing is saved. */
  limits?: readonly Limit[]
  /** The time of the step, in epoch milliseconds. */
  now: number
  identities: readonly IdentityChange[]
  /** Of approved checks. `withAccountEffects` fills it in. */
  effects?: readonly AccountEffects[]
  mails: readonly QueuedMail[]
  /** What the audit book tells of it. */
  auditEntries: readonly WaitingEntry[]
}

/**
 * Which guard refused. `watch`: it records another run already. `claim`: the lease was lost. `transaction`: somebody else
 * completed it first. `limit`: one was used up meanwhile.
 */
export type Committed = 'committed' | 'watch' | 'claim' | 'transaction' | 'identity' | 'limit'

/** What the journey driver asks of storage. Every write is durable when its promise resolves. */
export interface StepStore {
  read(idHash: string): Promise<StoredJourneySession | undefined>
  bySuspension(suspendedHash: string): Promise<StoredJourneySession | undefined>
  /**
   * Takes a step for oneself until `until`, so that its nodes run once.
   * @param owner names the server and request; @param now and @param until are epoch milliseconds.
   */
  claim(idHash: string, step: number, owner: string, now: number, until: number): Promise<Claim>
  /** Keeps a claim that is still one's own until `until`: its step takes longer. */
  renew(idHash: string, owner: string, until: number): Promise<void>
  /** Gives a claimed step back unchanged, after an error of ours. */
  release(idHash: string, owner: string): Promise<void>
  commit(commit: StepCommit): Promise<Committed>
  /** The newest first; `journey` and `outcome` choose among them. */
  recent(
    realm: string,
    limit: number,
    chosen?: { journey?: string; outcome?: StoredJourneySession['outcome'] },
  ): Promise<StoredJourneySession[]>
  /** Of the newest `limit`, oldest first: what was started for a transaction, and the one that opened it. */
  ofTransaction(
    realm: string,
    transaction: { idHash: string; opener: string | undefined },
    limit: number,
  ): Promise<StoredJourneySession[]>
  /** The run that a watch records. */
  watched(realm: string, watch: string): Promise<StoredJourneySession | undefined>
  /**
   * Keeps a frozen journey under its content hash. Saving one that is there says that it is still in use.
   * @param now epoch milliseconds.
   */
  saveRevision(id: string, content: string, now: number): Promise<void>
  revision(id: string): Promise<string | undefined>
  revisionIds(): Promise<string[]>
  /** Puts other content under an id that is there. */
  replaceRevision(id: string, content: string): Promise<void>
  /**
   * Forgets journey sessions that expired before `before` and had only their first step: nobody answered them, they wait for
   * no link and belong to no transaction. @returns how many.
   */
  forgetUnanswered(before: number): Promise<number>
  /** Forgets journey sessions that expired before `before`, and revisions that nobody used or saved since. */
  forget(before: number): Promise<number>
}
