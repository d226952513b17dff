import { z } from 'zod'
import { type Action, fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { isJsonObject, type Json, type JsonObject } from '../../engine/json.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { confirmationProperty } from '../../engine/system-properties.ts'
import { defineNode, setting } from '../define-node.ts'
import type { Person, Ports } from '../ports/ports.ts'
import {
  asAttribute,
  confirmed,
  isRestrictedKey,
  keysOf,
  moreAudiences,
  thingType,
  tokenIn,
  verifiedClaims,
} from './thing.ts'

/** The secret of the server that says who certifies things. */
const anchorsLabel = 'am.services.iot.cert.verification'

const config = z.object({
  jwtRegistrationMethod: setting(
    'JWT Registration Method',
    'Who has to vouch for the thing. The node fails with software statements.',
    z
      .enum([
        'POP_WITH_CERTIFICATE',
        'POP_WITH_SOFTWARE_STATEMENT',
        'POP_WITHOUT_TRUST',
        'SOFTWARE_STATEMENT_WITHOUT_POP',
      ])
      .default('POP_WITH_CERTIFICATE'),
  ),
  verifySubject: setting(
    'Verify Certificate Subject',
    'Whether the certificate must be for the name in the token.',
    z.boolean().default(true),
  ),
  createIdentity: setting(
    'Create Identity',
    'Whether somebody new is created, if nobody has the name.',
    z.boolean().default(false),
  ),
  allowKeyRotation: setting(
    'Rotate Confirmation Key',
    'Whether a thing that has a key may get another.',
    z.boolean().default(false),
  ),
  defaultAttributeValues: setting(
    'Default Attribute Values',
    'What new things get: the value by the attribute.',
    z.record(z.string(), z.string()).default({}),
  ),
  claimToAttributeMapping: setting(
    'Claim to Attribute Mapping',
    'Attributes that things get from claims of their token: the attribute by the claim.',
    z.record(z.string(), z.string()).default({}),
    'attribute',
  ),
  allowAttributeOverwrite: setting(
    'Overwrite Attributes',
    'Whether claims take the place of attributes that a thing has.',
    z.boolean().default(false),
  ),
})

type Context = NodeContext<z.infer<typeof config>> & Pick<Ports, 'identities' | 'thingTokens' | 'web'>
type Outcome = 'success' | 'failure'
type Proven = { name: string; key: JsonObject; claims: JsonObject }

const callbackId = 'jwt-pop-registration'
const challengeKey = (id: string) => `${id}.challenge`
const refusal = 'the thing was not registered'
const noStatements = 'Software statements are not available'

/** Attributes of AM that are the user name here: the token names it already. */
const nameAttributes: readonly string[] = ['uid', 'userName']

/** Registers the key of a thing. Sources: "Register Thing node", RFC 7800. */
export const iotRegistration = defineNode({
  type: 'IotRegistrationNode',
  version: '1.0',
  title: 'Register Thing',
  help: 'Registers the key by which a thing proves who it is, and the thing itself if it is new.',
  tags: ['iot'],
  config,
  outcomes: { all: { success: 'Success', failure: 'Failure' } },
  reads: (_config, id) => [challengeKey(id), moreAudiences, isRestrictedKey],
  writes: () => ['username', verifiedClaims],
  callbacks: { HiddenValueCallback: 'Asks the thing for a token that is signed with the key in it.' },
  errors: {
    warn: { [refusal]: 'The line says what does not hold, or is not allowed.' },
    fail: { [noStatements]: 'The method asks for software statements, and there is nobody who signs them.' },
  },
  proves: { success: 'swk' },
  needs: ['identities', 'thingTokens', 'web'],
  reference: {
    inputs: `with certificates, the secret \`${anchorsLabel}\`: those who certify things, in PEM`,
    outputs: 'the thing and its keys, `thingKeys`; who the thing is',
    outcomes: {
      success: 'The key is registered.',
      failure: 'The token does not hold, or the key may not be registered.',
    },
  },
  async run(context): Promise<Action<Outcome>> {
    const { id, config, state, answers, thingTokens, log } = context
    if (config.jwtRegistrationMethod.includes('SOFTWARE_STATEMENT')) return fail(noStatements)
    const token = tokenIn(answers, callbackId)
    const challenge = state.getText(challengeKey(id))
    if (token === undefined || challenge === undefined) {
      const fresh = thingTokens.newChallenge()
      state.putTransient(challengeKey(id), fresh)
      return send([callback('HiddenValueCallback', { value: fresh, id: callbackId })])
    }
    state.remove(challengeKey(id))
    try {
      const proven = await prove(context, token, challenge)
      const thing = await register(context, proven)
      state.putShared('username', thing.userName)
      state.putTransient(verifiedClaims, proven.claims)
      const restricted = state.get(isRestrictedKey) === true
      return goTo('success', {
        identified: { kind: 'user', name: thing.userName },
        ...(restricted ? { sessionProperties: { [confirmationProperty]: String(proven.key.kid) } } : {}),
      })
    } catch (error) {
      log.warn(refusal, { problem: error instanceof Error ? error.message : 'unknown' })
      return goTo('failure')
    }
  },
})

/** @throws Error that says what of the token does not hold. */
async function prove(context: Context, token: string, challenge: string): Promise<Proven> {
  const { realm, state, thingTokens, now } = context
  const told = await thingTokens.read(token)
  const { sub: name, nonce } = told?.claims ?? {}
  const sent = confirmed(told?.claims ?? {}, 'jwk')
  const key = isJsonObject(sent) ? thingTokens.publicPart(sent) : undefined
  if (
    typeof name !== 'string' ||
    nonce !== challenge ||
    !isJsonObject(sent) ||
    typeof key?.kid !== 'string'
  ) {
    throw new Error('the token lacks what the node asked for')
  }
  const more = state.get(moreAudiences)
  const audiences = [realm, ...(Array.isArray(more) ? more.map(String) : [])]
  const result = await thingTokens.verify(token, key, { audiences, now })
  if ('problem' in result) throw new Error(result.problem)
  if (context.config.jwtRegistrationMethod === 'POP_WITH_CERTIFICATE')
    await requireCertified(context, name, sent)
  return { name, key, claims: result.claims }
}

async function requireCertified(
  { config, thingTokens, web, now }: Context,
  name: string,
  key: JsonObject,
): Promise<void> {
  const result = await thingTokens.certified(key, web.secret(anchorsLabel) ?? '', now)
  if ('problem' in result) throw new Error(result.problem)
  if (config.verifySubject && !result.names.includes(name)) {
    throw new Error('the certificate is for another name')
  }
}

/** @throws Error when it must not be. */
async function register(context: Context, { name, key, claims }: Proven): Promise<Person> {
  const { config, identities } = context
  const thing = await identities.find(name)
  if (thing === undefined) {
    if (!config.createIdentity) throw new Error('nobody has the name, and nobody may be created')
    const attributes = { ...config.defaultAttributeValues, ...mapped(config, claims), ...asAttribute([key]) }
    return identities.createWithStep({ ...attributes, userName: name }, 'thing')
  }
  const held = keysOf(thing)
  if (thing.userName !== name || (typeof thing[thingType] !== 'string' && held.length === 0)) {
    throw new Error('the name is of somebody who is no thing')
  }
  if (config.jwtRegistrationMethod === 'POP_WITHOUT_TRUST') {
    throw new Error('the name is taken, and nobody vouches that it is the same thing')
  }
  if (held.length > 0 && !config.allowKeyRotation) throw new Error('the thing has a key already')
  const others = held.filter(({ kid }) => kid !== key.kid)
  const told = Object.entries(mapped(config, claims)).filter(
    ([attribute]) => config.allowAttributeOverwrite || thing[attribute] === undefined,
  )
  await identities.patch(thing._id, { ...Object.fromEntries(told), ...asAttribute([...others, key]) })
  return thing
}

function mapped(
  { claimToAttributeMapping }: z.infer<typeof config>,
  claims: JsonObject,
): Record<string, Json> {
  const entries = Object.entries(claimToAttributeMapping).flatMap(([claim, attribute]): [string, Json][] => {
    const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined
    return value === undefined || nameAttributes.includes(attribute) ? [] : [[attribute, value]]
  })
  return Object.fromEntries(entries)
}
