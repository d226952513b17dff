import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { isJsonObject } from '../base/json.ts'
import type { oauthClientSchema } from './client-document.ts'
import { clientKeysOf, userinfoAlgorithmOf } from './client-keys.ts'
import {
  type ClientMember,
  choosesNothing,
  clientMembers,
  plainValue,
  servedGrants,
} from './client-members.ts'
import { faultOfPlugins } from './client-scripts.ts'
import { idTokenAlgorithms } from './endpoints.ts'
import { faultOfResponseTypes, isSafeForTokens, unservedResponseTypes } from './response-types.ts'

type ClientDocument = z.infer<typeof oauthClientSchema>

export type RefusedSetting = { path: string; message: string }

/**
 * Settings that can't be configured, because they promise what isn't done here: the client would never work, or less safely than
 * its administrator believes. Stored clients are not checked again.
 */
export function refusedSettings(document: ClientDocument): RefusedSetting[] {
  const { advancedOAuth2ClientConfig: advanced, signEncOAuth2ClientConfig: keys } = document
  const method = advanced.tokenEndpointAuthMethod
  const isConfidential = document.coreOAuth2ClientConfig.clientType === 'Confidential'
  const found: [path: string, message: string | undefined][] = [
    // rule S45: otherwise a client is configured with a way to authenticate that is not served
    ...membersIn('refused', document).map(({ path, value, values = [] }): [string, string | undefined] => [
      path,
      values.includes(String(value).toLowerCase()) || values.includes(String(value))
        ? undefined
        : `'${String(value)}' is not served; use ${values.length === 1 ? '' : 'one of '}${values.join(', ')}`,
    ]),
    ['advancedOAuth2ClientConfig.responseTypes', faultOfResponseTypes(advanced)],
    [
      'signEncOAuth2ClientConfig.publicKeyLocation',
      isConfidential && method === 'private_key_jwt' && clientKeysOf(keys) === undefined
        ? 'private_key_jwt needs jwks with jwkSet, or jwks_uri with jwksUri'
        : undefined,
    ],
    ['overrideOAuth2ClientConfig', faultOfPlugins(document.overrideOAuth2ClientConfig)],
    [
      'signEncOAuth2ClientConfig.userinfoSignedResponseAlg',
      userinfoAlgorithmOf(keys) === 'unknown' ? `use one of ${idTokenAlgorithms.join(', ')}` : undefined,
    ],
  ]
  return found.flatMap(([path, message]) => (message === undefined ? [] : [{ path, message }]))
}

/** The members of a document that have a state here and choose something. Some count only with another member. */
function membersIn(state: ClientMember['state'], document: ClientDocument) {
  return Object.entries(clientMembers).flatMap(([section, members]) => {
    const given = document[section]
    const isOff =
      section === 'overrideOAuth2ClientConfig' &&
      !document.overrideOAuth2ClientConfig.providerOverridesEnabled
    if (isOff || !isJsonObject(given)) return []
    return Object.entries(members)
      .map(([name, member]) => ({ ...member, path: `${section}.${name}`, value: plainValue(given[name]) }))
      .filter((member) => member.state === state && !choosesNothing(member.value))
  })
}

/** Settings that are kept in the client's document and have no effect: what an importer reports. */
export function keptSettings(document: ClientDocument): RefusedSetting[] {
  const { grantTypes, responseTypes = [] } = document.advancedOAuth2ClientConfig
  const grants = grantTypes.filter((type) => !servedGrants.some((served) => served === type))
  return [
    ...kept('grantTypes', grants),
    ...kept('responseTypes', unservedResponseTypes(responseTypes)),
    ...membersIn('kept', document)
      .filter(({ value, preset }) => !isDeepStrictEqual(value, preset))
      .map(({ path }) => ({ path, message: 'kept without effect' })),
    ...unsafeForTokens(document),
  ]
}

/** What an importer and the header of a write report about a client whose codes have no proof of their own, as in AM. */
export function missingPkce(document: ClientDocument): RefusedSetting[] {
  const { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: advanced } = document
  const hasCodes = advanced.grantTypes.includes('authorization_code')
  if (core.clientType === 'Public' || !hasCodes || advanced.requirePkce) return []
  const message = 'is not true: the client gets codes without PKCE, unless the realm requires it'
  return [{ path: 'advancedOAuth2ClientConfig.requirePkce', message }]
}

function unsafeForTokens({
  coreOAuth2ClientConfig,
  advancedOAuth2ClientConfig,
}: ClientDocument): RefusedSetting[] {
  const { grantTypes, responseTypes = [] } = advancedOAuth2ClientConfig
  const unsafe = (coreOAuth2ClientConfig.redirectionUris ?? []).find((uri) => !isSafeForTokens(uri))
  if (unsafe === undefined || !grantTypes.includes('implicit') || !responseTypes.includes('id_token'))
    return []
  const message = `id_token is not served: the redirection URI ${unsafe} is not https, or is localhost`
  return [{ path: 'advancedOAuth2ClientConfig.responseTypes', message }]
}

function kept(name: string, values: readonly string[]): RefusedSetting[] {
  if (values.length === 0) return []
  const message = `kept without effect: ${values.join(', ')}`
  return [{ path: `advancedOAuth2ClientConfig.${name}`, message }]
}
