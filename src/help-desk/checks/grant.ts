import type { Level } from '../../engine/level.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { endingOf } from '../transactions/transaction-status.ts'
import { noRequirement, type Requirement, stricter } from './requirement.ts'
import type { Verification } from './verification.ts'

/** How long a result can be used, in milliseconds. Source: NIST SP 800-63B, out-of-band secrets. */
const grantLifeMs = 10 * 60_000

/**
 * Whether a result can be used for its action. `none`: the check was not approved. `unbound`: it has no action, or the caller
 * typed no code. `weak`: the action needs a higher level. `needsSecondAgent`: no second agent approved the check. `waiting`: its
 * delay is not over. `withdrawn`: the caller rejected the check afterwards, or an agent withdrew the result.
 */
export type GrantState =
  | { state: 'ready'; expiresAt: number }
  | { state: 'waiting'; usableAt: number; expiresAt: number }
  | { state: 'used'; usedAt: number; usedBy: string }
  | { state: 'withdrawn'; withdrawnAt?: number; withdrawnBy?: string }
  | { state: 'none' | 'unbound' | 'over' | 'needsSecondAgent' }
  | { state: 'weak'; neededLevel: Level }

type Result = Pick<
  Verification,
  'isBound' | 'level' | 'usedAt' | 'usedBy' | 'withdrawnAt' | 'withdrawnBy' | 'requirement'
>

/** The requirement at the opening and the current one, so that neither a change of settings nor of people weakens it. */
export function requirementFor(
  { requirement = noRequirement }: Pick<Verification, 'requirement'>,
  current: Requirement,
): Requirement {
  return stricter(requirement, current)
}

/**
 * How long after the end of its check a result can be used, in milliseconds. Only the delay at the opening counts, so that no later
 * change of a policy or person revives a result that is over.
 */
export function resultLifeMs({ requirement = noRequirement }: Pick<Verification, 'requirement'>): number {
  return requirement.delayMinutes * 60_000 + grantLifeMs
}

/** @param current the requirement by the settings and people of this moment. */
export function grantStateOf(
  transaction: Transaction,
  result: Result,
  current: Requirement,
  now: number,
): GrantState {
  const { endedAt, purpose, openedBy } = transaction
  if (endingOf(transaction, now) !== 'approved' || endedAt === undefined) return { state: 'none' }
  const settled = settledState(transaction, result)
  if (settled !== undefined) return settled
  if (!result.isBound || purpose.action === undefined) return { state: 'unbound' }
  const needed = requirementFor(result, current)
  if (result.level < needed.level) return { state: 'weak', neededLevel: needed.level }
  if (needed.secondAgent && openedBy.secondAgent === undefined) return { state: 'needsSecondAgent' }
  const usableAt = endedAt + needed.delayMinutes * 60_000
  const expiresAt = endedAt + resultLifeMs(result)
  if (expiresAt <= now || usableAt >= expiresAt) return { state: 'over' }
  return usableAt > now ? { state: 'waiting', usableAt, expiresAt } : { state: 'ready', expiresAt }
}

/** The state of a result that was used, rejected or withdrawn, whatever it needed. */
function settledState(
  { rejectedAt }: Transaction,
  { usedAt, usedBy = '', withdrawnAt, withdrawnBy }: Result,
): GrantState | undefined {
  if (usedAt !== undefined) return { state: 'used', usedAt, usedBy }
  if (rejectedAt !== undefined) return { state: 'withdrawn' }
  if (withdrawnAt === undefined) return undefined
  return { state: 'withdrawn', withdrawnAt, ...(withdrawnBy === undefined ? {} : { withdrawnBy }) }
}
