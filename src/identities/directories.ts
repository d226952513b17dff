import type { DirectoryPort } from '../nodes/outside-ports.ts'

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
