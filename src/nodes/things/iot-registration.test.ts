import { exportJWK } from 'jose'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { type Certified, certify } from '../../../test/support/certificates.ts'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { makeThing, type Thing, thingWith } from '../../../test/support/things.ts'
import type { JsonObject } from '../../base/json.ts'
import { thingTokens } from '../../people/devices/thing-tokens.ts'
import type { WebPort } from '../ports/outside-ports.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { iotRegistration } from './iot-registration.ts'

const now = Date.now()
const openly = { jwtRegistrationMethod: 'POP_WITHOUT_TRUST', createIdentity: true }
let thing: Thing
let authority: Certified
let people: Person[]
let created: JsonObject | undefined
let changed: JsonObject | undefined
let anchors: string | undefined

beforeAll(async () => {
  thing = await makeThing('lamp')
  authority = await certify('CN=authority', { kind: 'ec' })
})
beforeEach(() => {
  people = []
  created = undefined
  changed = undefined
  anchors = authority.pem
})

const identities: Partial<IdentityPort> = {
  find: async (name) => people.find(({ _id, userName }) => name === userName || name === _id),
  async createWithStep(object, as) {
    expect(as).toBe('thing')
    created = object
    return { ...object, _id: 'u-2', userName: String(object.userName) }
  },
  async patch(_id, changes) {
    changed = changes
  },
}
const web: Partial<WebPort> = {
  secret: (label) => (label === 'am.services.iot.cert.verification' ? anchors : undefined),
}
const ports = { identities: identities as IdentityPort, web: web as WebPort, thingTokens }

const come = (config: JsonObject, token: string, shared: JsonObject = {}) =>
  runNode(iotRegistration, {
    config,
    ports,
    shared,
    secure: { 'node-1.challenge': 'fresh' },
    context: { now },
    answers: [
      { ...answer('HiddenValueCallback', token), output: { id: 'jwt-pop-registration', value: 'fresh' } },
    ],
  })

/** A thing with a certificate for its key. */
async function certifiedThing(subject: string, options: Parameters<typeof certify>[1] = {}) {
  const own = await certify(subject, { kind: 'ec', issuer: authority, ...options })
  return { ...thingWith('lamp', own.privateKey, await exportJWK(own.publicKey)), own }
}

async function registerCertified(
  subject: string,
  config: JsonObject = {},
  options: Parameters<typeof certify>[1] = {},
  more: string[] = [],
) {
  const { register, jwk, own } = await certifiedThing(subject, options)
  const token = await register('fresh', now, { cnf: { jwk: { ...jwk, x5c: [own.base64, ...more] } } })
  return come({ createIdentity: true, ...config }, token)
}

test('sends a challenge and stores it where the client can’t change it', async () => {
  const { action, state } = await runNode(iotRegistration, { ports })
  const [sent] = callbacksOf(action)
  expect(sent?.output).toEqual({
    value: expect.stringMatching(/^[\w-]{22}$/),
    id: 'jwt-pop-registration',
  })
  expect(state.transient).toEqual({ 'node-1.challenge': sent?.output.value })
})

test('creates a new thing with its key, default attributes and mapped claims', async () => {
  const config = {
    ...openly,
    defaultAttributeValues: { thingType: 'service', description: 'new' },
    claimToAttributeMapping: { sub: 'uid', thingType: 'thingType', serial: 'frIndexedString1' },
  }
  const { action, state } = await come(config, await thing.register('fresh', now))
  expect(action).toEqual({ kind: 'goTo', outcome: 'success', identified: { kind: 'user', name: 'lamp' } })
  expect(created).toEqual({
    userName: 'lamp',
    thingType: 'device',
    description: 'new',
    thingKeys: JSON.stringify({ keys: [JSON.parse(JSON.stringify(thing.jwk))] }),
  })
  expect(state.shared).toEqual({ username: 'lamp' })
  expect(state.transient).toMatchObject({
    'org.forgerock.am.iot.jwt.pop.verified_claims': { sub: 'lamp' },
  })
})

test('restricts the session if an Authenticate Thing node requires it', async () => {
  const shared = { 'thing.isRestricted': true }
  const { action } = await come(openly, await thing.register('fresh', now), shared)
  expect(action).toMatchObject({ outcome: 'success', sessionProperties: { cnf: 'lamp-key' } })
})

test('stores only the public members of a key', async () => {
  const jwk = { ...thing.jwk, d: 'private' }
  await come(openly, await thing.register('fresh', now, { cnf: { jwk } }))
  expect(JSON.stringify(created)).not.toContain('private')
})

test('accepts the audiences of an Authenticate Thing node', async () => {
  const token = await thing.register('fresh', now, { aud: 'ours' })
  const shared = { 'org.forgerock.am.iot.jwt.pop.additional_audiences': ['ours'] }
  expect(outcomeOf((await come(openly, token, shared)).action)).toBe('success')
  expect(outcomeOf((await come(openly, token)).action)).toBe('failure')
})

test.each([
  ['another challenge', { nonce: 'old' }],
  ['another audience', { aud: '/beta' }],
  ['an expiry in the past', { exp: now / 1000 - 61 }],
  ['no key', { cnf: { kid: 'lamp-key' } }],
  ['a shared secret as its key', { cnf: { jwk: { kty: 'oct', k: 'c2VjcmV0', kid: 'x' } } }],
  ['no name', { sub: undefined }],
])('takes the outcome failure for a token with %s', async (_, changes) => {
  const { action, log } = await come(openly, await thing.register('fresh', now, changes))
  expect(action).toEqual({ kind: 'goTo', outcome: 'failure' })
  expect(created).toBeUndefined()
  expect(log).toEqual([{ level: 'warn', message: 'thing registration rejected' }])
})

