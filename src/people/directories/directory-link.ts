import type { Identity } from '../identity.ts'

/** Prefixes of a link: `on` for an active entry, or one without a known state; `off` for an inactive or deleted entry. */
const on = 'ldap:'
const off = 'ldap-off:'

/** A link to a directory entry, stored instead of a password hash. */
export function linkTo(dn: string, isOn: boolean): string {
  return `${isOn ? on : off}${dn}`
}

/** The distinguished name of a linked identity; undefined for others. */
export function linkedTo({ passwordHash = '' }: Pick<Identity, 'passwordHash'>): string | undefined {
  const prefix = [on, off].find((each) => passwordHash.startsWith(each))
  return prefix && passwordHash.slice(prefix.length)
}

/** Whether the directory, not the realm, deactivated the identity. */
export function isOffInDirectory({ passwordHash }: Pick<Identity, 'passwordHash'>): boolean {
  return passwordHash?.startsWith(off) === true
}
