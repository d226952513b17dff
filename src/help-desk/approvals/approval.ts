import { z } from 'zod'
import { type Purpose, purposeSchema } from '../transactions/purpose.ts'
import { partySchema } from '../transactions/transaction.ts'

/** How long an approval counts: the opening must follow within minutes. */
export const approvalLifeMs = 5 * 60_000

/** The longest time that a node can let a request wait. */
export const longestWaitMs = 15 * 60_000

/** Maximum length of the reason for declining, in characters. */
export const maxDeclineReason = 200

export const approvalSchema = z.object({
  /** Random. It names the request and gives access to nothing. */
  id: z.string(),
  realm: z.string(),
  /** SHA-256 of the front journey's reference. */
  journeySession: z.string(),
  /** The front journey. */
  journey: z.string(),
  /** The agent whose journey asks. */
  requestedBy: partySchema,
  /** The person whom the check will be about. */
  subject: partySchema,
  /** Object id of the person that the agent picked at the desk: the caller, if the subject is asked to vouch. */
  chosenId: z.string().optional(),
  purpose: purposeSchema,
  state: z.enum(['waiting', 'approved', 'declined', 'cancelled']),
  answeredBy: partySchema.optional(),
  /** Why it was declined, as plain text. */
  declineReason: z.string().optional(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  expiresAt: z.number(),
  answeredAt: z.number().optional(),
  /** When a check was opened with it. */
  usedAt: z.number().optional(),
})

/**
 * A request to the other agents to approve one check before it is opened. States only move forward: `waiting` becomes one of
 * the others. Requests without an answer expire, which every read decides by the clock.
 */
export type Approval = z.infer<typeof approvalSchema>

export type ApprovalState = Approval['state'] | 'expired'

export function stateOf(
  { state, expiresAt }: Pick<Approval, 'state' | 'expiresAt'>,
  now: number,
): ApprovalState {
  return state === 'waiting' && expiresAt <= now ? 'expired' : state
}

/** An answer of a second agent. */
export type ApprovalAnswer = { kind: 'approve' } | { kind: 'decline'; reason: string | undefined }

/** A change that is saved with a step of the front journey. */
export type ApprovalChange =
  /** Cancels waiting requests of the same journey session. */
  | { kind: 'ask'; approval: Approval }
  | { kind: 'cancel'; id: string; journeySession: string; now: number }
  /** The opening of a check. Fails unless the approval counts and was not used. */
  | { kind: 'use'; id: string; journeySession: string; now: number }

/** Whether two purposes are the same to a second agent. Reason and ticket may be completed later. */
export function isSamePurpose(one: Purpose, other: Purpose): boolean {
  const members = ['action', 'vouchFor', 'vouchForId'] as const
  return members.every((member) => one[member] === other[member])
}
