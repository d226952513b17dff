import type { JsonObject } from '../engine/json.ts'
import type { GuessPolicy } from '../limits/guesses.ts'
import type { AccountEffects } from './account-changes/account-effects.ts'

/** A person or agent of a realm. */
export type Identity = {
  /** Object id, a UUID. */
  id: string
  realm: string
  /** Changes with every write. */
  rev: number
  kind: 'user' | 'agent'
  /** Unique in the realm, whatever the case. */
  userName: string
  isActive: boolean
  /** The managed object without `_id`, `_rev`, `userName`, `accountStatus` and `password`. */
  attributes: JsonObject
  /** PHC string, or the link to a directory that has the password; undefined when none is set. */
  passwordHash: string | undefined
  mustChangePassword: boolean
  /** Roles by name, such as `admin`; names that the server does not know mean something to scripts alone. */
  roles: readonly string[]
  /** Epoch milliseconds. For somebody older than the server’s memory: since when it knows them. */
  createdAt: number
  /** When their mail address was changed last; undefined for the one they began with. Epoch milliseconds. */
  mailChangedAt?: number | undefined
  /** As `mailChangedAt`, for the number and the manager. */
  telephoneNumberChangedAt?: number | undefined
  managerChangedAt?: number | undefined
  /**
   * When an account change, an approved check or a used result last ended the person's other sessions. Persistent cookies
   * and proofs from before no longer count. Storage sets it, with the sessions. Epoch milliseconds.
   */
  sessionsEndedAt?: number | undefined
  failures: Failures
}

/**
 * Wrong passwords in a row from all devices that aren't known together, when the last one came, and until when some
 * address is locked. Times are epoch milliseconds.
 */
export type Failures = { count: number; lastAt: number; lockedUntil: number }

/** When wrong passwords lock. */
export type LockoutPolicy = GuessPolicy

/**
 * A write that is saved with a journey's step; it loses when `rev` is not the stored one any more. Revision 0 is
 * somebody new, and loses when the id or the user name is taken.
 */
export type IdentityChange = {
  id: string
  rev: number
  to: Omit<Identity, 'rev' | 'failures'>
  /** Token hash of the session in which the change is made; it stays if it is the person's own. */
  actingSession?: string | undefined
  /** Epoch milliseconds; the time of the save if left out. */
  changedAt?: number | undefined
  /** Whether the directory of a linked person got a new password with this change. */
  hasNewDirectoryPassword?: boolean
  /** Saved in the same unit. `withAccountEffects` fills it in. */
  effects?: AccountEffects
}

export const noFailures: Failures = { count: 0, lastAt: 0, lockedUntil: 0 }

/** With as many wrong passwords in a row as the policy allows, unknown devices get one try in this time. */
const slowMs = 86_400_000

/** Whether no password is tried now from any device that isn't known. */
export function isLockedElsewhere({ count, lastAt }: Failures, policy: LockoutPolicy, now: number): boolean {
  return count >= policy.maxFailuresInARow && now < lastAt + slowMs
}

/** The failures after one more wrong password from a device that isn't known. */
export function oneMoreFailure(held: Failures, policy: LockoutPolicy, now: number): Failures {
  const count = held.count + 1
  const isFull = count >= policy.maxFailuresInARow
  return { count, lastAt: now, lockedUntil: isFull ? now + slowMs : held.lockedUntil }
}
