import { z } from 'zod'
import { defined } from '../../base/defined.ts'
import { isJsonObject } from '../../base/json.ts'
import { type Action, fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { samlSessionProperty } from '../../engine/system-properties.ts'
import { defineNode, flagSetting, setting, textSetting } from '../define-node.ts'
import type { SamlPort, SamlProfile, SamlStart } from '../ports/outside-ports.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { federationAttributes, infoKey, userInfo } from './federation-link.ts'

/** State key that ties the response to this node's request. */
const pendingKey = (id: string) => `${id}.pending`
const emailAddress = 'emailAddress'

const problem = 'SAML 2.0 sign-in failed'
const unasked = 'The identity provider cannot be asked'
const unused = 'A sign-in that started at the identity provider does not count'

const references = z.array(z.string()).default([])

const config = () =>
  z.object({
    idpEntityId: textSetting('IdP Entity ID', 'The identity provider to use.', 'https://'),
    validateIdpEntityId: flagSetting(
      'Validate IdP Entity ID',
      'Accepts a response only from this identity provider. Otherwise any provider in the circle of trust may respond.',
      true,
    ),
    metaAlias: textSetting('SP MetaAlias', 'The hosted service provider, as `/realm/name`.', '/sp'),
    allowCreate: flagSetting(
      'Allow IdP to Create NameID',
      'Lets the identity provider create a new identifier for the person.',
      true,
    ),
    authComparison: setting(
      'Comparison Type',
      'How the authentication context must compare with those below.',
      z.enum(['EXACT', 'MINIMUM', 'MAXIMUM', 'BETTER']).default('MINIMUM'),
    ),
    authnContextClassRef: setting(
      'Authentication Context Class Reference',
      'Acceptable authentication context classes. Empty: those of the service provider.',
      references,
    ),
    authnContextDeclRef: setting(
      'Authentication Context Declaration Reference',
      'Acceptable authentication context declarations. Used if no class is set.',
      references,
    ),
    requestBinding: setting(
      'Request Binding',
      'How the browser sends the request.',
      z.enum(['HTTP_REDIRECT', 'HTTP_POST']).default('HTTP_REDIRECT'),
    ),
    binding: setting(
      'Response Binding',
      'How the browser returns the response.',
      z.enum(['HTTP_ARTIFACT', 'HTTP_POST']).default('HTTP_ARTIFACT'),
    ),
    forceAuthn: flagSetting(
      'Force IdP Authentication',
      'Requires the person to authenticate again at the identity provider.',
    ),
    isPassive: flagSetting(
      'Passive Authentication',
      'Forbids the identity provider to interact with the person.',
    ),
    nameIdFormat: textSetting(
      'NameID Format',
      'Requested format of the person’s identifier.',
      'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    ),
  })

type Context = NodeContext<z.infer<ReturnType<typeof config>>> & { identities: IdentityPort; saml: SamlPort }

type Outcome = 'ACCOUNT_EXISTS' | 'NO_ACCOUNT' | 'ERROR'

/** Authenticates with a SAML 2.0 identity provider. Source: "SAML2 Authentication node". */
export const saml2 = defineNode({
  type: 'product-Saml2Node',
  title: 'SAML2 Authentication',
  help: 'Authenticates the person with a SAML 2.0 identity provider and looks up their account.',
  tags: ['social', 'federation'],
  config,
  outcomes: { all: { ACCOUNT_EXISTS: 'Account exists', NO_ACCOUNT: 'No account exists', ERROR: 'Error' } },
  reads: (_config, id) => [pendingKey(id)],
  writes: () => ['username', userInfo, emailAddress],
  callbacks: { RedirectCallback: 'Redirects the browser to the identity provider.' },
  errors: {
    warn: {
      [problem]:
        'The identity provider rejected the request, or its response is invalid. The log line says why.',
      [unused]: 'The node asks the identity provider instead. The log line says why.',
    },
    fail: {
      [unasked]: 'The service provider, the identity provider or their circle of trust is not configured.',
    },
  },
  reference: {
    inputs:
      'the query parameter `responsekey` with which the browser returns, and the page that it came from',
    outputs:
      'the identified person, and the session properties `SessionIndex`, `NameID`, `isTransient` and `SamlSession`, with which single logout ends the session of the provider, too',
    keys: {
      [userInfo]: 'Data from the identity provider: `attributes` and `userNames`.',
    },
    outcomes: {
      ACCOUNT_EXISTS: 'An account is linked to the identity or matches it.',
      NO_ACCOUNT: 'No account is linked or matches.',
      ERROR: 'The identity provider rejected the request, or its response is invalid.',
    },
  },
  proves: { ACCOUNT_EXISTS: 'fed' },
  needs: ['identities', 'saml'],
  async run(context): Promise<Action<Outcome>> {
    const { id, config, state, request, saml, log } = context
    const pending = state.get(pendingKey(id))
    const key = request.parameters.responsekey?.[0]
    const started = isJsonObject(pending) || key === undefined ? undefined : await startedThere(context, key)
    try {
      if (started !== undefined) return await recognise(context, started)
      if (!isJsonObject(pending)) return await ask(context)
      state.remove(pendingKey(id))
      if (key === undefined) throw new Error('the browser returned without a response')
      return await recognise(context, await saml.finish(answering(config), pending, key))
    } catch (error) {
      log.warn(problem, { message: reasonOf(error) })
      return isJsonObject(pending) || started !== undefined ? goTo('ERROR') : fail(unasked)
    }
  },
})

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : 'unknown')

/** The service provider, and the identity provider that must have responded. */
function answering({ metaAlias, validateIdpEntityId, idpEntityId }: Context['config']) {
  return { metaAlias, idp: validateIdpEntityId ? idpEntityId : undefined }
}

function startOf({ authnContextClassRef, authnContextDeclRef, ...settings }: Context['config']): SamlStart {
  return { ...settings, classes: authnContextClassRef, declarations: authnContextDeclRef }
}

/** Undefined for a key that doesn't count: the node asks then. */
async function startedThere({ config, saml, log }: Context, key: string): Promise<SamlProfile | undefined> {
  try {
    return await saml.startedThere(answering(config), startOf(config), key)
  } catch (error) {
    log.warn(unused, { message: reasonOf(error) })
    return undefined
  }
}

async function ask({ id, config, state, request, saml }: Context): Promise<Action<never>> {
  const { idpEntityId: idp, metaAlias } = config
  const start = await saml.begin({ metaAlias, idp }, startOf(config), request.headers.referer?.[0])
  state.putTransient(pendingKey(id), start.pending)
  const output = { redirectUrl: start.url, redirectMethod: start.method, trackingCookie: true }
  return send([callback('RedirectCallback', start.data ? { ...output, redirectData: start.data } : output)])
}

/** Finds the account linked to the provider's identifier, or the one that matches the configured attribute. */
async function recognise(context: Context, profile: SamlProfile): Promise<Action<Outcome>> {
  const { state, identities } = context
  const { account, attributes, idp, nameId, sessionIndex, sessionEndsAt } = profile
  const linked = account.isTransient
    ? undefined
    : await onlyOne(identities, infoKey.name, infoKey.value(profile))
  const person = linked ?? (await matching(identities, profile))
  const username = person?.userName ?? account.attribute?.value ?? account.userName
  const isToLink = !account.isTransient && linked === undefined && account.userName === undefined
  const profileAttributes = { ...(isToLink ? federationAttributes(profile) : {}), ...listed(attributes) }
  if (username !== undefined) state.putShared('username', username)
  const userNames = username === undefined ? {} : { username: [username], uid: [username] }
  state.putShared(userInfo, { attributes: profileAttributes, userNames })
  const [mail] = attributes.mail ?? []
  if (mail !== undefined) state.putShared(emailAddress, mail)
  const sessionProperties = {
    ...(sessionIndex === '' ? {} : { SessionIndex: sessionIndex }),
    NameID: nameId.value,
    isTransient: String(account.isTransient),
    [samlSessionProperty]: JSON.stringify({ metaAlias: context.config.metaAlias, idp, nameId, sessionIndex }),
  }
  const extras = { sessionProperties, ...defined({ sessionEndsAt }) }
  if (person === undefined) return goTo('NO_ACCOUNT', extras)
  return goTo('ACCOUNT_EXISTS', { ...extras, identified: { kind: 'user', name: person._id } })
}

async function matching(
  identities: IdentityPort,
  { account: { attribute, userName } }: SamlProfile,
): Promise<Person | undefined> {
  if (attribute !== undefined) {
    const { name, value } = attribute
    return name === 'uid' ? identities.find(value) : onlyOne(identities, name, value)
  }
  return userName === undefined ? undefined : identities.find(userName)
}

/** @throws Error if several people match: none of them may be signed in */
async function onlyOne(
  identities: IdentityPort,
  attribute: string,
  value: string,
): Promise<Person | undefined> {
  const [person, another] = await identities.findByAttribute(attribute, value)
  if (another !== undefined) throw new Error('more than one account belongs to the identity')
  return person
}

function listed(attributes: SamlProfile['attributes']): Record<string, string[]> {
  return Object.fromEntries(Object.entries(attributes).map(([name, values]) => [name, [...values]]))
}
