import type { AuditBook, NewEntry } from '../../audit/audit-book.ts'
import { defined } from '../../base/defined.ts'
import { isCheck } from '../../help-desk/checks/verification.ts'
import type { VerificationStore } from '../../help-desk/checks/verification-store.ts'
import type { Transaction, TransactionChange } from '../../help-desk/transactions/transaction.ts'
import type { TransactionStore } from '../../help-desk/transactions/transaction-store.ts'
import type { QueuedMail } from '../../outbox/mail.ts'
import { changedParts, type Factor } from '../../people/account-changes/account-change.ts'
import type { AccountEffects } from '../../people/account-changes/account-effects.ts'
import { changeTimes } from '../../people/change-times.ts'
import type { Identity, IdentityChange } from '../../people/identity.ts'
import type { IdentityStore } from '../../people/identity-store.ts'
import type { Notice } from '../../realms/notice-settings.ts'
import type { CallsAtEnd } from '../../sessions/logout-webhook-calls.ts'
import { expiryOf } from '../../sessions/session.ts'
import type { SessionStore } from '../../sessions/session-store.ts'
import type { StepCommit, StepStore } from '../step-store.ts'
import type { NoticeEvent } from './notices.ts'

type Stores = {
  identities: IdentityStore
  steps: StepStore
  verifications: VerificationStore
  transactions: Pick<TransactionStore, 'read'>
  sessions: Pick<SessionStore, 'ofIdentity'>
}

type Parts = {
  factorsOf(owner: string, attributes: IdentityChange['to']['attributes']): Factor[]
  noticeMails(event: NoticeEvent): Promise<QueuedMail[]>
  /** The logout webhooks of a session that ends. */
  callsOf: CallsAtEnd
  auditBook: Pick<AuditBook, 'waiting' | 'wake'>
  /** Called after emails or calls were saved. */
  wake(): void
  now(): number
}

/**
 * Wraps the stores through which accounts change. A new password, a changed factor, email address or phone number, an approved
 * check and a used result end the person's other sessions and notify the person, in the unit of the change itself. REST,
 * journeys, scripts and directories all write through these stores.
 */
export function withAccountEffects<All extends Stores>(stores: All, parts: Parts): All {
  const effects = new AccountChanges(stores, parts)
  return {
    ...stores,
    identities: {
      ...stores.identities,
      async save(change) {
        const prepared = await effects.prepared(change)
        const isSaved = await stores.identities.save(prepared)
        if (isSaved) effects.saved(prepared.effects)
        return isSaved
      },
    },
    steps: {
      ...stores.steps,
      async commit(commit) {
        if (commit.identities.length === 0 && commit.transactions.length === 0)
          return stores.steps.commit(commit)
        const prepared = await effects.preparedStep(commit)
        const committed = await stores.steps.commit(prepared)
        if (committed === 'committed') {
          effects.saved(...prepared.identities.map((change) => change.effects), ...(prepared.effects ?? []))
        }
        return committed
      },
    },
    verifications: {
      ...stores.verifications,
      async use(idHash, by, ended, now) {
        // rule S13: otherwise a used result keeps other sessions and sends no notice
        const prepared = await effects.ofCheck(idHash, 'resultUsed', now)
        const isUsed = await stores.verifications.use(idHash, by, ended, now, prepared)
        if (isUsed) effects.saved(prepared)
        return isUsed
      },
    },
  }
}

type Ending = Pick<AccountEffects, 'realm' | 'identityId' | 'endedAt' | 'keptSession' | 'keptApproval'>

class AccountChanges {
  readonly #stores: Stores
  readonly #parts: Parts

  constructor(stores: Stores, parts: Parts) {
    this.#stores = stores
    this.#parts = parts
  }

