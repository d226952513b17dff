import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { nothingChosen } from '../base/nothing-chosen.ts'
import type { oauthClientSchema } from './client-document.ts'
import { clientKeysOf, isKeyAddress } from './client-keys.ts'
import { type ClientMember, clientMembers, membersOf, servedGrants } from './client-members.ts'
import { faultOfPlugins } from './client-scripts.ts'
import { faultUnderFapi } from './fapi-rights.ts'
import { faultOfResponseTypes, isSafeForTokens, unservedResponseTypes } from './response-types.ts'
import { faultOfSubjects } from './subjects.ts'

type ClientDocument = z.infer<typeof oauthClientSchema>

/** What a setting of a client does not do, or why it can't be configured. */
export type ClientFinding = { path: string; message: string }

/**
 * Settings that can't be configured, because they promise what isn't done here: the client would never work, or less safely than
 * its administrator believes. Stored clients are not checked again.
 * @param sent the document before it was parsed
 */
export function refusedSettings(document: ClientDocument, sent: JsonObject): ClientFinding[] {
  const { advancedOAuth2ClientConfig: advanced, signEncOAuth2ClientConfig: keys } = document
  const isConfidential = document.coreOAuth2ClientConfig.clientType === 'Confidential'
  const needsKeys = isConfidential && advanced.tokenEndpointAuthMethod === 'private_key_jwt'
  const logout = document.coreOpenIDClientConfig.backchannel_logout_uri
  const found: [path: string, message: string | undefined][] = [
    ...setMembers(sent).map(([path, member, value]): [string, string | undefined] => [
      path,
      // rule S45: otherwise a client is configured with a promise that is not kept, such as a way to authenticate
      faultOfMember(member, value),
    ]),
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
  return found.flatMap(([path, message]) => (message === undefined ? [] : [{ path, message }]))
}

/** Settings that are kept in the client's document and have no effect: what an importer reports. */
export function keptSettings(document: ClientDocument, sent: JsonObject): ClientFinding[] {
  const { grantTypes, responseTypes = [] } = document.advancedOAuth2ClientConfig
  const grants = grantTypes.filter((type) => !servedGrants.some((served) => served === type))
  return [
    ...kept('grantTypes', grants),
    ...kept('responseTypes', unservedResponseTypes(responseTypes)),
    ...unsafeForTokens(document),
    ...setMembers(sent).flatMap(([path, member]) =>
      member.state === 'kept' ? [{ path, message: `kept without effect: ${member.why}` }] : [],
    ),
  ]
}

/** What an importer and the header of a write report about a client whose codes have no proof of their own, as in AM. */
export function missingPkce(document: ClientDocument): ClientFinding[] {
  const { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: advanced } = document
  const hasCodes = advanced.grantTypes.includes('authorization_code')
  if (core.clientType === 'Public' || !hasCodes || advanced.requirePkce) return []
  const message = 'is not true: the client gets codes without PKCE, unless the realm requires it'
  return [{ path: 'advancedOAuth2ClientConfig.requirePkce', message }]
}

/** Members whose values are neither empty nor those of a new client. Overrides count only while they are enabled. */
function setMembers(sent: JsonObject): [path: string, member: ClientMember, value: Json][] {
  const overrides = sent.overrideOAuth2ClientConfig
  const isOverriding = isJsonObject(overrides) && plain(overrides.providerOverridesEnabled) === true
  return Object.keys(clientMembers)
    .filter((section) => section !== 'overrideOAuth2ClientConfig' || isOverriding)
    .flatMap((section) => {
      const given = sent[section]
      if (!isJsonObject(given)) return []
      return Object.entries(given).flatMap(([name, one]): [string, ClientMember, Json][] => {
        const member = Object.hasOwn(membersOf(section), name) ? membersOf(section)[name] : undefined
        const value = plain(one)
        if (member === undefined || isEmpty(value) || isDeepStrictEqual(value, member.start)) return []
        return [[`${section}.${name}`, member, value]]
      })
    })
}

function plain(value: Json | undefined): Json {
  return (isJsonObject(value) && 'inherited' in value ? value.value : value) ?? null
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || value === nothingChosen || isDeepStrictEqual(value, [])
}

function faultOfMember({ state, start, choices, why }: ClientMember, value: Json): string | undefined {
  if (state === 'refused') return `${why}; set it to ${JSON.stringify(start)}`
  if (state !== 'done' || choices === undefined || why === undefined) return undefined
  if (choices.some((choice) => choice === value)) return undefined
  const named = JSON.stringify(value).replaceAll('"', "'")
  return `${named} is not served${why === 'is not served' ? '' : `: ${why}`}; use one of ${choices.join(', ')}`
}

function unsafeForTokens({
  coreOAuth2ClientConfig,
  advancedOAuth2ClientConfig,
}: ClientDocument): ClientFinding[] {
  const { grantTypes, responseTypes = [] } = advancedOAuth2ClientConfig
  const unsafe = (coreOAuth2ClientConfig.redirectionUris ?? []).find((uri) => !isSafeForTokens(uri))
  if (unsafe === undefined || !grantTypes.includes('implicit') || !responseTypes.includes('id_token'))
    return []
  const message = `id_token is not served: the redirection URI ${unsafe} is not https, or is localhost`
  return [{ path: 'advancedOAuth2ClientConfig.responseTypes', message }]
}

function kept(name: string, values: readonly string[]): ClientFinding[] {
  if (values.length === 0) return []
  const message = `kept without effect: ${values.join(', ')}`
  return [{ path: `advancedOAuth2ClientConfig.${name}`, message }]
}
