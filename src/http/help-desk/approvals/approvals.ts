import { answerApproval, listApprovals } from '../../../../contract/approvals.ts'
import type { AnswerOf, ItemOf } from '../../../../contract/endpoint.ts'
import type { AuditEvent, AuditTrail } from '../../../audit/audit-trail.ts'
import { defined } from '../../../base/defined.ts'
import { notFound, RequestError } from '../../../base/errors.ts'
import {
  type Approval,
  type ApprovalAnswer,
  maxDeclineReason,
  stateOf,
} from '../../../help-desk/approvals/approval.ts'
import { type Approver, approverRefusal } from '../../../help-desk/approvals/approval-rules.ts'
import type { Answered, Approvals } from '../../../help-desk/approvals/approvals.ts'
import { plainText } from '../../../help-desk/transactions/plain-text.ts'
import { type Party, safeDisplayName } from '../../../help-desk/transactions/transaction.ts'
import { displayNameOf } from '../../../people/display-name.ts'
import type { Identity } from '../../../people/identity.ts'
import { partyOf } from '../../audit/call-audit.ts'
import { parseBody } from '../../body.ts'
import { type Answer, byAction, type Call, param, type Route } from '../../route.ts'
import { personForAgents } from '../checks/person-for-agents.ts'

type ApprovalDependencies = {
  approvals: Pick<Approvals, 'listFor' | 'answer'>
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
  audit(call: Call): AuditTrail
  now(): number
}

/** Requests to second agents. Not in AM. */
export function approvalRoutes(from: ApprovalDependencies): Route[] {
  const access = 'helpdesk'
  return [
    {
      ...listApprovals,
      access,
      summary:
        'Lists requests for approval of the last hour: those that the agent may answer, asked for, or answered.',
      handle: (call) => list(from, call),
    },
    {
      ...answerApproval,
      access,
      // Declining can only stop a check, so nothing may stand in its way.
      // rule H25: otherwise an unattended desk can approve
      dangerous: { when: 'for `approve`', is: ({ query }) => query.get('_action') === 'approve' },
      summary:
        'Answers a request for approval of another agent, once (`_action=approve` or `_action=decline`).',
      handle: byAction({
        approve: (call) => answer(from, call, { kind: 'approve' }),
        decline: (call) => answer(from, call, { kind: 'decline', reason: reasonOf(call) }),
      }),
    },
  ]
}

async function list(from: ApprovalDependencies, call: Call): Promise<Answer> {
  const person = await approverOf(from, call)
  const approvals = await from.approvals.listFor(call.realm.path, person)
  const result = await Promise.all(approvals.map((approval) => rowOf(from, call, approval, person)))
  const body: AnswerOf<typeof listApprovals> = {
    result,
    resultCount: result.length,
    pagedResultsCookie: null,
  }
  return { body }
}

function reasonOf(call: Call): string | undefined {
  const { reason = '' } = parseBody(answerApproval.actions.decline.body(), call)
  return plainText(reason, maxDeclineReason) || undefined
}

async function answer(from: ApprovalDependencies, call: Call, given: ApprovalAnswer): Promise<Answer> {
  const person = await approverOf(from, call)
  const answered = await from.approvals.answer(call.realm.path, param(call, 'id'), person, given)
  if (answered.kind === 'unknown') throw notFound('There is no such request')
  await record(from, call, answered, given)
  const { approval } = answered
  if (answered.kind === 'refused') {
    const { problem, message } = answered.refusal
    throw new RequestError(403, message, { problem })
  }
  if (answered.kind === 'over') throw overOf(approval, from.now())
  return { body: await rowOf(from, call, approval, person) }
}

/** The person of the session, with the rights of this moment. */
async function approverOf({ readIdentity }: ApprovalDependencies, call: Call): Promise<Approver> {
  const session = (await call.session())?.session
  if (session === undefined) throw new RequestError(401)
  const { realm, identityId: id, username: name } = session
  const identity = await readIdentity(realm, id)
  return {
    ...{ realm, id, name },
    ...defined({ displayName: identity && displayNameOf(identity) }),
    isAgent: (await call.rights()).may('helpdesk', call.realm.path),
  }
}

function overOf(approval: Approval, now: number): RequestError {
  const { answeredBy, answeredAt } = approval
  const state = stateOf(approval, now)
  const by = answeredBy === undefined ? undefined : safeDisplayName(answeredBy)
  const messages = {
    waiting: 'The request was not answered: try again.',
    approved: `${by} has approved this request already.`,
    declined: `${by} has declined this request already.`,
    cancelled: 'The agent has withdrawn this request.',
    expired: 'Nobody answered this request in time.',
  }
  const detail = { problem: state, answeredBy: by ?? null, answeredAt: answeredAt ?? null }
  return new RequestError(409, messages[state], detail)
}

async function record(
  from: ApprovalDependencies,
  call: Call,
  { kind, approval }: Exclude<Answered, { kind: 'unknown' }>,
  given: ApprovalAnswer,
): Promise<void> {
  const session = (await call.session())?.session
  const { subject, realm, purpose } = approval
  const isGiven = given.kind === 'approve'
  const event: Pick<AuditEvent, 'eventName' | 'result'> =
    kind === 'refused'
      ? { eventName: 'SIDEGATE-APPROVAL-REFUSED', result: 'FAILED' }
      : {
          eventName: isGiven ? 'SIDEGATE-APPROVAL-GIVEN' : 'SIDEGATE-APPROVAL-DECLINED',
          result: kind === 'answered' ? 'SUCCESSFUL' : 'FAILED',
        }
  from.audit(call).record({
    ...event,
    ...defined({ who: session && partyOf(session), ticket: purpose.ticket }),
    whom: { id: subject.id, name: subject.name, realm },
  })
}

async function rowOf(
  from: ApprovalDependencies,
  { realm }: Call,
  approval: Approval,
  person: Approver,
): Promise<ItemOf<typeof listApprovals>> {
  const { id, requestedBy, subject, purpose, journey, answeredBy, declineReason } = approval
  const { fields, checks } = realm.settings.helpDesk
  const state = stateOf(approval, from.now())
  // Desks ask every few seconds, and show the person only to those who decide.
  const identity = state === 'waiting' ? await from.readIdentity(realm.path, subject.id) : undefined
  return {
    _id: id,
    requestedBy: namedParty(requestedBy),
    isOwn: person.realm === realm.path && requestedBy.id === person.id,
    mayAnswer: state === 'waiting' && approverRefusal(approval, person) === undefined,
    subject: identity === undefined ? null : { ...personForAgents(identity, fields), _id: identity.id },
    subjectName: safeDisplayName(subject),
    action: purpose.action ?? null,
    reason: purpose.reason ?? null,
    ticket: purpose.ticket ?? null,
    vouchFor: purpose.vouchFor ?? null,
    check: journey,
    checkTitle: checks.find((check) => check.journey === journey)?.title || journey,
    state,
    answeredBy: answeredBy === undefined ? null : namedParty(answeredBy),
    declineReason: declineReason ?? null,
    createdAt: approval.createdAt,
    expiresAt: approval.expiresAt,
    answeredAt: approval.answeredAt ?? null,
  }
}

function namedParty(party: Party): { _id: string; displayName: string } {
  return { _id: party.id, displayName: safeDisplayName(party) }
}
