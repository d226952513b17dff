import type { Level } from '../../engine/level.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { endingOf } from '../transactions/transaction-status.ts'
import { neededFor, noRequirement, type Requirement, stricter } from './requirement.ts'
import type { Verification } from './verification.ts'

/** How long a result can be used, in milliseconds. Source: NIST SP 800-63B, out-of-band secrets. */
// rule H13: otherwise a result can be used for a day
const grantLifeMs = 10 * 60_000

/**
 * Whether a result can be used for its action now: only `ready` can. `none`: the check was not approved. `withdrawn`: the caller
 * rejected the check afterwards, or an agent withdrew the result. `over`: it is too old. `paused`: the person reported an attack in
 * any transaction. `unbound`: the caller typed no code, or the check has no action. `weak`: the action needs a higher level.
 * `needsSecondAgent`: no second agent approved the check. `waiting`: its delay is not over. The first
 * one that applies counts, in this order.
 */
export type GrantState =
  | { state: 'ready'; expiresAt: number }
  | { state: 'waiting'; usableAt: number; expiresAt: number }
  | { state: 'used'; usedAt: number; usedBy: string }
  | { state: 'withdrawn'; withdrawnAt?: number; withdrawnBy?: string }
  | { state: 'none' | 'over' | 'needsSecondAgent' }
  | { state: 'paused'; until: number }
  | { state: 'unbound'; reason: 'noCode' | 'noAction' }
  | { state: 'weak'; neededLevel: Level }

/** What a result is worth, and what became of it. */
export type ProvenResult = Pick<
  Verification,
  'isBound' | 'level' | 'usedAt' | 'usedBy' | 'withdrawnAt' | 'withdrawnBy' | 'requirement'
>

type Proven = Pick<Verification, 'level' | 'requirement'>
type Opened = Pick<Transaction, 'openedBy'>

/** What the state of a result depends on in its transaction. */
export type EndedCheck = Opened &
  Parameters<typeof endingOf>[0] &
  Pick<Transaction, 'endedAt' | 'rejectedAt' | 'purpose'>

/**
 * What the use of a result needs: the requirement at the opening and the current one, so that neither a change of settings nor of
 * people weakens it.
 */
export function requirementFor(
  result: Proven,
  { openedBy }: Opened,
  current: Requirement = noRequirement,
): Requirement {
  const { level, requirement = noRequirement } = result
  const hasSecondAgent = openedBy.secondAgent !== undefined
  return neededFor(
    // rule H23: otherwise a change of settings or people weakens an open check, or a stricter policy doesn’t count for it
    stricter(requirement, current),
    { level, hasSecondAgent },
  )
}

/**
 * How long after the end of its check a result can be used, in milliseconds. Only the delay at the opening counts, so that no later
 * change of a policy or person revives a result that is over.
 */
export function resultLifeMs(result: Proven, check: Opened): number {
  return requirementFor(result, check).delayMinutes * 60_000 + grantLifeMs
}

/** What decides over a result beside the check itself, at this moment. */
export type Circumstances = {
  /** The requirement by the current settings and people. */
  requirement: Requirement
  /** When the pause of the people whom the check is about ends; epoch milliseconds. */
  pausedUntil: number | undefined
}

export function grantStateOf(
  transaction: EndedCheck,
  result: ProvenResult,
  { requirement, pausedUntil }: Circumstances,
  now: number,
): GrantState {
  const { endedAt, purpose, openedBy } = transaction
  if (endingOf(transaction, now) !== 'approved' || endedAt === undefined) return { state: 'none' }
  const settled = settledState(transaction, result)
  if (settled !== undefined) return settled
  const needed = requirementFor(result, transaction, requirement)
  const usableAt = endedAt + needed.delayMinutes * 60_000
  // rule H13: otherwise a later change revives a result that is over
  const expiresAt = endedAt + resultLifeMs(result, transaction)
  if (expiresAt <= now || usableAt >= expiresAt) return { state: 'over' }
  // rule H27: otherwise a paused result looks usable, and its grant is issued
  if (pausedUntil !== undefined) return { state: 'paused', until: pausedUntil }
  if (purpose.action === undefined) return { state: 'unbound', reason: 'noAction' }
  if (!result.isBound) return { state: 'unbound', reason: 'noCode' }
  // rule H12: otherwise one factor is enough for a reset
  if (result.level < needed.level) return { state: 'weak', neededLevel: needed.level }
  // rule H23: otherwise a result needs no second agent
  if (needed.secondAgent && openedBy.secondAgent === undefined) return { state: 'needsSecondAgent' }
  // rule H23: otherwise a delayed result can be used at once
  return usableAt > now ? { state: 'waiting', usableAt, expiresAt } : { state: 'ready', expiresAt }
}

/** The state of a result that was used, rejected or withdrawn, whatever it needed. */
function settledState(
  { rejectedAt }: EndedCheck,
  { usedAt, usedBy = '', withdrawnAt, withdrawnBy }: ProvenResult,
): GrantState | undefined {
  if (usedAt !== undefined) return { state: 'used', usedAt, usedBy }
  if (rejectedAt !== undefined) return { state: 'withdrawn' }
  // rule H23: otherwise a withdrawal during the delay is forgotten
  if (withdrawnAt === undefined) return undefined
  return { state: 'withdrawn', withdrawnAt, ...(withdrawnBy === undefined ? {} : { withdrawnBy }) }
}
