import { z } from 'zod'
import { type Action, fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { isJsonObject } from '../../engine/json.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import type { SamlPort, SamlProfile } from '../ports/outside-ports.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { federationAttributes, infoKey, userInfo } from './federation-link.ts'

/** State key: what proves that an answer belongs to the request that this node made. */
const pendingKey = (id: string) => `${id}.pending`
const emailAddress = 'emailAddress'

const problem = 'the sign-in with SAML 2.0 failed'
const unasked = 'The identity provider cannot be asked'

const references = z.array(z.string()).default([])

const config = z.object({
  idpEntityId: setting('IdP Entity ID', 'The identity provider to ask.', z.string().default('https://')),
  validateIdpEntityId: setting(
    'Validate IdP Entity ID',
    'Whether it must be the one that answers; otherwise any that the circle of trust has may.',
    z.boolean().default(true),
  ),
  metaAlias: setting(
    'SP MetaAlias',
    'The hosted service provider: `/realm/name`.',
    z.string().default('/sp'),
  ),
  allowCreate: setting(
    'Allow IdP to Create NameID',
    'Whether it may make a new name for the person.',
    z.boolean().default(true),
  ),
  authComparison: setting(
    'Comparison Type',
    'How strong the way to sign in must be, compared to those below.',
    z.enum(['EXACT', 'MINIMUM', 'MAXIMUM', 'BETTER']).default('MINIMUM'),
  ),
  authnContextClassRef: setting(
    'Authentication Context Class Reference',
    'Ways to sign in that will do; empty means those of the service provider.',
    references,
  ),
  authnContextDeclRef: setting(
    'Authentication Context Declaration Reference',
    'Declarations that will do; sent where no class is named.',
    references,
  ),
  requestBinding: setting(
    'Request Binding',
    'How the browser takes the request there.',
    z.enum(['HTTP_REDIRECT', 'HTTP_POST']).default('HTTP_REDIRECT'),
  ),
  binding: setting(
    'Response Binding',
    'How the browser is to bring the answer.',
    z.enum(['HTTP_ARTIFACT', 'HTTP_POST']).default('HTTP_ARTIFACT'),
  ),
  forceAuthn: setting(
    'Force IdP Authentication',
    'Whether the person must sign in there anew.',
    z.boolean().default(false),
  ),
  isPassive: setting(
    'Passive Authentication',
    'Whether the identity provider must not show itself.',
    z.boolean().default(false),
  ),
  nameIdFormat: setting(
    'NameID Format',
    'What kind of name the person is to have.',
    z.string().default('urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'),
  ),
})

type Context = NodeContext<z.infer<typeof config>> & { identities: IdentityPort; saml: SamlPort }

type Outcome = 'ACCOUNT_EXISTS' | 'NO_ACCOUNT' | 'ERROR'

/** Signs in with an identity provider that speaks SAML 2.0. Source: "SAML2 Authentication node". */
export const saml2 = defineNode({
  type: 'product-Saml2Node',
  version: '1.0',
  title: 'SAML2 Authentication',
  help: 'Has an identity provider say who the person is by SAML 2.0, and finds out whether they are known here.',
  tags: ['social', 'federation'],
  config,
  outcomes: { all: { ACCOUNT_EXISTS: 'Account exists', NO_ACCOUNT: 'No account exists', ERROR: 'Error' } },
  reads: (_config, id) => [pendingKey(id)],
  writes: () => ['username', userInfo, emailAddress],
  callbacks: { RedirectCallback: 'Sends the browser to the identity provider.' },
  errors: {
    warn: {
      [problem]: 'The identity provider refused, or its answer does not hold; the log says what does not.',
    },
    fail: {
      [unasked]:
        'The service provider, the identity provider or their circle of trust is not configured here.',
    },
  },
  reference: {
    inputs: 'the query parameter `responsekey`, with which the browser comes back, and the page it came from',
    outputs: 'who the person is; the session properties `SessionIndex`, `NameID` and `isTransient`',
    keys: {
      [userInfo]: 'What the identity provider tells: `attributes` and `userNames`.',
    },
    outcomes: {
      ACCOUNT_EXISTS: 'Somebody here is linked to what the identity provider tells, or is known by it.',
      NO_ACCOUNT: 'Nobody is.',
      ERROR: 'The identity provider refused, or its answer does not hold.',
    },
  },
  proves: { ACCOUNT_EXISTS: 'fed' },
  needs: ['identities', 'saml'],
  async run(context): Promise<Action<Outcome>> {
    const { id, config, state, request, saml, log } = context
    const pending = state.get(pendingKey(id))
    try {
      if (!isJsonObject(pending)) return await ask(context)
      const key = request.parameters.responsekey?.[0]
      state.remove(pendingKey(id))
      if (key === undefined) throw new Error('the browser came back without an answer')
      const { metaAlias, validateIdpEntityId, idpEntityId } = config
      const idp = validateIdpEntityId ? idpEntityId : undefined
      const profile = await saml.finish({ metaAlias, idp }, pending, key)
      return await recognise(context, profile)
    } catch (error) {
      log.warn(problem, { message: error instanceof Error ? error.message : 'unknown' })
      return isJsonObject(pending) ? goTo('ERROR') : fail(unasked)
    }
  },
})

async function ask({ id, config, state, request, saml }: Context): Promise<Action<never>> {
  const { idpEntityId, metaAlias, authnContextClassRef, authnContextDeclRef, ...settings } = config
  const start = await saml.begin(
    { metaAlias, idp: idpEntityId },
    { ...settings, classes: authnContextClassRef, declarations: authnContextDeclRef },
    request.headers.referer?.[0],
  )
  state.putTransient(pendingKey(id), start.pending)
  const output = { redirectUrl: start.url, redirectMethod: start.method, trackingCookie: true }
  return send([callback('RedirectCallback', start.data ? { ...output, redirectData: start.data } : output)])
}

/** Whoever is linked to the name that the identity provider has for them, or has what the service provider compares. */
async function recognise(context: Context, profile: SamlProfile): Promise<Action<Outcome>> {
  const { state, identities } = context
  const { account, attributes, nameId, sessionIndex } = profile
  const linked = account.isTransient
    ? undefined
    : await onlyOne(identities, infoKey.name, infoKey.value(profile))
  const person = linked ?? (await compared(identities, profile))
  const username = person?.userName ?? account.attribute?.value ?? account.userName
  const isToLink = !account.isTransient && linked === undefined && account.userName === undefined
  const told = { ...(isToLink ? federationAttributes(profile) : {}), ...listed(attributes) }
  if (username !== undefined) state.putShared('username', username)
  const userNames = username === undefined ? {} : { username: [username], uid: [username] }
  state.putShared(userInfo, { attributes: told, userNames })
  const [mail] = attributes.mail ?? []
  if (mail !== undefined) state.putShared(emailAddress, mail)
  const sessionProperties = {
    ...(sessionIndex === '' ? {} : { SessionIndex: sessionIndex }),
    NameID: nameId.value,
    isTransient: String(account.isTransient),
  }
  if (person === undefined) return goTo('NO_ACCOUNT', { sessionProperties })
  return goTo('ACCOUNT_EXISTS', { sessionProperties, identified: { kind: 'user', name: person._id } })
}

async function compared(
  identities: IdentityPort,
  { account: { attribute, userName } }: SamlProfile,
): Promise<Person | undefined> {
  if (attribute !== undefined) {
    const { name, value } = attribute
    return name === 'uid' ? identities.find(value) : onlyOne(identities, name, value)
  }
  return userName === undefined ? undefined : identities.find(userName)
}

/** @throws Error when two people have it: neither may be signed in as the other. */
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
