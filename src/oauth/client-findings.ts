import type { z } from 'zod'
import { isJsonObject, type JsonObject } from '../base/json.ts'
import { keptIn, type MemberFinding, refusedIn, settingOf } from '../base/members.ts'
import type { oauthClientSchema } from './client-document.ts'
import { clientKeysOf, isKeyAddress } from './client-keys.ts'
import { clientMembers, servedGrants } from './client-members.ts'
import { faultOfPlugins } from './client-scripts.ts'
import { faultUnderFapi } from './fapi-rights.ts'
import { faultOfResponseTypes, isSafeForTokens, unservedResponseTypes } from './response-types.ts'
import { faultOfSubjects } from './subjects.ts'

type ClientDocument = z.infer<typeof oauthClientSchema>

/**
 * Settings that can't be configured, because they promise what isn't done here: the client would never work, or less safely than
 * its administrator believes. Stored clients are not checked again.
 * @param sent the document before it was parsed
 */
export function refusedSettings(document: ClientDocument, sent: JsonObject): MemberFinding[] {
  const { advancedOAuth2ClientConfig: advanced, signEncOAuth2ClientConfig: keys } = document
  const isConfidential = document.coreOAuth2ClientConfig.clientType === 'Confidential'
  const needsKeys = isConfidential && advanced.tokenEndpointAuthMethod === 'private_key_jwt'
  const logout = document.coreOpenIDClientConfig.backchannel_logout_uri
  const found: [path: string, message: string | undefined][] = [
    ['advancedOAuth2ClientConfig.responseTypes', faultOfResponseTypes(advanced)],
    [
      'signEncOAuth2ClientConfig.publicKeyLocation',
      needsKeys && clientKeysOf(keys) === undefined
        ? 'private_key_jwt needs jwks with jwkSet, or jwks_uri with jwksUri'
        : undefined,
    ],
    [
      'coreOpenIDClientConfig.backchannel_logout_uri',
      logout && !isKeyAddress(logout) ? 'must be an https URL' : undefined,
    ],
    ['advancedOAuth2ClientConfig.fapi2', advanced.fapi2 ? faultUnderFapi(document) : undefined],
    ['advancedOAuth2ClientConfig.sectorIdentifierUri', faultOfSubjects(document)],
    ['overrideOAuth2ClientConfig', faultOfPlugins(document.overrideOAuth2ClientConfig)],
  ]
  return [
    // rule S45: otherwise a client is configured with a promise that is not kept, such as a way to authenticate
    ...refusedIn(clientMembers, active(sent)),
    ...found.flatMap(([path, message]) => (message === undefined ? [] : [{ path, message }])),
  ]
}

/** Settings that are kept in the client's document and have no effect: what an importer reports. */
export function keptSettings(document: ClientDocument, sent: JsonObject): MemberFinding[] {
  const { grantTypes, responseTypes = [] } = document.advancedOAuth2ClientConfig
  const grants = grantTypes.filter((type) => !servedGrants.some((served) => served === type))
  return [
    ...unservedValues('grantTypes', grants),
    ...unservedValues('responseTypes', unservedResponseTypes(responseTypes)),
    ...unsafeForTokens(document),
    ...keptIn(clientMembers, active(sent)),
  ]
}

/** What an importer and the header of a write report about a client whose codes have no proof of their own, as in AM. */
export function missingPkce(document: ClientDocument): MemberFinding[] {
  const { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: advanced } = document
  const hasCodes = advanced.grantTypes.includes('authorization_code')
  if (core.clientType === 'Public' || !hasCodes || advanced.requirePkce) return []
  const message = 'is not true: the client gets codes without PKCE, unless the realm requires it'
  return [{ path: 'advancedOAuth2ClientConfig.requirePkce', message }]
}

/** Overrides count only while they are enabled. */
function active(sent: JsonObject): JsonObject {
  const { overrideOAuth2ClientConfig: overrides, ...others } = sent
  const isOverriding = isJsonObject(overrides) && settingOf(overrides.providerOverridesEnabled) === true
  return isOverriding ? sent : others
}

function unsafeForTokens({
  coreOAuth2ClientConfig,
  advancedOAuth2ClientConfig,
}: ClientDocument): MemberFinding[] {
  const { grantTypes, responseTypes = [] } = advancedOAuth2ClientConfig
  const unsafe = (coreOAuth2ClientConfig.redirectionUris ?? []).find((uri) => !isSafeForTokens(uri))
  if (unsafe === undefined || !grantTypes.includes('implicit') || !responseTypes.includes('id_token'))
    return []
  const message = `id_token is not served: the redirection URI ${unsafe} is not https, or is localhost`
  return [{ path: 'advancedOAuth2ClientConfig.responseTypes', message }]
}

function unservedValues(name: string, values: readonly string[]): MemberFinding[] {
  if (values.length === 0) return []
  const message = `kept without effect: ${values.join(', ')}`
  return [{ path: `advancedOAuth2ClientConfig.${name}`, message }]
}
