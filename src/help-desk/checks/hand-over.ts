import { agentOf, type Party, type Transaction, type TransactionEvent } from '../transactions/transaction.ts'
import { resultLifeMs } from './grant.ts'
import type { Verification } from './verification.ts'
import { isVouchedFor } from './vouched-for.ts'

/** A person who is to become the agent of a check. */
export type Candidate = Party & {
  realm: string
  /** Whether the person is active and may verify callers of the check's realm now. */
  mayVerify: boolean
}

/** Why a check can't be handed over. The message is for the agent. */
export type HandOverRefusal = {
  problem: 'over' | 'own' | 'notAgent' | 'self' | 'subject' | 'secondAgent'
  message: string
}

export const handOverMessages: Readonly<Record<HandOverRefusal['problem'], string>> = {
  over: 'The check is over, and its result can no longer be used.',
  own: 'This person is the agent of the check already.',
  notAgent: 'Only an active agent of this realm can be the agent of the check.',
  self: 'Agents cannot verify themselves.',
  subject: 'The person who is asked to vouch cannot be the agent of the check.',
  secondAgent: 'The second agent of a check cannot become its agent.',
}

type Rules = Pick<
  Transaction,
  | 'realm'
  | 'subject'
  | 'purpose'
  | 'openedBy'
  | 'assignee'
  | 'isCancelled'
  | 'expiresAt'
  | 'result'
  | 'endedAt'
  | 'rejectedAt'
>

/** What a check has beyond its transaction. */
type Result = Pick<Verification, 'usedAt' | 'withdrawnAt' | 'requirement' | 'level'>

/** Whether a check can change its agent: until it expires, and longer while its result can be used. As in `isInHandOver`. */
export function canChangeAgent(check: Rules, result: Result | undefined, now: number): boolean {
  const { isCancelled, expiresAt, endedAt } = check
  if (isCancelled || expiresAt > now) return !isCancelled
  if (check.result !== 'APPROVED' || check.rejectedAt !== undefined || endedAt === undefined) return false
  if (result === undefined || result.usedAt !== undefined || result.withdrawnAt !== undefined) return false
  // rule H24: otherwise a check whose result is over changes its agent
  return endedAt + resultLifeMs(result, check) > now
}

/**
 * Why a person can't become the agent of a check, by an offer or by taking it over. Leads are not exempt: the rules for opening
 * a check must hold for its agent at any time.
 * @param to null for an offer to the team, whose members are checked when they take over.
 */
export function handOverRefusal(
  check: Rules,
  result: Result | undefined,
  to: Candidate | null,
  now: number,
): HandOverRefusal | undefined {
  const problem = canChangeAgent(check, result, now) ? to && problemWith(check, to) : 'over'
  return problem ? { problem, message: handOverMessages[problem] } : undefined
}

function problemWith(check: Rules, to: Candidate): HandOverRefusal['problem'] | undefined {
  // rule H24: otherwise an agent of another realm, or a person without the role, becomes the agent of a check
  if (to.realm !== check.realm || !to.mayVerify) return 'notAgent'
  if (agentOf(check)?.id === to.id) return 'own'
  // rule H24: otherwise the second agent becomes the agent of the check
  if (check.openedBy.secondAgent?.id === to.id) return 'secondAgent'
  // rule H24: otherwise the caller, or the person who vouches, becomes the agent of the check
  if (check.subject?.id === to.id) return check.purpose.vouchFor === undefined ? 'self' : 'subject'
  // rule H24: otherwise the caller for whom another person vouches becomes the agent of the check
  return isVouchedFor(check.purpose, to) ? 'self' : undefined
}

/** What allows a person to take a check over; undefined if nothing does. An offer counts first, because it is on record. */
export function takeoverBasis(
  { offer }: Pick<Transaction, 'offer'>,
  { id, isLead }: { id: string; isLead: boolean },
): 'offer' | 'lead' | undefined {
  // rule H24: otherwise an offer to one agent can be accepted by every agent
  if (offer !== undefined && (offer.to === null || offer.to.id === id)) return 'offer'
  // rule H24: otherwise any agent takes over checks that nobody offered
  return isLead ? 'lead' : undefined
}

/**
 * What a person had to do with a check of another agent. `agent`: was its agent. `offered`: it was offered to the person or the
 * team, and somebody else took it over or the offer was withdrawn. Only they learn what became of it.
 */
export function earlierPartOf(
  { openedBy }: Pick<Transaction, 'openedBy'>,
  events: readonly TransactionEvent[],
  id: string,
): 'agent' | 'offered' | undefined {
  const wasAgent = events.some((event) => event.kind === 'takenOver' && event.fromId === id)
  if (wasAgent || openedBy.agent?.id === id) return 'agent'
  const wasOffered = events.some(
    (event) => event.kind === 'offered' && (event.toId === null || event.toId === id),
  )
  return wasOffered ? 'offered' : undefined
}
