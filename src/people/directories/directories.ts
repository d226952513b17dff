import type { Awaitable } from '../../base/work.ts'
import type { DirectoryPort } from '../../nodes/ports/outside-ports.ts'
import type { Fence } from '../../outgoing/fenced-socket.ts'
import type { Realm } from '../../realms/realm.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { isDirectoryLabelOf, namesOtherRealm } from '../../secrets/directory-labels.ts'
import type { DirectoryOf } from './people-directory.ts'

/**
 * The fence of LDAP connections.
 * @param allowed hosts with private addresses that connections may use.
 * @param reachesPublicHosts whether connections may use public addresses, too.
 */
export function ldapFence(allowed: readonly string[], reachesPublicHosts = true): Fence {
  return { allowed, setting: 'SIDEGATE_LDAP_ALLOW', reachesPublicHosts }
}

/** Checks and changes passwords over LDAP. The library is loaded on first use. */
export function directories(fence: Fence): DirectoryPort {
  return {
    async check(directory, username, password) {
      const { checkInDirectory } = await import('./ldap/check.ts')
      return checkInDirectory(fence)(directory, username, password)
    },
    async changePassword(directory, username, change) {
      const { changeInDirectory } = await import('./ldap/check.ts')
      return changeInDirectory(fence)(directory, username, change)
    },
    async holdsCertificate(search, certificate) {
      const { certificateInDirectory } = await import('./ldap/certificates.ts')
      return certificateInDirectory(fence)(search, certificate)
    },
  }
}

type RealmDirectoryParts = {
  realms: Pick<RealmStore, 'all'> & { find(path: string): Awaitable<Realm | undefined> }
  /** Reads a secret of a realm by its label. */
  secretIn(realm: string, label: string): string | undefined
  fence: Fence
}

/** The directories in the realms' settings. */
export function realmDirectories({ realms, secretIn, fence }: RealmDirectoryParts): DirectoryOf {
  const bindPassword = async (path: string, label: string) => {
    if (label === '') return ''
    if (isDirectoryLabelOf(path, label)) return secretIn(path, label) ?? ''
    const paths = (await realms.all()).map((realm) => realm.path)
    // rule S06: otherwise a stored label of another realm is still read
    return namesOtherRealm(path, label, paths) ? '' : (secretIn(path, label) ?? '')
  }
  return async (path) => {
    const realm = await realms.find(path)
    const settings = realm?.settings.directory
    if (realm === undefined || settings === undefined || settings.servers.length === 0) return undefined
    const { ldapPeople } = await import('./ldap/people.ts')
    return ldapPeople(settings, await bindPassword(realm.path, settings.bindSecret), fence)
  }
}
