import { randomUUID } from 'node:crypto'
import { noPurpose } from '../../help-desk/transactions/purpose.ts'
import { type Transaction, unknownOpener } from '../../help-desk/transactions/transaction.ts'
import { type Identity, noFailures } from '../../people/identity.ts'
import type { StepCommit, StoredJourneySession } from '../../runtime/step-store.ts'
import type { Session } from '../../sessions/session.ts'
import type { Stores } from '../stores.ts'

/** Opens empty stores of the dialect under test. */
export type OpenStores = () => Promise<Stores>

/** Start time of the examples, in epoch milliseconds. */
export const start = 1_800_000_000_000

export function exampleSession(change: Partial<Session> = {}): Session {
  return {
    tokenHash: randomUUID(),
    handle: randomUUID(),
    realm: '/alpha',
    identityId: 'person',
    username: 'demo',
    properties: { AuthLevel: '0' },
    authLevel: 0,
    createdAt: start,
    lastUsedAt: start,
    maxIdleMinutes: 30,
    maxSessionMinutes: 120,
    webhooks: [],
    ...change,
  }
}

export function exampleIdentity(change: Partial<Identity> = {}): Identity {
  return {
    id: randomUUID(),
    realm: '/alpha',
    rev: 1,
    kind: 'user',
    userName: 'Demo',
    isActive: true,
    attributes: { mail: 'demo@example.com' },
    mustChangePassword: false,
    createdAt: start,
    roles: ['helpdesk'],
    failures: noFailures,
    ...change,
  }
}

export function exampleTransaction(change: Partial<Transaction> = {}): Transaction {
  return {
    idHash: randomUUID(),
    realm: '/alpha',
    journey: 'Verify',
    state: 'CREATED',
    result: 'UNKNOWN',
    isCancelled: false,
    subject: { kind: 'user', id: 'person', name: 'demo' },
    data: { ticket: 7 },
    sessionProperties: {},
    allowRetry: true,
    auditTrackingId: 'audit-1',
    reference: randomUUID().slice(0, 8),
    purpose: noPurpose,
    openedBy: { ...unknownOpener, journeySession: 'opener' },
    createdAt: start,
    expiresAt: start + 180_000,
    sequence: 0,
    ...change,
  }
}

export function exampleJourneySession(change: Partial<StoredJourneySession> = {}): StoredJourneySession {
  return {
    idHash: randomUUID(),
    realm: '/alpha',
    journey: 'Login',
    revision: 'hash',
    step: 0,
    body: 'sealed',
    outcome: 'underway',
    startedAt: start,
    expiresAt: start + 300_000,
    ...change,
  }
}

export function exampleCommit(
  session: StoredJourneySession,
  change: Partial<Omit<StepCommit, 'session'>> = {},
): StepCommit {
  return {
    session,
    text: 'open',
    claimed: undefined,
    signIn: undefined,
    transactions: [],
    identities: [],
    mails: [],
    auditEntries: [],
    now: start,
    ...change,
  }
}
