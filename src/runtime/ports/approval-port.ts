import { randomUUID } from 'node:crypto'
import { defined } from '../../base/defined.ts'
import { type Approval, stateOf } from '../../help-desk/approvals/approval.ts'
import { approverRefusal } from '../../help-desk/approvals/approval-rules.ts'
import { currentRequirement } from '../../help-desk/checks/current-requirement.ts'
import { noRequirement } from '../../help-desk/checks/requirement.ts'
import type { Purpose } from '../../help-desk/transactions/purpose.ts'
import {
  type Opener,
  type Party,
  type Subject,
  safeDisplayName,
} from '../../help-desk/transactions/transaction.ts'
import type { Limit } from '../../limits/limit.ts'
import type { ApprovalPort, ApprovalStatus, AskedApproval } from '../../nodes/ports/help-desk-ports.ts'
import { displayNameOf } from '../../people/display-name.ts'
import { openersOf, type RunContext, type Visit } from '../run-context.ts'
import { recordAudit } from '../step-audit.ts'
import { approverOf } from './approved-second-agent.ts'
import { openerOf, refuseNotAllowed, retried, subjectOf } from './backchannel-port.ts'
import { statedPurpose } from './opening-requirements.ts'

/** Requests to second agents, for the nodes of a front journey. */
export function approvalPort(run: RunContext, visit: Pick<Visit, 'proofs'>): ApprovalPort {
  const { path: realm } = run.step.request.realm
  const { journeySession } = openersOf(run.step)
  return {
    ask: (request) => retried(() => ask(run, visit, request)),

    async status(id) {
      const approval = await retried(() => run.world.approvals.find(realm, id))
      if (approval?.journeySession !== journeySession) return undefined
      return (await mayCount(run, approval)) ? statusOf(approval, run.step.now) : undefined
    },

    cancel(id) {
      run.effects.approvals.push({ kind: 'cancel', id, journeySession, now: run.step.now })
    },
  }
}

/** False if the agent who approved lost that right: the opening would not count the approval either. */
async function mayCount(run: RunContext, approval: Approval): Promise<boolean> {
  const { state, answeredBy } = approval
  // rule H25: otherwise the role of the second agent is not read again when the journey goes on
  if (state !== 'approved' || answeredBy === undefined) return true
  return approverRefusal(approval, await approverOf(run, answeredBy)) === undefined
}

async function ask(
  run: RunContext,
  { proofs }: Pick<Visit, 'proofs'>,
  request: AskedApproval,
): ReturnType<ApprovalPort['ask']> {
  const subject = await subjectOf(run, { subject: { kind: 'user', name: request.subject } })
  if (subject === undefined || subject === 'unknown') return unavailable('the realm has no such person')
  const purpose = await statedPurpose(run, request.data)
  const openedBy = await openerOf(run, proofs, { subject, purpose })
  const { agent, isHelpDesk } = openedBy
  if (agent === undefined || !isHelpDesk) return unavailable('no agent is signed in')
  if (request.onlyIfNeeded && !(await isNeeded(run, { subject, purpose }))) return { kind: 'notNeeded' }
  const approval = newApproval(run, request, { agent, subject, purpose })
  const refusal = await reasonNotToAsk(run, openedBy, subject, approval)
  if (refusal !== undefined) return unavailable(refusal)
  run.effects.counts.push(...limitsOf(run, agent))
  run.effects.approvals.push({ kind: 'ask', approval })
  recordAudit(run, {
    eventName: 'SIDEGATE-APPROVAL-REQUESTED',
    result: 'SUCCESSFUL',
    who: { id: agent.id, name: agent.name, realm: approval.realm },
    whom: { id: subject.id, name: subject.name, realm: approval.realm },
    ...defined({ ticket: approval.purpose.ticket }),
  })
  return { kind: 'asked', id: approval.id, expiresAt: approval.expiresAt }
}

/** Whether the action needs a second agent, at least if the caller proves one factor alone. */
async function isNeeded(
  { world, step }: RunContext,
  about: { subject: Subject; purpose: Purpose },
): Promise<boolean> {
  const { path: realm, settings } = step.request.realm
  const read = (...person: [realm: string, id: string]) => world.readIdentity(...person)
  const needs = await currentRequirement(read, { realm, ...about }, settings.helpDesk)
  return needs.secondAgent || needs.recoveryMinutes !== undefined
}

function unavailable(reason: string) {
  return { kind: 'unavailable', reason } as const
}

function newApproval(
  { step }: RunContext,
  { seconds }: AskedApproval,
  {
    agent,
    subject: { kind: _kind, ...subject },
    purpose,
  }: { agent: Party; subject: Subject; purpose: Purpose },
): Approval {
  return {
    id: randomUUID(),
    realm: step.request.realm.path,
    journeySession: openersOf(step).journeySession,
    journey: step.frozen.content.root,
    requestedBy: agent,
    subject,
    ...defined({ chosenId: step.saved.chosenPerson }),
    purpose,
    state: 'waiting',
    createdAt: step.now,
    expiresAt: step.now + seconds * 1000,
  }
}

/** Nobody should be asked to approve a check that can't be opened, or that nobody can approve. */
async function reasonNotToAsk(
  run: RunContext,
  openedBy: Opener,
  subject: Subject,
  approval: Approval,
): Promise<string | undefined> {
  // As if a second agent had approved.
  const approved = { ...openedBy, secondAgent: approval.requestedBy }
  try {
    await refuseNotAllowed(
      run,
      { openedBy: approved, subject, purpose: approval.purpose },
      // The caller's journey is not known yet: the opening compares its level.
      { requirement: noRequirement, reachableLevel: 0 },
    )
  } catch (cause) {
    if (run.effects.refusal === undefined) throw cause
    return run.effects.refusal.message
  }
  for (const limit of limitsOf(run, approval.requestedBy)) {
    const waitMs = await run.world.limits.wait(limit)
    const message = 'This agent has asked for too many approvals in a short time.'
    if (waitMs === undefined) continue
    run.effects.exceededLimit = { problem: 'tooManyApprovals', message, waitMs }
    return message
  }
  if (await hasApprover(run, approval)) return undefined
  const message = 'There is no other agent who could approve this check.'
  run.effects.refusal = { problem: 'noSecondAgent', message }
  return message
}

/** Requests of an agent in ten minutes: as many as checks. */
function limitsOf({ step: { request } }: RunContext, agent: Party): Limit[] {
  const { path, settings } = request.realm
  const max = settings.helpDesk.maxChecksPerAgent
  return max === 0 ? [] : [{ key: `${path} approvals for ${agent.id}`, max, windowMs: 10 * 60_000 }]
}

async function hasApprover(run: RunContext, approval: Approval): Promise<boolean> {
  for (const person of await run.world.peopleWithRoles(approval.realm)) {
    const { id, userName: name } = person
    const approver = await approverOf(run, { id, name, displayName: displayNameOf(person) })
    if (approverRefusal(approval, approver) === undefined) return true
  }
  return false
}

function statusOf(approval: Approval, now: number): ApprovalStatus {
  const { answeredBy, declineReason, expiresAt } = approval
  return {
    state: stateOf(approval, now),
    expiresAt,
    answeredBy: answeredBy && { id: answeredBy.id, displayName: safeDisplayName(answeredBy) },
    declineReason,
  }
}
