import type { PersistentCookiePort } from '../../nodes/ports/device-ports.ts'
import type { RunContext } from '../run-context.ts'

/** Reads the realm's persistent cookies. Ignores a cookie that is older than the last end of the person's sessions. */
export function persistentCookiePort({ world, step }: RunContext): PersistentCookiePort {
  const { path: realm } = step.request.realm
  return {
    async read(token, signingKey) {
      const remembered = await world.persistentCookies.read(token, { realm, signingKey }, step.now)
      if (remembered === undefined) return undefined
      const { sessionsEndedAt = 0 } = (await world.readIdentity(realm, remembered.personId)) ?? {}
      return remembered.issuedAt < sessionsEndedAt ? undefined : remembered
    },
  }
}
