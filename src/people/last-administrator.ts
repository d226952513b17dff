import { RequestError } from '../base/errors.ts'
import type { Identity } from './identity.ts'
import type { IdentityStore } from './identity-store.ts'

const pageSize = 500

/** Whether an identity administers the server. Administrators are in the root realm. */
export function isActiveAdministrator({
  realm,
  isActive,
  roles,
}: Omit<Identity, 'rev' | 'failures'>): boolean {
  return realm === '/' && isActive && roles.includes('admin')
}

/**
 * Protects the last active administrator, because access could not be restored without one.
 * @throws RequestError 409.
 */
export async function requireAnotherAdministrator(store: IdentityStore, id: string): Promise<void> {
  let last = ''
  for (;;) {
    const page = await store.page('/', last, pageSize)
    if (page.some((identity) => identity.id !== id && isActiveAdministrator(identity))) return
    if (page.length < pageSize)
      throw new RequestError(409, 'The last administrator cannot be removed or deactivated')
    last = page.at(-1)?.id ?? last
  }
}
