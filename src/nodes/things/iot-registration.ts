import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { type Action, fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { confirmationProperty } from '../../engine/system-properties.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
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

/** Label of the server's secret with the trusted issuers of things' certificates. */
const anchorsLabel = 'am.services.iot.cert.verification'

const config = () =>
  z.object({
    jwtRegistrationMethod: setting(
      'JWT Registration Method',
      'Required proof of the thing’s identity. The node fails with software statements.',
      z
        .enum([
          'POP_WITH_CERTIFICATE',
          'POP_WITH_SOFTWARE_STATEMENT',
          'POP_WITHOUT_TRUST',
          'SOFTWARE_STATEMENT_WITHOUT_POP',
        ])
        .default('POP_WITH_CERTIFICATE'),
    ),
    verifySubject: flagSetting(
      'Verify Certificate Subject',
      'Requires the certificate’s subject to match the name in the token.',
      true,
    ),
    createIdentity: flagSetting('Create Identity', 'Creates an identity if none has the name.'),
    allowKeyRotation: flagSetting('Rotate Confirmation Key', 'Lets a thing that has a key register another.'),
    defaultAttributeValues: setting(
      'Default Attribute Values',
      'Attributes of new things: value by attribute name.',
      z.record(z.string(), z.string()).default({}),
    ),
    claimToAttributeMapping: setting(
      'Claim to Attribute Mapping',
      'Attributes set from claims of the token: attribute name by claim.',
      z.record(z.string(), z.string()).default({}),
      'attribute',
    ),
    allowAttributeOverwrite: flagSetting(
      'Overwrite Attributes',
      'Overwrites existing attributes with claims.',
    ),
  })

type Context = NodeContext<z.infer<ReturnType<typeof config>>> &
  Pick<Ports, 'identities' | 'thingTokens' | 'web'>
type Outcome = 'success' | 'failure'
type Proven = { name: string; key: JsonObject; claims: JsonObject }

const callbackId = 'jwt-pop-registration'
const challengeKey = (id: string) => `${id}.challenge`
const refusal = 'thing registration rejected'
const noStatements = 'Software statements are not available'

/** AM attributes that mean the username here. The token already contains it. */
const nameAttributes: readonly string[] = ['uid', 'userName']

/** Registers the key of a thing. Sources: "Register Thing node", RFC 7800. */
export const iotRegistration = defineNode({
  type: 'IotRegistrationNode',
  title: 'Register Thing',
  help: 'Registers the key by which a thing authenticates, and the thing itself if it is new.',
  tags: ['iot'],
  config,
  outcomes: { all: { success: 'Success', failure: 'Failure' } },
  reads: (_config, id) => [challengeKey(id), moreAudiences, isRestrictedKey],
  writes: () => ['username', verifiedClaims],
  callbacks: { HiddenValueCallback: 'Asks the thing for a token signed with the key it contains.' },
  errors: {
    warn: { [refusal]: 'The token is invalid, or the registration is not allowed. The log line says why.' },
    fail: { [noStatements]: 'The method requires software statements, which no trusted party signs.' },
  },
  proves: { success: 'swk' },
  needs: ['identities', 'thingTokens', 'web'],
  reference: {
    inputs: `with certificates, the secret \`${anchorsLabel}\`, which holds the trusted issuers in PEM`,
    outputs: 'the thing and its keys in `thingKeys`, and the identified thing',
    outcomes: {
      success: 'The key is registered.',
      failure: 'The token is invalid, or the key may not be registered.',
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

/** @throws Error with the reason why the token is invalid */
async function prove(context: Context, token: string, challenge: string): Promise<Proven> {
  const { realm, state, thingTokens, now } = context
  const unverified = await thingTokens.read(token)
  const { sub: name, nonce } = unverified?.claims ?? {}
  const sent = confirmed(unverified?.claims ?? {}, 'jwk')
  const key = isJsonObject(sent) ? thingTokens.publicPart(sent) : undefined
  if (
    typeof name !== 'string' ||
    nonce !== challenge ||
    !isJsonObject(sent) ||
    typeof key?.kid !== 'string'
  ) {
    throw new Error('missing claims')
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

/** @throws Error if the registration is not allowed */
async function register(context: Context, { name, key, claims }: Proven): Promise<Person> {
  const { config, identities } = context
  const thing = await identities.find(name)
  if (thing === undefined) {
    if (!config.createIdentity) throw new Error('unknown name, and creating things is disabled')
    const attributes = { ...config.defaultAttributeValues, ...mapped(config, claims), ...asAttribute([key]) }
    return identities.createWithStep({ ...attributes, userName: name }, 'thing')
  }
  const existing = keysOf(thing)
  if (thing.userName !== name || (typeof thing[thingType] !== 'string' && existing.length === 0)) {
    throw new Error('the name belongs to an identity that is not a thing')
  }
  if (config.jwtRegistrationMethod === 'POP_WITHOUT_TRUST') {
    throw new Error('the name is taken, and nothing proves that it is the same thing')
  }
  if (existing.length > 0 && !config.allowKeyRotation) throw new Error('the thing already has a key')
  const others = existing.filter(({ kid }) => kid !== key.kid)
  const changes = Object.entries(mapped(config, claims)).filter(
    ([attribute]) => config.allowAttributeOverwrite || thing[attribute] === undefined,
  )
  await identities.patch(thing._id, { ...Object.fromEntries(changes), ...asAttribute([...others, key]) })
  return thing
}

function mapped(
  { claimToAttributeMapping }: z.infer<ReturnType<typeof config>>,
  claims: JsonObject,
): Record<string, Json> {
  const entries = Object.entries(claimToAttributeMapping).flatMap(([claim, attribute]): [string, Json][] => {
    const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined
    return value === undefined || nameAttributes.includes(attribute) ? [] : [[attribute, value]]
  })
  return Object.fromEntries(entries)
}
