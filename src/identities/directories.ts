import type { DirectoryPort } from '../nodes/outside-ports.ts'
import type { Realm } from '../realms/realm.ts'
import type { DirectoryOf } from './people-directory.ts'

/** Directories that speak LDAP. The library is loaded with the first one that is asked. */
export const directories: DirectoryPort = {
  async check(directory, username, password) {
    const { checkInDirectory } = await import('./ldap/check.ts')
    return checkInDirectory(directory, username, password)
  },
  async changePassword(directory, username, change) {
    const { changeInDirectory } = await import('./ldap/check.ts')
    return changeInDirectory(directory, username, change)
  },
}

/** The directories that realms name in their settings. @param secretNamed by the label of a secret. */
export function realmDirectories(
  findRealm: (path: string) => Promise<Realm | undefined>,
  secretNamed: (label: string) => string | undefined,
): DirectoryOf {
  return async (path) => {
    const settings = (await findRealm(path))?.settings.directory
    if (settings === undefined || settings.servers.length === 0) return undefined
    const { ldapPeople } = await import('./ldap/people.ts')
    return ldapPeople(settings, secretNamed(settings.bindSecret) ?? '')
  }
}
