import type { PersistentCookiePort } from '../../nodes/device-ports.ts'
import type { RunContext } from './run-context.ts'

/** Reads the cookies that the nodes of this realm left. */
export function persistentCookiePort({ persistentCookies, realm, now }: RunContext): PersistentCookiePort {
  return {
    read: (token, signingKey) => persistentCookies.read(token, { realm: realm.path, signingKey }, now),
  }
}
