import { confirmLink, describeLink, rejectLink, seeLink } from '../../../../contract/backchannel.ts'
import type { AnswerOf } from '../../../../contract/endpoint.ts'
import type { AuditEventName, AuditTrail } from '../../../audit/audit-trail.ts'
import { badRequest } from '../../../base/errors.ts'
import type { JsonObject } from '../../../base/json.ts'
import { maskedName } from '../../../base/masked.ts'
import {
  callersQuestionOf,
  isReverseCodeReleased,
  rejectionFor,
} from '../../../help-desk/checks/callers-question.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import { actionForSubject } from '../../../help-desk/transactions/action-for-reader.ts'
import {
  agentNameOf,
  isRejection,
  type Rejection,
  safeDisplayName,
  secondAgentNameOf,
  type Transaction,
} from '../../../help-desk/transactions/transaction.ts'
import { endingOf } from '../../../help-desk/transactions/transaction-status.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import { organisationOf } from '../../../realms/realm.ts'
import { applicationOf } from '../../../runtime/ask-by-mail.ts'
import { aboutTransaction } from '../../../runtime/step-audit.ts'
import { parseBody } from '../../body.ts'
import { requestLocales } from '../../request-locales.ts'
import type { Answer, Call, Route } from '../../route.ts'
import { unreadable } from './transaction-access.ts'

type CallerDependencies = {
  transactions: Transactions
  verifications: Pick<Verifications, 'read' | 'codesOf'>
  audit(call: Call): AuditTrail
  now(): number
}

/** Routes of the caller's page before the caller's journey starts. The link is the only credential. */
export function backchannelCallerRoutes(from: CallerDependencies): Route[] {
  return [
    {
      ...describeLink,
      access: 'everyone',
      side: 'callers',
      summary: 'Describes the check to the holder of its link; changes nothing.',
      handle: (call) => describe(from, call),
    },
    {
      ...seeLink,
      access: 'everyone',
      side: 'callers',
      summary: 'Records once that the page behind the link of a check is shown; changes no state.',
      handle: (call) => seen(from, call),
    },
    {
      ...confirmLink,
      access: 'everyone',
      side: 'callers',
      summary: 'Records "I called" from the holder of the link, and releases the reverse code to the agent.',
      handle: (call) => confirm(from, call),
    },
    {
      ...rejectLink,
      access: 'everyone',
      side: 'callers',
      summary:
        'Records "this is not me" or "somebody called me" from the holder of the link, even after the result.',
      handle: (call) => reject(from, call),
    },
  ]
}

async function describe(from: CallerDependencies, call: Call): Promise<Answer> {
  return { body: await description(from, call, await named(from, call)) }
}

async function description(
  from: CallerDependencies,
  call: Call,
  transaction: Transaction,
): Promise<AnswerOf<typeof describeLink>> {
  const { purpose, subject, journey, state, result, expiresAt } = transaction
  return {
    // rule H5: otherwise the caller's page does not name the organisation
    organisation: organisationOf(call.realm),
    // rule H5: otherwise the caller's page does not name the agent
    openedBy: agentNameOf(transaction) ?? null,
    application: applicationOf(transaction),
    question: callersQuestionOf(transaction) ?? null,
    isConfirmed: transaction.confirmedAt !== undefined,
    // rule H5: otherwise the caller's page does not name the action
    action: purpose.action ?? null,
    actionText: actionForSubject(transaction, { realm: call.realm, locales: requestLocales(call) }) ?? null,
    reason: purpose.reason ?? null,
    // rule H5: otherwise the caller's page does not name the ticket
    ticket: purpose.ticket ?? null,
    secondAgent: secondAgentNameOf(transaction) ?? null,
    vouchFor: purpose.vouchFor ?? null,
    // Masked, because the link may be in the wrong hands.
    // rule H7: otherwise the caller's page names its subject
    subject: subject === undefined ? null : maskedName(safeDisplayName(subject)),
    reverseCode: await reverseCodeOf(from, transaction),
    journey,
    state,
    result,
    ending: endingOf(transaction, from.now()) ?? null,
    rejectedAt: transaction.rejectedAt ?? null,
    expiresAt,
  }
}

