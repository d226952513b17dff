import { z } from 'zod'
import type { AuditTrail } from '../../audit/audit-trail.ts'
import { endingOf } from '../../backchannel/standing.ts'
import { calledName, type Transaction } from '../../backchannel/transaction.ts'
import type { Transactions } from '../../backchannel/transactions.ts'
import { maskedName } from '../../identities/masked.ts'
import { applicationOf } from '../../journeys/ask-by-mail.ts'
import { aboutTransaction } from '../../journeys/step-audit.ts'
import { organisationOf } from '../../realms/realm.ts'
import type { Verifications } from '../../verification/verifications.ts'
import { parseBody } from '../body.ts'
import type { Answer, Call, Route } from '../route.ts'
import { unreadable } from './transaction-access.ts'

type CallerDependencies = {
  transactions: Transactions
  verifications: Pick<Verifications, 'read' | 'codesOf'>
  audit(call: Call): AuditTrail
  now(): number
}

const schema = z.object({ transaction: z.string('must be the id of a transaction').min(1) })

/** What the caller's page asks before the caller's journey starts. Whoever has the link may: nothing else is known of them. */
export function backchannelCallerRoutes(from: CallerDependencies): Route[] {
  const path = 'authenticate/backchannel'
  return [
    {
      method: 'POST',
      path: `${path}/describe`,
      access: 'everyone',
      summary: 'Tells who has the link who asks and what for; changes nothing.',
      handle: (call) => describe(from, call),
    },
    {
      method: 'POST',
      path: `${path}/reject`,
      access: 'everyone',
      summary: 'Takes "this is not me" from who has the link, also after the result.',
      handle: (call) => reject(from, call),
    },
  ]
}

async function describe(from: CallerDependencies, call: Call): Promise<Answer> {
  const transaction = await named(from, call)
  const { purpose, openedBy, subject, journey, state, result, expiresAt } = transaction
  const verification = await from.verifications.read(transaction.idHash)
  return {
    body: {
      organisation: organisationOf(call.realm),
      openedBy: openedBy.agent === undefined ? null : calledName(openedBy.agent),
      application: applicationOf(transaction),
      action: purpose.action ?? null,
      reason: purpose.reason ?? null,
      ticket: purpose.ticket ?? null,
      vouchFor: purpose.vouchFor ?? null,
      // The link may be in the wrong hands: they must not learn from it whom it is for.
      subject: subject === undefined ? null : maskedName(calledName(subject)),
      reverseCode: verification === undefined ? null : from.verifications.codesOf(verification).reverseCode,
      journey,
      state,
      result,
      ending: endingOf(transaction, from.now()) ?? null,
      expiresAt,
    },
  }
}

async function reject(from: CallerDependencies, call: Call): Promise<Answer> {
  const { idHash } = await named(from, call)
  const rejected = await from.transactions.reject(idHash)
  const transaction = await from.transactions.read(idHash)
  if (rejected === undefined || transaction === undefined) throw unreadable()
  const isLate = transaction.denial !== 'notMe'
  if (rejected !== 'again') {
    recordRejection(from, call, transaction, isLate)
  }
  const { state, result } = transaction
  return { body: { state, result, ending: endingOf(transaction, from.now()) ?? null, isLate } }
}

/** Whoever has the link may be somebody else than the browser's session says: nobody is named. */
function recordRejection(
  { audit }: CallerDependencies,
  call: Call,
  transaction: Transaction,
  isLate: boolean,
) {
  const { realm, reference } = transaction
  audit(call).record({
    eventName: 'SIDEGATE-TRANSACTION-REJECTED',
    result: 'SUCCESSFUL',
    ...aboutTransaction(realm, transaction),
    what: { kind: 'transaction', id: reference, operation: 'ACTION', action: isLate ? 'late' : 'denied' },
    entries: { reference, isLate },
  })
}

async function named({ transactions }: CallerDependencies, call: Call): Promise<Transaction> {
  const { transaction: id } = parseBody(schema, call)
  const transaction = await transactions.find(call.realm.path, id)
  if (transaction === undefined) throw unreadable()
  return transaction
}