test('takes the outcome failure for a token signed with another key', async () => {
  const other = await makeThing('lamp')
  const token = await thing.register('fresh', now, { cnf: { jwk: other.jwk } })
  expect(outcomeOf((await come(openly, token)).action)).toBe('failure')
})

test('creates no identity unless enabled', async () => {
  const token = await thing.register('fresh', now)
  expect(outcomeOf((await come({ ...openly, createIdentity: false }, token)).action)).toBe('failure')
})

test.each([
  ['a person', { _id: 'u-1', userName: 'lamp' }],
  ['a thing without a certificate', { _id: 'u-1', userName: 'lamp', thingType: 'device' }],
  ['the id of a thing', { _id: 'lamp', userName: 'other', thingType: 'device' }],
])('does not register the name of %s', async (_, person) => {
  people = [person]
  expect(outcomeOf((await come(openly, await thing.register('fresh', now))).action)).toBe('failure')
  expect(changed).toBeUndefined()
})

test('registers a thing with a certificate for its name and key', async () => {
  expect(outcomeOf((await registerCertified('CN=lamp')).action)).toBe('success')
  expect(outcomeOf((await registerCertified('CN=model 7, 0.9.2342.19200300.100.1.1=lamp')).action)).toBe(
    'success',
  )
})

test('accepts intermediate certificates', async () => {
  const between = await certify('CN=between', { kind: 'ec', issuer: authority, isAuthority: true })
  expect(outcomeOf((await registerCertified('CN=lamp', {}, { issuer: between })).action)).toBe('failure')
  const { action } = await registerCertified('CN=lamp', {}, { issuer: between }, [between.base64])
  expect(outcomeOf(action)).toBe('success')
})

test('rejects an issuer without the right to sign certificates', async () => {
  const between = await certify('CN=between', { kind: 'ec', issuer: authority, isAuthority: false })
  const { action } = await registerCertified('CN=lamp', {}, { issuer: between }, [between.base64])
  expect(outcomeOf(action)).toBe('failure')
})

test('accepts a certificate for another name only if subjects are not verified', async () => {
  expect(outcomeOf((await registerCertified('CN=other')).action)).toBe('failure')
  expect(outcomeOf((await registerCertified('CN=other', { verifySubject: false })).action)).toBe('success')
})

const hour = 3_600_000
test.each([
  ['has expired', { notAfter: new Date(now - 1000), notBefore: new Date(now - hour) }],
  ['is not valid yet', { notBefore: new Date(now + hour), notAfter: new Date(now + 2 * hour) }],
])('rejects a certificate that %s', async (_, options) => {
  expect(outcomeOf((await registerCertified('CN=lamp', {}, options)).action)).toBe('failure')
})

test.each([
  ['another issuer is trusted', async () => (await certify('CN=authority', { kind: 'ec' })).pem],
  ['no issuer is trusted', async () => undefined],
])('rejects a certificate if %s', async (_, trusted) => {
  anchors = await trusted()
  expect(outcomeOf((await registerCertified('CN=lamp')).action)).toBe('failure')
})

test('rejects a certificate for another key, and a key without a certificate', async () => {
  const { own } = await certifiedThing('CN=lamp')
  const jwk = { ...thing.jwk, x5c: [own.base64] }
  const other = await thing.register('fresh', now, { cnf: { jwk } })
  expect(outcomeOf((await come({ createIdentity: true }, other)).action)).toBe('failure')
  const none = await thing.register('fresh', now)
  expect(outcomeOf((await come({ createIdentity: true }, none)).action)).toBe('failure')
})

test('registers the first key of a thing and keeps its attributes', async () => {
  people = [{ _id: 'u-1', userName: 'lamp', thingType: 'gateway' }]
  const claimToAttributeMapping = { thingType: 'thingType', sub: 'description' }
  const { action } = await registerCertified('CN=lamp', { claimToAttributeMapping })
  expect(outcomeOf(action)).toBe('success')
  expect(changed).toEqual({ description: 'lamp', thingKeys: expect.stringContaining('lamp-key') })
})

test('overwrites attributes only if enabled', async () => {
  people = [{ _id: 'u-1', userName: 'lamp', thingType: 'gateway' }]
  const settings = { claimToAttributeMapping: { thingType: 'thingType' }, allowAttributeOverwrite: true }
  await registerCertified('CN=lamp', settings)
  expect(changed).toMatchObject({ thingType: 'device' })
})

test('registers another key beside existing ones only if enabled', async () => {
  people = [{ _id: 'u-1', userName: 'lamp', thingKeys: { keys: [{ kid: 'old' }, { kid: 'lamp-key' }] } }]
  expect(outcomeOf((await registerCertified('CN=lamp')).action)).toBe('failure')
  expect(changed).toBeUndefined()
  const { action } = await registerCertified('CN=lamp', { allowKeyRotation: true })
  expect(outcomeOf(action)).toBe('success')
  const kept = JSON.parse(String(changed?.thingKeys)) as { keys: { kid: string; x?: string }[] }
  expect(kept.keys.map(({ kid, x }) => [kid, x !== undefined])).toEqual([
    ['old', false],
    ['lamp-key', true],
  ])
})

test.each(['POP_WITH_SOFTWARE_STATEMENT', 'SOFTWARE_STATEMENT_WITHOUT_POP'])(
  'fails for %s',
  async (method) => {
    const { action } = await runNode(iotRegistration, { ports, config: { jwtRegistrationMethod: method } })
    expect(action).toEqual({ kind: 'error', message: 'Software statements are not available' })
  },
)
