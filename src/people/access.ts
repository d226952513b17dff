import { changeTimeOf, type DatedAttribute } from './change-times.ts'
import type { Identity } from './identity.ts'

/** The account state of an identity as administrators see it, beside the attributes. */
export type Access = {
  kind: Identity['kind']
  isActive: boolean
  /** Locked out at the moment by wrong passwords. */
  isLocked: boolean
  /** ISO 8601; null when not locked out. */
  lockedUntil: string | null
  /** Wrong passwords in a row. */
  failedPasswords: number
  hasPassword: boolean
  mustChangePassword: boolean
  roles: string[]
  /** Time of the last change, ISO 8601; null if the attribute still has its first value. */
  changedAt: Record<DatedAttribute, string | null>
}

/** @param now epoch milliseconds. */
export function accessOf(identity: Identity, now: number): Access {
  const { kind, isActive, failures, passwordHash, mustChangePassword, roles } = identity
  const isLocked = failures.lockedUntil > now
  return {
    kind,
    isActive,
    isLocked,
    lockedUntil: isLocked ? new Date(failures.lockedUntil).toISOString() : null,
    failedPasswords: failures.count,
    hasPassword: passwordHash !== undefined,
    mustChangePassword,
    roles: [...roles],
    changedAt: {
      mail: timeOf(identity, 'mail'),
      telephoneNumber: timeOf(identity, 'telephoneNumber'),
      manager: timeOf(identity, 'manager'),
    },
  }
}

function timeOf(identity: Identity, attribute: DatedAttribute): string | null {
  const changedAt = changeTimeOf(identity, attribute)
  return changedAt === undefined ? null : new Date(changedAt).toISOString()
}
