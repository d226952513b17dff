import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { AuditBook } from '../audit/audit-book.ts'
import { realmTrail } from '../audit/audit-trail.ts'
import { samlSessionProperty } from '../engine/system-properties.ts'
import { partyOf } from '../http/audit/call-audit.ts'
import type { SamlDependencies } from '../people/providers/saml/saml-sign-in.ts'
import type { Session } from '../sessions/session.ts'
import type { Sessions } from '../sessions/sessions.ts'

type Needs = { saml: SamlDependencies; sessions: Sessions; auditBook: AuditBook; log: Logger }

/** Single logout with SAML identity providers, in both directions. */
export function samlLogout({ saml, sessions, auditBook, log }: Needs) {
  return {
    /** The URL at which the provider of a session ends its own one. Our session has ended, whatever the provider does. */
    async logoutElsewhere(session: Session): Promise<string | undefined> {
      const { realm, properties } = session
      if (properties[samlSessionProperty] === undefined) return undefined
      const { logoutRequestUrl } = await import('../people/providers/saml/logout.ts')
      try {
        return await logoutRequestUrl(saml, realm, session)
      } catch (error) {
        const problem = error instanceof Error ? error.message : 'unknown'
        log.warn({ realm, problem }, 'the session of the SAML identity provider was not ended')
        return undefined
      }
    },
    sessionsWith: (realm: string, name: string, value: string) => sessions.withProperty(realm, name, value),
    /** Ends a session for its provider. */
    async endSession(session: Session): Promise<void> {
      if (!(await sessions.end(session, 'LOGOUT'))) return
      realmTrail(auditBook, log, { realm: session.realm, correlationId: randomUUID() }).record({
        eventName: 'AM-LOGOUT',
        result: 'SUCCESSFUL',
        userId: session.identityId,
        who: partyOf(session),
      })
    },
  }
}