  /**
   * Adds the stored attributes, change times and effects to a change. A change based on an outdated revision is returned as it
   * is, because saving it fails.
   *
   * @param now epoch milliseconds.
   */
  async prepared(
    change: IdentityChange,
    now = change.changedAt ?? this.#parts.now(),
  ): Promise<IdentityChange> {
    const { id, rev, actingSession } = change
    if (rev === 0) return change
    const before = await this.#stores.identities.read(change.to.realm, id)
    if (before === undefined || before.rev !== rev) return change
    const to = {
      ...change.to,
      // rule S19: otherwise an address that changed in a directory gets links at once
      ...changeTimes(before, change.to, now),
    }
    const changed = changedParts(before, { ...change, to }, (attributes) =>
      this.#parts.factorsOf(id, attributes),
    )
    const from = before.attributes
    if (changed.length === 0) return { ...change, to, from }
    const { realm } = to
    const ending = {
      realm,
      identityId: id,
      endedAt: now,
      keptSession: actingSession,
      keptApproval: undefined,
    }
    const event = {
      notice: 'accountChanged',
      realm,
      // rule S13: otherwise the old address gets no notice when the address changes
      accounts: [to, before],
      parts: changed,
    } as const
    return { ...change, to, from, effects: await this.#effects(ending, event) }
  }

  async preparedStep(commit: StepCommit): Promise<StepCommit> {
    const { identities, transactions, signIn, now } = commit
    const approved = approvedIn(transactions)
    const prepared = await Promise.all(identities.map((change) => this.prepared(change, now)))
    const effects = await Promise.all(approved.map((idHash) => this.ofCheck(idHash, 'checkApproved', now)))
    const [approvalHash] = approved
    const isCreated = signIn !== undefined && approvalHash !== undefined
    return {
      ...commit,
      identities: prepared,
      effects: effects.flatMap((each) => each ?? []),
      signIn: isCreated ? { ...signIn, session: { ...signIn.session, approvalHash } } : signIn,
    }
  }

  /** @returns undefined for a transaction that is not a check of a help desk. */
  async ofCheck(
    idHash: string,
    notice: Extract<Notice, 'checkApproved' | 'resultUsed'>,
    now: number,
  ): Promise<AccountEffects | undefined> {
    const transaction = await this.#stores.transactions.read(idHash)
    if (transaction === undefined || !isCheck(transaction)) return undefined
    const { realm, subject } = transaction
    const person = await this.#stores.identities.read(realm, subject.id)
    const ending = {
      realm,
      identityId: subject.id,
      endedAt: now,
      keptSession: undefined,
      keptApproval: idHash,
    }
    const caller = await this.#vouchedFor(transaction)
    return this.#effects(ending, ...noticesOfCheck(notice, transaction, person, caller))
  }

  /** A vouch says nothing about the caller, so the owner of the account has to learn of it. */
  async #vouchedFor({ realm, purpose }: Transaction): Promise<Identity | undefined> {
    if (purpose.vouchForId === undefined) return undefined
    return this.#stores.identities.read(realm, purpose.vouchForId)
  }

  /** Wakes the outbox and the audit book after emails, calls and audit entries were saved. */
  saved(...effects: readonly (AccountEffects | undefined)[]): void {
    const all = effects.flatMap((each) => each ?? [])
    const entries = all.flatMap(({ auditEntries }) => auditEntries).length
    if (entries > 0) this.#parts.auditBook.wake(entries)
    if (all.some(({ mails, calls }) => mails.length + calls.length > 0)) this.#parts.wake()
  }

  async #effects(ending: Ending, ...events: NoticeEvent[]): Promise<AccountEffects> {
    const { callsOf, noticeMails, auditBook } = this.#parts
    const { realm, identityId, endedAt, keptSession, keptApproval } = ending
    const sessions = await this.#stores.sessions.ofIdentity(realm, identityId)
    const ended = sessions.filter(
      (session) =>
        expiryOf(session) > endedAt &&
        session.tokenHash !== keptSession &&
        (keptApproval === undefined || session.approvalHash !== keptApproval),
    )
    const calls = ended.map(async (session) =>
      (await callsOf(session, 'DESTROY')).map((call) => ({ tokenHash: session.tokenHash, call })),
    )
    return {
      ...ending,
      calls: (await Promise.all(calls)).flat(),
      mails: (await Promise.all(events.map((event) => noticeMails(event)))).flat(),
      auditEntries: ended.length === 0 ? [] : [auditBook.waiting(entryOf(ending, ended))],
    }
  }
}

/**
 * Notifies the people of a check: its subject, and in a vouch the person vouched for. The use of a vouch is about that person
 * alone.
 */
function noticesOfCheck(
  notice: Extract<Notice, 'checkApproved' | 'resultUsed'>,
  check: Transaction,
  subject: Identity | undefined,
  caller: Identity | undefined,
): NoticeEvent[] {
  const about = (person: Identity | undefined, sent: Notice): NoticeEvent[] =>
    person === undefined ? [] : [{ notice: sent, realm: check.realm, accounts: [person], check }]
  if (notice === 'resultUsed') return about(caller ?? subject, notice)
  return [...about(subject, notice), ...about(caller, 'vouchApproved')]
}

/** Hashes of the transactions that a step approves. */
function approvedIn(changes: readonly TransactionChange[]): Transaction['idHash'][] {
  // rule S13: otherwise an approved check keeps other sessions and sends no notice
  return changes.flatMap((change) => (change.kind === 'complete' ? [change.idHash] : []))
}

function entryOf({ realm, identityId: id }: Ending, ended: readonly { username: string }[]): NewEntry {
  const name = ended[0]?.username
  return {
    realm,
    eventName: 'AM-SESSION-DESTROYED',
    result: 'SUCCESSFUL',
    whom: { id, realm, ...defined({ name }) },
    what: { kind: 'session', operation: 'DELETE' },
    count: ended.length,
  }
}
