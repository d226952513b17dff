import { isChanged } from '../change-times.ts'
import { linkedTo } from '../directories/directory-link.ts'
import type { Identity, IdentityChange } from '../identity.ts'

/** Parts of an account whose change ends the person's other sessions. */
export const accountParts = ['password', 'factor', 'mail', 'telephoneNumber'] as const

export type AccountPart = (typeof accountParts)[number]

/** A registered second factor or bound device, without its secrets. */
export type Factor = { kind: string; uuid: string; recoveryCodes: readonly string[] }

type Account = Pick<Identity, 'attributes' | 'passwordHash'>

/**
 * The parts of an account that a change affects and that an attacker would change to take the account over.
 * @param factorsOf reads the registered factors from the attributes.
 */
export function changedParts(
  before: Account,
  { to, hasNewDirectoryPassword = false }: Pick<IdentityChange, 'to' | 'hasNewDirectoryPassword'>,
  factorsOf: (attributes: Account['attributes']) => readonly Factor[],
): AccountPart[] {
  const isPart: Record<AccountPart, boolean> = {
    // rule S13: otherwise sessions survive a new password
    password: hasNewDirectoryPassword || hasOtherPassword(before, to),
    factor: hasOtherFactors(factorsOf(before.attributes), factorsOf(to.attributes)),
    // rule S13: otherwise sessions survive a changed email address
    mail: isChanged('mail', before.attributes, to.attributes),
    // rule S13: otherwise sessions survive a changed telephone number
    telephoneNumber: isChanged('telephoneNumber', before.attributes, to.attributes),
  }
  return accountParts.filter((part) => isPart[part])
}

/** Ignores a change of the directory link: it also changes when the entry is renamed or deactivated. */
function hasOtherPassword(before: Account, after: Account): boolean {
  const isLinked = linkedTo(before) !== undefined && linkedTo(after) !== undefined
  return !isLinked && before.passwordHash !== after.passwordHash
}

/**
 * Detects added and removed devices and new recovery codes. Moved counters and used codes don't count: every sign-in has those.
 */
function hasOtherFactors(before: readonly Factor[], after: readonly Factor[]): boolean {
  const known = new Map(before.map((factor) => [nameOf(factor), factor]))
  // rule S13: otherwise sessions survive a removed second factor
  if (known.size !== new Set(after.map(nameOf)).size) return true
  return after.some((factor) => {
    const existing = known.get(nameOf(factor))
    // rule S13: otherwise sessions survive a new second factor
    return (
      existing === undefined || factor.recoveryCodes.some((code) => !existing.recoveryCodes.includes(code))
    )
  })
}

function nameOf({ kind, uuid }: Factor): string {
  return `${kind} ${uuid}`
}
