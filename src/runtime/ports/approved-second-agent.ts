import type { Approval } from '../../help-desk/approvals/approval.ts'
import { type Approver, approverRefusal, isApprovalFor } from '../../help-desk/approvals/approval-rules.ts'
import type { Party, Transaction } from '../../help-desk/transactions/transaction.ts'
import { openersOf, type RunContext } from '../run-context.ts'

/** An approval that counts, with the second agent who gave it. */
export type SecondAgentApproval = Approval & { answeredBy: Party }

/**
 * The approval of a second agent for exactly this check, if one is needed. The server finds it by the hash of the journey
 * session, and reads the approver's role again: it may have been removed since.
 */
export async function approvalFor(
  run: RunContext,
  { realm, subject, purpose, openedBy }: Transaction,
): Promise<SecondAgentApproval | undefined> {
  const { agent, isHelpDesk, secondAgent } = openedBy
  if (agent === undefined || !isHelpDesk || secondAgent !== undefined) return undefined
  const { journeySession } = openersOf(run.step)
  const opening = { realm, journeySession, agentId: agent.id, subjectId: subject?.id, purpose }
  for (const approval of await run.world.approvals.ofJourney(realm, journeySession)) {
    if (!isApprovalFor(approval, opening, run.step.now) || isUsedNow(run, approval)) continue
    const approver = await approverOf(run, approval.answeredBy)
    // rule H25: otherwise the role of the second agent is not read again when the check is opened
    if (approverRefusal(approval, approver) === undefined) return approval
  }
  return undefined
}

/** Marks the approval as used with the step that opens the check. The store refuses a second use. */
export function useApproval(run: RunContext, { id, journeySession }: Approval): void {
  run.effects.approvals.push({ kind: 'use', id, journeySession, now: run.step.now })
}

/** Whether this step opened a check with it already. */
function isUsedNow({ effects }: RunContext, { id }: Approval): boolean {
  return effects.approvals.some((change) => change.kind === 'use' && change.id === id)
}

/** A person of the realm with the rights that they have now. */
export async function approverOf({ world, step }: RunContext, person: Party): Promise<Approver> {
  const { path: realm } = step.request.realm
  return { ...person, realm, isAgent: await world.mayVerify({ realm, identityId: person.id }, realm) }
}
