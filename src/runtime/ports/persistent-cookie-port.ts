import type { PersistentCookiePort } from '../../nodes/ports/device-ports.ts'
import type { RunContext } from './run-context.ts'

/** Reads the persistent cookies of this realm. A cookie from before the person's sessions were ended doesn't count. */
export function persistentCookiePort(run: RunContext): PersistentCookiePort {
  const { persistentCookies, realm, now } = run
  return {
    async read(token, signingKey) {
      const remembered = await persistentCookies.read(token, { realm: realm.path, signingKey }, now)
      if (remembered === undefined) return undefined
      const { sessionsEndedAt = 0 } = (await run.readIdentity(remembered.personId)) ?? {}
      return remembered.issuedAt < sessionsEndedAt ? undefined : remembered
    },
  }
}
