import type { Level } from '../../engine/level.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { endingOf } from '../transactions/transaction-status.ts'
import type { Verification } from './verification.ts'

/** How long a result can be used, in milliseconds. Source: NIST SP 800-63B, out-of-band secrets. */
export const grantLifeMs = 10 * 60_000

/**
 * Whether a result can be used for its action. `none`: the check was not approved. `unbound`: it has no action, or the caller
 * typed no code. `weak`: the action needs a higher level. `withdrawn`: the caller rejected the check afterwards.
 */
export type GrantState =
  | { state: 'ready'; expiresAt: number }
  | { state: 'used'; usedAt: number; usedBy: string }
  | { state: 'none' | 'unbound' | 'over' | 'withdrawn' }
  | { state: 'weak'; neededLevel: Level }

type Result = Pick<Verification, 'isBound' | 'level' | 'usedAt' | 'usedBy'>

/** The level that strong actions need: two factors. Source: NIST SP 800-63B-4, account recovery. */
const strongLevel = 2

export function grantStateOf(
  transaction: Transaction,
  { isBound, level, usedAt, usedBy = '' }: Result,
  { strongActions }: { strongActions: readonly string[] },
  now: number,
): GrantState {
  const { endedAt, rejectedAt, purpose } = transaction
  if (endingOf(transaction, now) !== 'approved' || endedAt === undefined) return { state: 'none' }
  if (usedAt !== undefined) return { state: 'used', usedAt, usedBy }
  if (rejectedAt !== undefined) return { state: 'withdrawn' }
  if (!isBound || purpose.action === undefined) return { state: 'unbound' }
  if (strongActions.includes(purpose.action) && level < strongLevel) {
    return { state: 'weak', neededLevel: strongLevel }
  }
  const expiresAt = endedAt + grantLifeMs
  return expiresAt <= now ? { state: 'over' } : { state: 'ready', expiresAt }
}
