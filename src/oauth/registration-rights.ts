import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import type { OauthSettings } from '../realms/oauth-settings.ts'
import { adminScopeNames, idleScopeNames } from './admin-scopes.ts'
import { backchannelScope, deviceGrantType, verificationScope } from './endpoints.ts'
import type { OauthClientStore } from './oauth-store.ts'

/** The settings of a realm that decide what registered applications can have. */
export type RegistrationSettings = Pick<OauthSettings, 'supportedScopes' | 'registration'>

/** The scopes that applications can register if the realm supports no others. */
const openIdScopes = ['openid', 'profile', 'email', 'phone', 'address', 'offline_access']

/** Scopes that only an administrator gives to a client. */
const privilegedScopes: ReadonlySet<string> = new Set([
  ...adminScopeNames,
  ...idleScopeNames,
  backchannelScope,
  // rule S54: otherwise an application uses results of the help desk
  verificationScope,
])

/** The names of scopes that applications of the realm can register. */
export function registrableScopes({ supportedScopes, registration }: RegistrationSettings): string[] {
  const own = supportedScopes.map(scopeName)
  const scopes = own.length === 0 ? openIdScopes : own
  // rule S54: otherwise an application registers scopes of the help desk
  return scopes.filter(
    (scope) => scope !== registration.scope && !privilegedScopes.has(scope) && !scope.startsWith('fr:'),
  )
}

export function registrableGrants({ registration }: RegistrationSettings): string[] {
  return [
    'authorization_code',
    'refresh_token',
    ...(registration.allowsClientCredentials ? ['client_credentials'] : []),
    ...(registration.allowsDevices ? [deviceGrantType] : []),
  ]
}

/** The name of a scope that may have a description: `profile|en|Your profile`. */
export function scopeName(line: string): string {
  return line.split('|')[0] ?? line
}

/**
 * Reads clients for code that uses them. Those that registered themselves have only what the realm lets applications register now,
 * whatever it did when they came.
 */
export function limitedRegistrations(
  store: Pick<OauthClientStore, 'read'>,
  settingsOf: (realm: string) => Promise<RegistrationSettings | undefined>,
): Pick<OauthClientStore, 'read'> {
  return {
    async read(realm, id) {
      const client = await store.read(realm, id)
      if (client?.registeredAt === undefined) return client
      const settings = await settingsOf(realm)
      return settings && { ...client, document: limited(client.document, settings) }
    },
  }
}

function limited(document: JsonObject, settings: RegistrationSettings): JsonObject {
  const { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: advanced } = document
  const scopes = registrableScopes(settings)
  const grants = registrableGrants(settings)
  return {
    ...document,
    coreOAuth2ClientConfig: {
      ...(isJsonObject(core) ? core : {}),
      // rule S54: otherwise a registered application keeps scopes that the realm took away
      scopes: textsOf(core, 'scopes').filter((line) => scopes.includes(scopeName(line))),
      defaultScopes: textsOf(core, 'defaultScopes').filter((line) => scopes.includes(scopeName(line))),
    },
    advancedOAuth2ClientConfig: {
      ...(isJsonObject(advanced) ? advanced : {}),
      // rule S54: otherwise a registered application keeps grant types that the realm took away
      grantTypes: textsOf(advanced, 'grantTypes').filter((type) => grants.includes(type)),
    },
  }
}

/** Registrations store plain lists. */
function textsOf(section: Json | undefined, member: string): string[] {
  const list = isJsonObject(section) ? section[member] : undefined
  return [list ?? []].flat().filter((one) => typeof one === 'string')
}
