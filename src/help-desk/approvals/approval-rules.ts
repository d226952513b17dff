import { isVouchedFor } from '../checks/vouched-for.ts'
import type { Purpose } from '../transactions/purpose.ts'
import type { Party } from '../transactions/transaction.ts'
import { type Approval, approvalLifeMs, isSamePurpose } from './approval.ts'

/** A person who wants to answer a request, or who answered it. */
export type Approver = Party & {
  /** The realm of the person, which may differ from that of the check. */
  realm: string
  /** Whether the person is active and may verify callers of the check's realm now. */
  isAgent: boolean
}

/** Why a person can't be the second agent of a check. */
export type ApproverRefusal = {
  problem: 'notAgent' | 'ownRequest' | 'isCaller'
  message: string
}

type Asked = Pick<Approval, 'realm' | 'requestedBy' | 'subject' | 'chosenId' | 'purpose'>

/**
 * The reason why a person can't be the second agent. It must be another agent of the same realm, and not a person whom the
 * check is about: neither the subject nor, if the subject is asked to vouch, the caller.
 */
export function approverRefusal(asked: Asked, approver: Approver): ApproverRefusal | undefined {
  // rule H25: otherwise a person without the right to verify callers, or of another realm, can approve
  if (approver.realm !== asked.realm || !approver.isAgent) {
    return { problem: 'notAgent', message: 'Only an agent of this realm can approve a check.' }
  }
  // rule H25: otherwise an agent can approve their own check
  if (approver.id === asked.requestedBy.id) {
    return { problem: 'ownRequest', message: 'Another agent has to approve this check.' }
  }
  if (isAbout(asked, approver)) {
    return { problem: 'isCaller', message: 'You can’t approve a check that is about you.' }
  }
  return undefined
}

function isAbout({ subject, chosenId, purpose }: Asked, approver: Approver): boolean {
  // rule H25: otherwise an agent can approve a check of themselves
  if (approver.id === subject.id || approver.id === chosenId) return true
  return isVouchedFor(purpose, approver)
}

/** The check that a front journey is about to open. */
export type ApprovedOpening = {
  realm: string
  journeySession: string
  agentId: string
  subjectId: string | undefined
  purpose: Purpose
}

/** Whether an approval is for exactly this opening, and recent. The approver must also be checked. */
export function isApprovalFor(
  approval: Approval,
  opening: ApprovedOpening,
  now: number,
): approval is Approval & { answeredBy: Party } {
  const { realm, journeySession, state, answeredAt, answeredBy, usedAt, requestedBy, subject } = approval
  if (state !== 'approved' || answeredBy === undefined || answeredAt === undefined) return false
  // rule H25: otherwise an old approval counts
  if (usedAt !== undefined || answeredAt <= now - approvalLifeMs) return false
  // rule H25: otherwise an approval counts for another caller, or an approval counts in another journey session
  return (
    realm === opening.realm &&
    journeySession === opening.journeySession &&
    requestedBy.id === opening.agentId &&
    subject.id === opening.subjectId &&
    // rule H25: otherwise an approval counts for another action
    isSamePurpose(approval.purpose, opening.purpose)
  )
}
