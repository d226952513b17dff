import { z } from 'zod'
import { isJsonObject, type Json } from '../../base/json.ts'
import { type Action, fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { flagSetting, secretSetting, setting, textSetting } from '../define-node.ts'
import { attributeOf } from '../identity-management/object-attributes.ts'
import type { SocialProfile } from '../ports/outside-ports.ts'
import type { Person, Ports } from '../ports/ports.ts'
import { userInfo } from './federation-link.ts'
import { firstOf, problemOf } from './social-answer.ts'

/** The defaults in which the legacy social nodes differ. */
type Defaults = {
  provider: string
  authorizeEndpoint: string
  tokenEndpoint: string
  userInfoEndpoint: string
  scopeString: string
  authenticationIdKey: string
  attributes: Readonly<Record<string, string>>
  mapperClass?: string
  /** The settings with the address of a document that can name the token endpoint. */
  discovery?: readonly string[]
}

const mapping = 'org.forgerock.openam.authentication.modules.common.mapping'
const jsonMapper = `${mapping}.JsonAttributeMapper`
/** The vendor's mapper of claims of an ID token. */
export const openIdMapper = 'org.forgerock.openam.authentication.modules.oidc.JwtAttributeMapper'
const accountProvider = `${mapping}.DefaultAccountProvider`
const aliases = 'iplanet-am-user-alias-list'
const emailAddress = 'emailAddress'
const pendingKey = (id: string) => `${id}.pending`

const textsByText = z.record(z.string(), z.string())

/** The settings of a node for one provider. */
export function legacySocialSettings(defaults: Defaults) {
  return z.object({ ...providerSettings(defaults), ...accountSettings(defaults) })
}

function endpointSettings(
  defaults: Pick<Defaults, 'authorizeEndpoint' | 'tokenEndpoint' | 'userInfoEndpoint'>,
) {
  return {
    authorizeEndpoint: textSetting(
      'Authentication Endpoint URL',
      'URL to which the browser is redirected.',
      defaults.authorizeEndpoint,
    ),
    tokenEndpoint: textSetting(
      'Access Token Endpoint URL',
      'URL that exchanges codes for tokens.',
      defaults.tokenEndpoint,
    ),
    userInfoEndpoint: textSetting(
      'User Profile Service URL',
      'URL of the provider’s user profile service.',
      defaults.userInfoEndpoint,
    ),
  }
}

function providerSettings({ provider, authenticationIdKey, discovery = [], ...defaults }: Defaults) {
  return {
    clientId: setting('Client ID', 'The server’s client ID at the provider.', z.string()),
    clientSecret: secretSetting(
      'Client Secret',
      'The server’s secret at the provider.',
      z.string().nullish(),
      ['tokenEndpoint', 'clientId', ...discovery],
      () => true,
    ),
    ...endpointSettings(defaults),
    scopeString: textSetting('OAuth Scope', 'Scopes to request.', defaults.scopeString),
    redirectURI: textSetting(
      'Redirect URL',
      'URL to which the provider redirects the browser.',
      'http://am:80/am',
    ),
    provider: textSetting('Social Provider', 'Name of the provider.', provider),
    authenticationIdKey: textSetting(
      'Auth ID Key',
      'Member of the profile that identifies the person and never changes.',
      authenticationIdKey,
    ),
    basicAuth: flagSetting(
      'Use Basic Auth',
      'Sends the client secret in the `Authorization` header instead of the form.',
      true,
    ),
    cfgMixUpMitigation: flagSetting(
      'OAuth 2.0 Mix-Up Mitigation Enabled',
      'Requires the provider’s redirect to name its issuer and this client.',
    ),
    issuer: setting(
      'Token Issuer',
      'Issuer that the provider must then name.',
      z.string().nullable().default(''),
    ),
  }
}

/** The setting without its default, for nodes that require a value. */
export function withoutDefault(field: z.ZodDefault<z.ZodString>): z.ZodString {
  return field.unwrap().meta(field.meta() ?? {})
}

function accountSettings({ provider, authenticationIdKey, attributes, mapperClass = jsonMapper }: Defaults) {
  const mapper = (scope: string) => `${mapperClass}|${scope}|${provider}-`
  return {
    cfgAccountProviderClass: textSetting(
      'Account Provider',
      'The vendor’s class. The node fails with any other class.',
      accountProvider,
    ),
    cfgAccountMapperClass: textSetting(
      'Account Mapper',
      'The vendor’s class, then the attributes to prefix and the prefix, separated by `|`.',
      mapper('*'),
    ),
    cfgAttributeMappingClasses: setting(
      'Attribute Mapper',
      'The vendor’s class, then the attributes to prefix and the prefix, separated by `|`. Only the first entry is used.',
      z.array(z.string()).default([mapper(aliases)]),
    ),
    cfgAccountMapperConfiguration: setting(
      'Account Mapper Configuration',
      'How to find an account: AM attribute by member of the profile.',
      textsByText.default({ [authenticationIdKey]: aliases }),
    ),
    cfgAttributeMappingConfiguration: setting(
      'Attribute Mapper Configuration',
      'What to store in state: AM attribute by member of the profile.',
      textsByText.default({ ...attributes }),
    ),
    saveUserAttributesToSession: flagSetting(
      'Save Attributes in the Session',
      'Sets the attributes as session properties.',
      true,
    ),
  }
}

type Config = z.infer<ReturnType<typeof legacySocialSettings>> & {
  openIdValidationMethod?: 'WELL_KNOWN_URL' | 'CLIENT_SECRET' | 'JWK_URL'
  openIdValidationValue?: string
}
type Context = NodeContext<Config> & Pick<Ports, 'identities' | 'socialClients'>
type Found = 'ACCOUNT_EXISTS' | 'NO_ACCOUNT'

const failed = 'the sign-in with an identity provider failed'
const unusable = 'Failed to retrieve social profile data'
const refused = 'The identity provider did not sign the person in'
const several = 'More than one account belongs to the social identity'

/** All but the names and settings of these node types. Source: "Social Google node", "Social Facebook node". */
export const legacySocial = {
  version: '1.0',
  tags: ['social', 'federation'],
  outcomes: { all: { ACCOUNT_EXISTS: 'Account exists', NO_ACCOUNT: 'No account exists' } },
  reads: (_config: Config, id: string) => [pendingKey(id)],
  writes: () => ['username', userInfo, emailAddress],
  callbacks: { RedirectCallback: 'Redirects the browser to the provider.' },
  errors: {
    warn: { [failed]: 'The provider’s response is invalid. The log line says why.' },
    fail: {
      [unusable]: 'The provider’s response is invalid.',
      [refused]: 'The person cancelled at the provider, or was rejected.',
      [several]: 'Several people have the same value.',
      '‹class› is not available':
        'A setting names a class other than the vendor’s, or a validation that is not supported.',
    },
  },
  proves: { ACCOUNT_EXISTS: 'fed' },
  needs: ['identities', 'socialClients'],
  reference: {
    inputs: 'the query parameters of the provider’s redirect',
    outputs: 'the identified person, and session properties if enabled',
    outcomes: {
      ACCOUNT_EXISTS: 'An account matches the profile.',
      NO_ACCOUNT: 'No account matches the profile.',
    },
  },
  run: signIn,
} as const

async function signIn(context: Context): Promise<Action<Found>> {
  const { id, config, state, request, socialClients, log } = context
  const foreign = foreignClass(config)
  if (foreign !== undefined) return fail(`${foreign} is not available`)
  const provider = socialClients.described(settingsFor(config))
  const pending = state.get(pendingKey(id))
  try {
    if (!isJsonObject(pending)) {
      const start = await provider.begin()
      state.putTransient(pendingKey(id), start.pending)
      const output = { redirectUrl: start.url, redirectMethod: 'GET', trackingCookie: true }
      return send([callback('RedirectCallback', output)])
    }
    state.remove(pendingKey(id))
    const parameters = firstOf(request.parameters, ['code', 'state', 'iss', 'client_id'])
    if (parameters.code === undefined) return fail(refused)
    const { client_id: client, ...answer } = parameters
    const isMixedUp = answer.iss !== (config.issuer ?? '') || client !== config.clientId
    if (config.cfgMixUpMitigation && isMixedUp) throw new Error('another provider or client is in the answer')
    return await recognise(context, await provider.finish(pending, answer))
  } catch (error) {
    log.warn(failed, problemOf(error))
    return fail(unusable)
  }
}

/** The first class name that isn't the vendor's own, or validation of ID tokens that can't run here. */
function foreignClass(config: Config): string | undefined {
  if (config.openIdValidationMethod === 'CLIENT_SECRET') return 'Validation with CLIENT_SECRET'
  if (config.cfgAccountProviderClass !== accountProvider) return config.cfgAccountProviderClass
  const mappers = [config.cfgAccountMapperClass, ...config.cfgAttributeMappingClasses]
  return mappers
    .map((mapper) => mapper.split('|')[0] ?? '')
    .find((name) => name !== jsonMapper && name !== openIdMapper)
}

function settingsFor(config: Config) {
  return {
    clientId: config.clientId,
    clientSecret: config.clientSecret ?? null,
    clientAuthenticationMethod: config.basicAuth ? 'CLIENT_SECRET_BASIC' : 'CLIENT_SECRET_POST',
    ...openIdSettings(config),
    redirectURI: config.redirectURI,
    authorizationEndpoint: config.authorizeEndpoint,
    tokenEndpoint: config.tokenEndpoint,
    userInfoEndpoint: config.userInfoEndpoint,
    authenticationIdKey: config.authenticationIdKey,
    issuer: config.issuer ?? '',
  }
}

/** Only these providers must send an ID token, signed with their keys. */
function openIdSettings({
  scopeString,
  openIdValidationMethod: method,
  openIdValidationValue: url = '',
}: Config) {
  if (method === undefined) return { scopes: [scopeString], readsIdTokens: false }
  const scopes = [...new Set(['openid', ...scopeString.split(' ').filter((scope) => scope !== '')])]
  return { scopes, ...(method === 'JWK_URL' ? { jwksUriEndpoint: url } : { wellKnownEndpoint: url }) }
}

async function recognise(context: Context, { claims }: SocialProfile): Promise<Action<Found>> {
  const { config, state } = context
  const account = mapped(config.cfgAccountMapperConfiguration, config.cfgAccountMapperClass, claims)
  const [mapper = ''] = config.cfgAttributeMappingClasses
  const attributes = mapped(config.cfgAttributeMappingConfiguration, mapper, claims)
  const [person, another] = await peopleWith(context, account)
  if (another !== undefined) return fail(several)
  const [mail] = attributes.mail ?? []
  if (mail !== undefined) state.putShared(emailAddress, mail)
  const extras = config.saveUserAttributesToSession
    ? { sessionProperties: firstOf(attributes, Object.keys(attributes)) }
    : {}
  if (person === undefined) {
    state.putShared(userInfo, { attributes, userNames: account })
    return goTo('NO_ACCOUNT', extras)
  }
  state.putShared('username', person.userName)
  return goTo('ACCOUNT_EXISTS', { ...extras, identified: { kind: 'user', name: person._id } })
}

/** The people who match any value of an account. */
async function peopleWith({ identities }: Context, account: Record<string, string[]>): Promise<Person[]> {
  const found = new Map<string, Person>()
  for (const [name, value] of Object.entries(identities.fromAmAttributes(account))) {
    for (const each of [value].flat()) {
      if (typeof each !== 'string') continue
      for (const person of await identities.findByAttribute(name, each)) found.set(person._id, person)
    }
  }
  return [...found.values()]
}

/** @param mapper `class|attributes|prefix`: values of these attributes (`*` for all) get the prefix */
function mapped(
  attributes: Readonly<Record<string, string>>,
  mapper: string,
  claims: SocialProfile['claims'],
): Record<string, string[]> {
  const [, scope = '', prefix = ''] = mapper.split('|')
  const isPrefixed = (name: string) => scope === '*' || scope.split(',').includes(name)
  const entries = Object.entries(attributes).flatMap(([place, name]): [string, string[]][] => {
    const value = textOf(attributeOf(claims, place.replaceAll('.', '/')))
    return value === undefined ? [] : [[name, [isPrefixed(name) ? prefix + value : value]]]
  })
  return Object.fromEntries(entries)
}

function textOf(value: Json): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
