import { endingOf } from '../backchannel/standing.ts'
import type { Transaction } from '../backchannel/transaction.ts'
import type { Verification } from './verification.ts'

/** How long a result may be used, in milliseconds. Source: NIST SP 800-63B, out-of-band secrets. */
export const grantLifeMs = 10 * 60_000

/**
 * Whether a result may be used for what it was asked for, and if not why: there is none, it has no action or no code was
 * typed, it was used, its time is over, or the caller said afterwards that it was not them.
 */
export type GrantState =
  | { state: 'ready'; expiresAt: number }
  | { state: 'used'; usedAt: number; usedBy: string }
  | { state: 'none' | 'unbound' | 'over' | 'withdrawn' }

type Result = Pick<Verification, 'isBound' | 'usedAt' | 'usedBy'>

export function grantStateOf(
  transaction: Transaction,
  { isBound, usedAt, usedBy = '' }: Result,
  now: number,
): GrantState {
  const { endedAt, rejectedAt, purpose } = transaction
  if (endingOf(transaction, now) !== 'approved' || endedAt === undefined) return { state: 'none' }
  if (usedAt !== undefined) return { state: 'used', usedAt, usedBy }
  if (rejectedAt !== undefined) return { state: 'withdrawn' }
  if (!isBound || purpose.action === undefined) return { state: 'unbound' }
  const expiresAt = endedAt + grantLifeMs
  return expiresAt <= now ? { state: 'over' } : { state: 'ready', expiresAt }
}
