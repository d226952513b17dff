import { RequestError } from '../errors.ts'
import type { Identity } from './identity.ts'
import type { IdentityStore } from './identity-store.ts'

const pageSize = 500

/** Whether somebody administers the server: only people of the root realm do. */
export function isActiveAdministrator({
  realm,
  isActive,
  roles,
}: Omit<Identity, 'rev' | 'failures'>): boolean {
  return realm === '/' && isActive && roles.includes('admin')
}

/**
 * Nobody could undo it: the last active administrator stays one.
 * @throws RequestError 409.
 */
export async function requireAnotherAdministrator(store: IdentityStore, id: string): Promise<void> {
  let last = ''
  for (;;) {
    const page = await store.page('/', last, pageSize)
    if (page.some((identity) => identity.id !== id && isActiveAdministrator(identity))) return
    if (page.length < pageSize) throw new RequestError(409, 'The last administrator must stay')
    last = page.at(-1)?.id ?? last
  }
}
