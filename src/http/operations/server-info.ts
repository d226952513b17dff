import { readLiveness, readReadiness, readServerInfo } from '../../../contract/server.ts'
import { errorBody, notFound, OperationError, StorageError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { sessionCookie } from '../../engine/server-cookies.ts'
import { type Call, param, type Route } from '../route.ts'

/**
 * The announced AM version. The vendor's tools choose paths by it and know node types only for exact versions, so a newer
 * version would break them.
 */
export const announcedVersion = '8.0.0'

type ServerInfoDependencies = {
  /** Rejects while the server can't work, for example without its database. */
  probe(): Promise<void>
  /** Whether the server is shutting down, so that load balancers should use other servers. */
  readiness: { readonly isDraining: boolean }
}

/** Server information for clients without a session, and health checks. Source: "serverinfo" of the REST reference. */
export function serverInfoRoutes({ probe, readiness }: ServerInfoDependencies): Route[] {
  const access = 'everyone'
  const side = 'both'
  return [
    {
      ...readServerInfo,
      access,
      side,
      summary: 'Describes the server: `*` with the name of the session cookie, `version`, `cookieDomains`.',
      handle(call) {
        const id = param(call, 'id')
        if (id === '*') return { body: serverInfo(call) }
        if (id === 'version') return { body: version }
        if (id === 'cookieDomains') return { body: { domains: [null] } }
        throw notFound()
      },
    },
    {
      ...readLiveness,
      access,
      side,
      isHealth: true,
      summary: 'Answers while the process serves requests.',
      handle: () => ({ body: { status: 'UP' } }),
    },
    {
      ...readReadiness,
      access,
      side,
      isHealth: true,
      summary: 'Answers 200 when the server can do its work, 503 otherwise.',
      async handle() {
        if (readiness.isDraining) return shuttingDown
        await probe().catch((cause: unknown) => {
          throw cause instanceof StorageError ? cause : new OperationError('not ready', { cause })
        })
        return { body: { status: 'UP' } }
      },
    },
  ]
}

/** Returned instead of thrown, because a shutdown is not an error to log. */
const shuttingDown = { status: 503, body: errorBody(503, 'The server is shutting down') }

const version = {
  _id: 'version',
  _rev: '1',
  version: announcedVersion,
  fullVersion: `Sidegate, compatible with Access Management ${announcedVersion}`,
  revision: 'sidegate',
  date: '2026-January-01 00:00',
}

/** Some booleans are strings, as in AM. */
function serverInfo({ realm, baseUrl }: Call): JsonObject {
  return {
    _id: '*',
    _rev: '1',
    domains: [null],
    protectedUserAttributes: ['telephoneNumber', 'mail'],
    cookieName: sessionCookie,
    secureCookie: baseUrl.startsWith('https:'),
    forgotPassword: 'false',
    forgotUsername: 'false',
    kbaEnabled: 'false',
    selfRegistration: 'false',
    lang: 'en-US',
    successfulUserRegistrationDestination: 'default',
    socialImplementations: [],
    referralsEnabled: 'false',
    zeroPageLogin: { enabled: true, refererWhitelist: [], allowedWithoutReferer: true },
    realm: realm.path,
    xuiUserSessionValidationEnabled: true,
    fileBasedConfiguration: false,
    userIdAttributes: [],
  }
}
