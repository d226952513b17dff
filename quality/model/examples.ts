import type { Approval } from '../../src/help-desk/approvals/approval.ts'
import { noRequirement, type Requirement } from '../../src/help-desk/checks/requirement.ts'
import { noPurpose } from '../../src/help-desk/transactions/purpose.ts'
import { type Transaction, unknownOpener } from '../../src/help-desk/transactions/transaction.ts'
import type { StepCommit } from '../../src/runtime/step-store.ts'
import {
  exampleCommit,
  exampleJourneySession,
  exampleTransaction,
  start,
} from '../../src/store/contract/examples.ts'

export const realm = '/alpha'
export const requirement: Requirement = { ...noRequirement, delayMinutes: 1, because: ['Delay'] }
export const purpose = { ...noPurpose, action: 'Reset the password' }
export const party = (id: string) => ({ id, name: id })

/** A request to second agents, as the front journey saves it. */
export function approvalOf(id: string, change: Partial<Approval> = {}): Approval {
  return {
    id,
    realm,
    journeySession: `front-${id}`,
    journey: 'Front',
    requestedBy: party('dana'),
    subject: party('person'),
    purpose,
    state: 'waiting',
    createdAt: start,
    expiresAt: start + 180_000,
    ...change,
  }
}

/** A check as a help desk opens it. */
export function transactionOf(idHash: string, agent: string, change: Partial<Transaction> = {}): Transaction {
  return exampleTransaction({
    idHash,
    reference: `ref-${idHash}`,
    openedBy: { ...unknownOpener, agent: party(agent), isHelpDesk: true },
    purpose,
    data: {},
    allowRetry: false,
    expiresAt: start + 180_000,
    ...change,
  })
}

const codes = JSON.stringify({ code: '123456', reverseCode: 'C2D3' })

/** The step that opens a check. */
export function openingOf(transaction: Transaction, now: number): StepCommit {
  const { idHash } = transaction
  const times = { createdAt: now, dueAt: now, attempts: 0 }
  const call = { id: `end-${idHash}`, realm, about: 'a', body: '', source: 'sealed', ...times } as const
  const proof = { isBound: false, methods: [], level: 0, triesLeft: 3 } as const
  const verification = { idHash, realm: transaction.realm, codes, requirement, ...proof }
  return exampleCommit(exampleJourneySession({ idHash: `front-${idHash}`, step: 7 }), {
    transactions: [{ kind: 'create', transaction, callAtEnd: call }],
    verifications: [{ kind: 'open', verification, now }],
  })
}
