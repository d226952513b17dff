import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { type Action, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { confirmationProperty } from '../../engine/system-properties.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import type { Ports } from '../ports/ports.ts'
import { confirmed, isRestrictedKey, keysOf, moreAudiences, tokenIn, verifiedClaims } from './thing.ts'

const config = () =>
  z.object({
    jwtAuthenticationMethod: setting(
      'JWT Authentication Method',
      'Whether the thing signs a challenge, or sends a token of its own.',
      z.enum(['PROOF_OF_POSSESSION', 'CLIENT_ASSERTION']).default('PROOF_OF_POSSESSION'),
    ),
    issueRestrictedToken: flagSetting(
      'Issue Restricted Token',
      'Restricts the session to requests signed by the thing. No endpoint of this server accepts such sessions.',
      true,
    ),
    additionalAudienceValues: setting(
      'Additional Audience Values',
      'Audiences to accept besides the realm or the OAuth 2.0 endpoints.',
      z.array(z.string()).default([]),
    ),
  })

type Context = NodeContext<z.infer<ReturnType<typeof config>>> & Pick<Ports, 'identities' | 'thingTokens'>
type Outcome = 'success' | 'failure' | 'register'

/** Ids of the callbacks, by which things know what to send. */
const ids = { PROOF_OF_POSSESSION: 'jwt-pop-authentication', CLIENT_ASSERTION: 'client_assertion' } as const
const challengeKey = (id: string) => `${id}.challenge`
const refusal = 'thing authentication rejected'

/** Authenticates a thing by a token that it signs. Sources: "Authenticate Thing node", RFC 7800, RFC 7523. */
export const iotAuthentication = defineNode({
  type: 'IotAuthenticationNode',
  title: 'Authenticate Thing',
  help: 'Authenticates a thing, such as a device or a service, by a signature with its key.',
  tags: ['iot'],
  config,
  outcomes: { all: { success: 'Success', failure: 'Failure', register: 'Requires Registration' } },
  reads: (_config, id) => [challengeKey(id)],
  writes: () => ['username', verifiedClaims, moreAudiences, isRestrictedKey],
  callbacks: { HiddenValueCallback: 'Asks the thing for a token that it signs with its key.' },
  errors: { warn: { [refusal]: 'The token is invalid. The log line says why.' } },
  proves: { success: 'swk' },
  needs: ['identities', 'thingTokens'],
  reference: {
    inputs: 'the address under which clients reach the server, as an audience',
    outputs: 'the identified thing, and the session property `cnf`',
    keys: {
      [verifiedClaims]: 'Claims of the verified token.',
      [moreAudiences]: 'Further audiences for a Register Thing node to accept.',
      [isRestrictedKey]: 'Whether a Register Thing node must restrict the session.',
    },
    outcomes: {
      success: 'The thing is known and has proved its key.',
      failure: 'The token is invalid.',
      register: 'No thing has the name in the token, or it has no such key.',
    },
  },
  async run(context): Promise<Action<Outcome>> {
    const { id, config, state, answers, thingTokens } = context
    const method = ids[config.jwtAuthenticationMethod]
    const token = tokenIn(answers, method)
    const challenge = state.getText(challengeKey(id))
    if (token === undefined || challenge === undefined) {
      const fresh = thingTokens.newChallenge()
      state.putTransient(challengeKey(id), fresh)
      const value = config.jwtAuthenticationMethod === 'PROOF_OF_POSSESSION' ? fresh : ''
      return send([callback('HiddenValueCallback', { value, id: method })])
    }
    state.remove(challengeKey(id))
    if (config.issueRestrictedToken) state.putShared(isRestrictedKey, true)
    if (config.additionalAudienceValues.length > 0) {
      state.putShared(moreAudiences, config.additionalAudienceValues)
    }
    return authenticate(context, token, challenge)
  },
})

async function authenticate(context: Context, token: string, challenge: string): Promise<Action<Outcome>> {
  const { config, identities, thingTokens, now, log } = context
  const unverified = await thingTokens.read(token)
  const isPossession = config.jwtAuthenticationMethod === 'PROOF_OF_POSSESSION'
  const { sub: name, nonce, iss } = unverified?.claims ?? {}
  const keyId = isPossession ? confirmed(unverified?.claims ?? {}, 'kid') : unverified?.keyId
  const isFresh = isPossession ? nonce === challenge : iss === name
  if (typeof name !== 'string' || typeof keyId !== 'string' || !isFresh) {
    log.warn(refusal, { problem: 'missing claims' })
    return goTo('failure')
  }
  const thing = await identities.find(name)
  const key = keysOf(thing).find(({ kid }) => kid === keyId)
  if (thing?.userName !== name || key === undefined) return goTo('register')
  const result = await thingTokens.verify(token, key, { audiences: audiencesOf(context), now })
  const isInactive = await identities.isLocked(thing._id)
  if ('problem' in result || isInactive) {
    log.warn(refusal, { problem: 'problem' in result ? result.problem : 'thing is inactive' })
    return goTo('failure')
  }
  return succeed(context, thing.userName, result.claims, keyId)
}

function succeed(
  { config, state }: Context,
  userName: string,
  claims: JsonObject,
  keyId: string,
): Action<Outcome> {
  state.putShared('username', userName)
  state.putTransient(verifiedClaims, claims)
  return goTo('success', {
    identified: { kind: 'user', name: userName },
    ...(config.issueRestrictedToken ? { sessionProperties: { [confirmationProperty]: keyId } } : {}),
  })
}

function audiencesOf({ config, realm, request }: Context): string[] {
  const { additionalAudienceValues, jwtAuthenticationMethod } = config
  if (jwtAuthenticationMethod === 'PROOF_OF_POSSESSION') return [realm, ...additionalAudienceValues]
  const names = realm.split('/').filter((name) => name !== '')
  const long = ['root', ...names].map((name) => `/realms/${name}`).join('')
  const issuers = [
    `${request.baseUrl}/oauth2${long}`,
    ...(realm === '/' ? [`${request.baseUrl}/oauth2`] : []),
  ]
  return [...issuers, ...issuers.map((issuer) => `${issuer}/access_token`), ...additionalAudienceValues]
}
