import { z } from 'zod'
import { jsonObjectSchema } from '../base/json.ts'
import type { GuessPolicy } from '../limits/guesses.ts'
import type { AccountEffects } from './account-changes/account-effects.ts'

const roles: z.ZodType<readonly string[]> = z.array(z.string())

export const identitySchema = z.object({
  /** Object id, a UUID. */
  id: z.string(),
  realm: z.string(),
  /** Increases with every write. */
  rev: z.number(),
  kind: z.enum(['user', 'agent']),
  /** Unique in the realm, ignoring case. */
  userName: z.string(),
  isActive: z.boolean(),
  /** The managed object without `_id`, `_rev`, `userName`, `accountStatus` and `password`. */
  attributes: jsonObjectSchema,
  /** PHC string, or the link to the directory that has the password; undefined if none is set. */
  passwordHash: z.string().optional(),
  mustChangePassword: z.boolean(),
  /** Role names, such as `admin`. Names unknown to the server are for scripts. */
  roles,
  /** Epoch milliseconds. For people from a directory: when the server first saw them. */
  createdAt: z.number(),
  /** Time of the email address's last change in epoch milliseconds; undefined if it still has its first value. */
  mailChangedAt: z.number().optional(),
  /** Like `mailChangedAt`. */
  telephoneNumberChangedAt: z.number().optional(),
  managerChangedAt: z.number().optional(),
  /** Time of the last change of the name or any attribute in epoch milliseconds; undefined if nothing has changed. */
  updatedAt: z.number().optional(),
  /**
   * When an account change, an approved check or a used result last ended the person's other sessions. Older persistent
   * cookies and proofs are invalid. Set by storage together with the sessions. Epoch milliseconds.
   */
  sessionsEndedAt: z.number().optional(),
})

/** A person or agent of a realm. */
export type Identity = z.infer<typeof identitySchema> & { failures: Failures }

/**
 * Consecutive wrong passwords from all unknown browsers together, the time of the last one, and the end of the lockout.
 * Times are epoch milliseconds.
 */
export type Failures = { count: number; lastAt: number; lockedUntil: number }

export type LockoutPolicy = GuessPolicy

/**
 * A write that is saved with a journey's step. It fails if `rev` is outdated. Revision 0 creates the identity, and fails
 * if the id or the username is taken.
 */
export type IdentityChange = {
  id: string
  rev: number
  to: Omit<Identity, 'rev' | 'failures'>
  /** Token hash of the session that makes the change. It survives if it is the person's own. */
  actingSession?: string | undefined
  /** Epoch milliseconds; defaults to the time of the save. */
  changedAt?: number | undefined
  /** Whether the directory of a linked person got a new password with this change. */
  hasNewDirectoryPassword?: boolean
  /** The stored attributes at `rev`. Without them, all index entries are written again. Set by `withAccountEffects`. */
  from?: Identity['attributes']
  /** Saved in the same unit. Set by `withAccountEffects`. */
  effects?: AccountEffects
}

export const noFailures: Failures = { count: 0, lastAt: 0, lockedUntil: 0 }

/** After the maximum of consecutive wrong passwords, unknown browsers together get one attempt in this time. */
const slowMs = 86_400_000

/** Whether passwords from unknown browsers are currently refused. */
export function isLockedElsewhere({ count, lastAt }: Failures, policy: LockoutPolicy, now: number): boolean {
  // rule S12: otherwise an attacker with many addresses can try passwords without limit
  return count >= policy.maxFailuresInARow && now < lastAt + slowMs
}

/** The failures after one more wrong password from an unknown browser. */
export function withFailure(failures: Failures, policy: LockoutPolicy, now: number): Failures {
  const count = failures.count + 1
  const isFull = count >= policy.maxFailuresInARow
  return { count, lastAt: now, lockedUntil: isFull ? now + slowMs : failures.lockedUntil }
}