async function reverseCodeOf({ verifications }: CallerDependencies, transaction: Transaction) {
  const verification = await verifications.read(transaction.idHash)
  // rule H5: otherwise the holder of a link reads the reverse code before saying who called
  if (verification === undefined || !isReverseCodeReleased(transaction)) return null
  // rule H5: otherwise the caller's page shows no reverse code
  return verifications.codesOf(verification).reverseCode
}

/**
 * Records that the page of a check is shown. Programs that only fetch the link, such as scanners of emails, don't call this.
 * Anyone with the link can, so it says nothing about who looks at the page.
 */
async function seen(from: CallerDependencies, call: Call): Promise<Answer> {
  const transaction = await named(from, call)
  const isCheck = callersQuestionOf(transaction) !== undefined
  // rule H14: otherwise the page of a transaction that asks nothing can be reported as shown
  const isRecorded = isCheck && (await from.transactions.see(transaction.idHash))
  return { body: { isRecorded } satisfies AnswerOf<typeof seeLink> }
}

/** Confirms once. Returns the same as `describe`, so that the page can show the code. */
async function confirm(from: CallerDependencies, call: Call): Promise<Answer> {
  const before = await named(from, call)
  if (callersQuestionOf(before) !== undefined && (await from.transactions.confirm(before.idHash))) {
    record(from, call, before, 'SIDEGATE-VERIFICATION-CONFIRMED', 'confirmed')
  }
  const transaction = await from.transactions.findByHash(before.realm, before.idHash)
  if (transaction === undefined) throw unreadable()
  return { body: await description(from, call, transaction) }
}

async function reject(from: CallerDependencies, call: Call): Promise<Answer> {
  const before = await named(from, call)
  const reason = rejectionFor(before, parseBody(rejectLink.body(), call).reason)
  if (reason === undefined) throw badRequest('reason: this transaction does not ask for a vouch')
  const rejected = await from.transactions.reject(before.idHash, reason)
  const transaction = await from.transactions.read(before.idHash)
  if (rejected === undefined || transaction === undefined) throw unreadable()
  const { state, result, denial } = transaction
  const isLate = denial === undefined || !isRejection(denial)
  // rule H18: otherwise "this is not me" is not audited
  if (rejected !== 'again') {
    record(from, call, transaction, rejectionEvents[reason], isLate ? 'late' : rejectionActions[reason], {
      isLate,
    })
  }
  const ending = endingOf(transaction, from.now()) ?? null
  return { body: { state, result, ending, isLate } satisfies AnswerOf<typeof rejectLink> }
}

/** "Somebody called me" reports an attack, in which someone poses as the help desk. */
const rejectionEvents: Readonly<Record<Rejection, AuditEventName>> = {
  notMe: 'SIDEGATE-TRANSACTION-REJECTED',
  // rule H6: otherwise a relay that the caller reports raises no alarm
  calledMe: 'SIDEGATE-VERIFICATION-ATTACKED',
  notVouched: 'SIDEGATE-TRANSACTION-REJECTED',
}

const rejectionActions: Readonly<Record<Rejection, string>> = {
  notMe: 'denied',
  calledMe: 'calledMe',
  notVouched: 'notVouched',
}

/** Names no person, because anyone may hold the link, whatever session their browser has. */
function record(
  { audit }: CallerDependencies,
  call: Call,
  transaction: Transaction,
  eventName: AuditEventName,
  action: string,
  entries: JsonObject = {},
) {
  const { realm, reference } = transaction
  audit(call).record({
    eventName,
    result: 'SUCCESSFUL',
    ...aboutTransaction(realm, transaction),
    what: { kind: 'transaction', id: reference, operation: 'ACTION', action },
    entries,
  })
}

async function named({ transactions }: CallerDependencies, call: Call): Promise<Transaction> {
  const { transaction: id } = parseBody(describeLink.body(), call)
  const transaction = await transactions.find(call.realm.path, id)
  if (transaction === undefined) throw unreadable()
  return transaction
}
