import type { AccountEffects } from '../accounts/account-effects.ts'
import type { JsonObject } from '../journey/json.ts'

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
  failures: Failures
}

/** Wrong passwords in a row, and until when (epoch milliseconds) none is tried any more. */
export type Failures = { count: number; lastAt: number; lockedUntil: number }

/** When wrong passwords lock. Counts failures only; a right password starts over. */
export type LockoutPolicy = { maxFailures: number; windowSeconds: number; lockSeconds: number }

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
  /** Whether the directory of a linked person got a new password with this change. */
  hasNewDirectoryPassword?: boolean
  /** Saved in the same unit. `withAccountEffects` fills it in. */
  effects?: AccountEffects
}

export const noFailures: Failures = { count: 0, lastAt: 0, lockedUntil: 0 }

/** The failures after one more wrong password. */
export function oneMoreFailure(held: Failures, policy: LockoutPolicy, now: number): Failures {
  const isRecent = now - held.lastAt <= policy.windowSeconds * 1000
  const count = (isRecent ? held.count : 0) + 1
  const isFull = policy.maxFailures > 0 && count >= policy.maxFailures
  return {
    count: isFull ? 0 : count,
    lastAt: now,
    lockedUntil: isFull ? now + policy.lockSeconds * 1000 : held.lockedUntil,
  }
}
