import type { Identity } from '../identity.ts'

/** The link of somebody who is on in the directory, or of whom it does not say; and of those who are off or gone. */
const on = 'ldap:'
const off = 'ldap-off:'

/** What stands in the place of a password hash for somebody whom a directory has. */
export function linkTo(dn: string, isOn: boolean): string {
  return `${isOn ? on : off}${dn}`
}

/** The distinguished name of somebody whom a directory has; undefined for everybody else. */
export function linkedTo({ passwordHash = '' }: Pick<Identity, 'passwordHash'>): string | undefined {
  const prefix = [on, off].find((each) => passwordHash.startsWith(each))
  return prefix && passwordHash.slice(prefix.length)
}

/** Whether it was the directory that switched somebody off. */
export function isOffInDirectory({ passwordHash }: Pick<Identity, 'passwordHash'>): boolean {
  return passwordHash?.startsWith(off) === true
}
