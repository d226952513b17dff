import { changeTimeOf, type DatedAttribute } from './change-times.ts'
import type { Identity } from './identity.ts'

/** What an administrator sees of somebody beside their attributes. */
export type Access = {
  kind: Identity['kind']
  isActive: boolean
  /** Whether wrong passwords lock them out right now. */
  isLocked: boolean
  /** ISO 8601; null when they are not locked out. */
  lockedUntil: string | null
  /** Wrong passwords in a row. */
  failedPasswords: number
  hasPassword: boolean
  mustChangePassword: boolean
  roles: string[]
  /** When these were last changed, ISO 8601; null for the first value of a new person. */
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
