import { beforeAll, beforeEach, expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { makeThing, type Thing } from '../../../test/support/things.ts'
import type { JsonObject } from '../../base/json.ts'
import { thingTokens } from '../../people/devices/thing-tokens.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { iotAuthentication } from './iot-authentication.ts'

const now = 1_700_000_000_000
const claimsKey = 'org.forgerock.am.iot.jwt.pop.verified_claims'
let thing: Thing
let person: Person
let isLocked: boolean

beforeAll(async () => {
  thing = await makeThing('lamp')
})
beforeEach(() => {
  isLocked = false
  person = {
    _id: 'u-1',
    userName: 'lamp',
    thingType: 'device',
    thingKeys: JSON.stringify({ keys: [thing.jwk] }),
  }
})

const identities: Partial<IdentityPort> = {
  find: async (name) => (name === person.userName || name === person._id ? person : undefined),
  isLocked: async () => isLocked,
}
const ports = { identities: identities as IdentityPort, thingTokens }

const come = (config: JsonObject, token: string, id: string, secure: JsonObject) =>
  runNode(iotAuthentication, {
    config,
    ports,
    secure,
    context: { now },
    answers: [{ ...answer('HiddenValueCallback', token), output: { id, value: '' } }],
  })

const prove = (token: string, config: JsonObject = {}) =>
  come(config, token, 'jwt-pop-authentication', { 'node-1.challenge': 'fresh' })

const assertion = { jwtAuthenticationMethod: 'CLIENT_ASSERTION' }
const claim = (token: string, config: JsonObject = {}) =>
  come({ ...assertion, ...config }, token, 'client_assertion', { 'node-1.challenge': 'fresh' })

test('sends a challenge and stores it where the client can’t change it', async () => {
  const { action, state } = await runNode(iotAuthentication, { ports })
  const [sent] = callbacksOf(action)
  expect(sent).toEqual({
    type: 'HiddenValueCallback',
    output: { value: expect.stringMatching(/^[\w-]{22}$/), id: 'jwt-pop-authentication' },
  })
  expect(state.transient).toEqual({ 'node-1.challenge': sent?.output.value })
})

test('sends only the callback’s name for an assertion', async () => {
  const { action } = await runNode(iotAuthentication, { ports, config: assertion })
  expect(callbacksOf(action)[0]?.output).toEqual({ value: '', id: 'client_assertion' })
})

test('authenticates a thing that signs the challenge, in a restricted session', async () => {
  const { action, state } = await prove(await thing.authenticate('fresh', now, { custom: '42' }))
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'success',
    identified: { kind: 'user', name: 'lamp' },
    sessionProperties: { cnf: 'lamp-key' },
  })
  expect(state.shared).toEqual({ username: 'lamp', 'thing.isRestricted': true })
  expect(state.transient).toEqual({ [claimsKey]: expect.objectContaining({ sub: 'lamp', custom: '42' }) })
  expect(state.secure).toEqual({})
})

test('creates an unrestricted session if configured', async () => {
  const { action } = await prove(await thing.authenticate('fresh', now), { issueRestrictedToken: false })
  expect(action).not.toHaveProperty('sessionProperties')
})

test('reads keys stored as an object', async () => {
  person = { ...person, thingKeys: { keys: [JSON.parse(JSON.stringify(thing.jwk))] } }
  expect(outcomeOf((await prove(await thing.authenticate('fresh', now))).action)).toBe('success')
})

test('accepts a configured audience and passes it to later nodes', async () => {
  const config = { additionalAudienceValues: ['ours'] }
  const { action, state } = await prove(await thing.authenticate('fresh', now, { aud: 'ours' }), config)
  expect(outcomeOf(action)).toBe('success')
  expect(state.shared).toMatchObject({ 'org.forgerock.am.iot.jwt.pop.additional_audiences': ['ours'] })
})

const seconds = (count: number) => now / 1000 + count
test.each([
  ['another challenge', { nonce: 'old' }],
  ['no challenge', { nonce: undefined }],
  ['another audience', { aud: '/beta' }],
  ['no expiry', { exp: undefined }],
  ['an expiry in the past', { exp: seconds(-61) }],
  ['a start in the future', { iat: seconds(120) }],
  ['no start', { iat: undefined }],
  ['too long a lifetime', { exp: seconds(4000) }],
  ['no key', { cnf: {} }],
  ['no name', { sub: undefined }],
])('takes the outcome failure for a token with %s', async (_, changes) => {
  const { action, state, log } = await prove(await thing.authenticate('fresh', now, changes))
  expect(action).toEqual({ kind: 'goTo', outcome: 'failure' })
  expect(state.shared).not.toHaveProperty('username')
  expect(log).toEqual([{ level: 'warn', message: 'thing authentication rejected' }])
})

test('takes the outcome failure for a token signed with another key', async () => {
  const other = await makeThing('lamp')
  expect(outcomeOf((await prove(await other.authenticate('fresh', now))).action)).toBe('failure')
})

test('takes the outcome failure for an unsigned token', async () => {
  const [, claims] = (await thing.authenticate('fresh', now)).split('.')
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  expect(outcomeOf((await prove(`${none}.${claims}.`)).action)).toBe('failure')
  expect(outcomeOf((await prove('nothing')).action)).toBe('failure')
})

test('takes the outcome failure for an inactive thing', async () => {
  isLocked = true
  expect(outcomeOf((await prove(await thing.authenticate('fresh', now))).action)).toBe('failure')
})

test.each([
  ['an unknown thing', { userName: 'other' }],
  ['a thing without a key', { thingKeys: null }],
  ['a thing with other keys', { thingKeys: '{"keys":[{"kid":"x"}]}' }],
  ['a thing with invalid keys', { thingKeys: 'x' }],
])('takes the outcome register for %s', async (_, changes) => {
  person = { ...person, ...changes }
  expect(outcomeOf((await prove(await thing.authenticate('fresh', now))).action)).toBe('register')
})

test('does not accept the id of a thing as its name', async () => {
  const token = await thing.authenticate('fresh', now, { sub: 'u-1' })
  expect(outcomeOf((await prove(token)).action)).toBe('register')
})

test('ignores an answer without a challenge', async () => {
  const token = await thing.authenticate('fresh', now)
  const { action } = await come({}, token, 'jwt-pop-authentication', {})
  expect(callbacksOf(action)[0]?.type).toBe('HiddenValueCallback')
})

test.each([
  'http://127.0.0.1:8080/am/oauth2/realms/root/realms/alpha',
  'http://127.0.0.1:8080/am/oauth2/realms/root/realms/alpha/access_token',
  'ours',
])('accepts an assertion for %s', async (audience) => {
  const { action } = await claim(await thing.assert(audience, now), { additionalAudienceValues: ['ours'] })
  expect(outcomeOf(action)).toBe('success')
})

test.each([
  ['another audience', '/alpha', {}],
  ['another issuer', 'ours', { iss: 'other' }],
  ['no issuer', 'ours', { iss: undefined }],
])('rejects an assertion with %s', async (_, audience, changes) => {
  const token = await thing.assert(audience, now, changes)
  const { action } = await claim(token, { additionalAudienceValues: ['ours'] })
  expect(outcomeOf(action)).toBe('failure')
})
