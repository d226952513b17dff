import { expect, test } from 'vitest'
import { flags, fromBrowser, passkeyFake, stored } from '../../../test/support/passkey-fakes.ts'
import { callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { devicesInMemory, kim, onlyKim } from '../../../test/support/second-factors.ts'
import type { JsonObject } from '../../base/json.ts'
import { outcomesOf } from '../../engine/node-type.ts'
import type { Device } from '../ports/ports.ts'
import { webauthnRegistration as node, webauthnRegistrationV2 } from './webauthn-registration.ts'

const username = { username: 'kim' }
const challenge = { 'web-authn-challenge': 'Y2hhbGxlbmdl' }
const secrets = { digits: () => '1', hex: () => 'uuid-new', isSame: () => false }

function visit(given: {
  config?: JsonObject
  shared?: JsonObject
  registeredDevices?: Device[]
  sent?: string
  refusal?: string
  origin?: string
}) {
  const { devices, saved } = devicesInMemory({ webauthn: given.registeredDevices ?? [] })
  const { passkeys, asked } = passkeyFake(given.refusal)
  const run = runNode(node, {
    config: { asScript: false, ...given.config },
    shared: { ...username, ...(given.sent === undefined ? {} : challenge), ...given.shared },
    answers: given.sent === undefined ? [] : fromBrowser(given.sent),
    request: {
      headers: { origin: [given.origin ?? 'https://login.example.com'] },
      pageOrigins: ['http://127.0.0.1:8080', 'https://login.example.com'],
    },
    ports: { devices, passkeys, identities: onlyKim, secrets },
  })
  return { run, saved, asked }
}

test('asks the browser in the form that clients know', async () => {
  const { action, state } = await visit({
    config: { relyingPartyDomain: 'example.com', excludeCredentials: true, requiresResidentKey: true },
    registeredDevices: [stored],
  }).run
  const [question, hidden] = callbacksOf(action)
  expect(question).toEqual({
    type: 'MetadataCallback',
    output: {
      data: {
        _action: 'webauthn_registration',
        _type: 'WebAuthn',
        challenge: 'Y2hhbGxlbmdl',
        attestationPreference: 'none',
        userName: 'kim',
        userId: Buffer.from(kim._id).toString('base64url'),
        displayName: 'kim',
        relyingPartyName: 'ForgeRock',
        relyingPartyId: 'id: "example.com",',
        _relyingPartyId: 'example.com',
        authenticatorSelection:
          '{"userVerification":"preferred","requireResidentKey":true,"residentKey":"required"}',
        _authenticatorSelection: {
          userVerification: 'preferred',
          requireResidentKey: true,
          residentKey: 'required',
        },
        pubKeyCredParams: '[{"type":"public-key","alg":-7},{"type":"public-key","alg":-257}]',
        _pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        excludeCredentials: '{"type":"public-key","id":new Int8Array([1,2,-2]).buffer}',
        _excludeCredentials: [{ type: 'public-key', id: [1, 2, -2] }],
        timeout: '60000',
        extensions: {},
        supportsJsonResponse: true,
      },
    },
  })
  expect(hidden).toEqual({
    type: 'HiddenValueCallback',
    output: { value: 'false', id: 'webAuthnOutcome' },
  })
  expect(state.shared).toEqual({ ...username, ...challenge })
})

test('puts the data on the script’s first line, where they cannot end the script', async () => {
  const { action } = await visit({
    config: { asScript: true, displayNameSharedState: 'name' },
    shared: { name: '</script>' },
  }).run
  const [script] = callbacksOf(action)
  expect(script?.output.messageType).toBe('4')
  const [first = ''] = String(script?.output.message).split('\n')
  expect(first).not.toContain('<')
  expect(JSON.parse(first.replace('var scriptContext = ', ''))).toMatchObject({ displayName: '</script>' })
})

test('checks and stores the new passkey', async () => {
  const { run, saved, asked } = visit({ registeredDevices: [stored], sent: '{}::1,2::new-id::My phone' })
  const { action, state } = await run
  expect(outcomeOf(action)).toBe('success')
  expect(asked).toEqual([
    {
      challenge: 'Y2hhbGxlbmdl',
      relyingPartyId: 'login.example.com',
      origins: ['https://login.example.com'],
      isUserVerificationRequired: false,
      algorithms: [-7, -257],
      clientData: '{}',
      attestation: '1,2',
      credentialId: 'new-id',
    },
  ])
  expect(saved.webauthn).toMatchObject([
    stored,
    { uuid: 'uuid-new', deviceName: 'My phone', credentialId: 'new-id', signCount: 1 },
  ])
  expect(saved.webauthn?.[1]?.recoveryCodes).toHaveLength(10)
  expect(state.shared).toEqual({ ...username, NodeType: 'WebAuthnAuthentication|' })
  expect(state.transient).toMatchObject({
    recoveryCodeDeviceName: 'My phone',
    webauthnAttestationInfo: { flags },
  })
})

test('expects the page of the server, if another site has sent its own origin', async () => {
  const relayed = { config: { relyingPartyDomain: 'example.com' }, origin: 'https://evil.example.com' }
  const { run, asked } = visit({ ...relayed, sent: '{}::1,2::new-id' })
  await run
  expect(asked).toMatchObject([{ relyingPartyId: 'example.com', origins: ['http://127.0.0.1:8080'] }])
})

test('rejects a device that is registered already, if registrations are limited', async () => {
  const again = { registeredDevices: [stored], sent: `{}::1,2::${stored.credentialId}` }
  const limited = await visit({ ...again, config: { excludeCredentials: true } }).run
  expect(outcomeOf(limited.action)).toBe('failure')
  expect(limited.log).toEqual([{ level: 'warn', message: 'the passkey is registered already' }])
  expect(outcomeOf((await visit(again).run).action)).toBe('success')
})

test('can leave the passkey and the response for later nodes', async () => {
  const config = { postponeDeviceProfileStorage: true, storeAttestationDataInTransientState: true }
  const { run, saved } = visit({ config, sent: '{}::1::new-id' })
  const { action, state } = await run
  expect(outcomeOf(action)).toBe('success')
  expect(saved.webauthn).toEqual([])
  expect(state.transient).toMatchObject({
    webauthnDeviceData: expect.stringContaining('sealed:'),
    webauthnData: '{}::1::new-id',
    webauthnAttestationType: 'NONE',
  })
})

test.each([
  ['unsupported', 'unsupported'],
  ['ERROR::NotAllowedError:No', 'error'],
])('takes %s to the outcome %s', async (sent, outcome) => {
  const { action, state } = await visit({ sent }).run
  expect(outcomeOf(action)).toBe(outcome)
  expect(state.shared.WebAuthenticationDOMException).toBe(
    outcome === 'error' ? 'NotAllowedError:No' : undefined,
  )
})

test('takes the outcome failure for an invalid response, without a request and without a person', async () => {
  const refused = await visit({ sent: '{}::1::id', refusal: 'another origin' }).run
  expect(outcomeOf(refused.action)).toBe('failure')
  expect(refused.log).toEqual([{ level: 'warn', message: 'passkey registration rejected' }])
  const unasked = await visit({ sent: '{}::1::id', shared: { 'web-authn-challenge': null } }).run
  expect(outcomeOf(unasked.action)).toBe('failure')
  expect(outcomeOf((await visit({ shared: { username: 'nobody' } }).run).action)).toBe('failure')
})

test('enforces the maximum number of devices', async () => {
  const { action } = await visit({ config: { maxSavedDevices: 1 }, registeredDevices: [stored] }).run
  expect(outcomeOf(action)).toBe('exceedDeviceLimit')
  const around = { typeNamed: () => undefined, child: () => undefined }
  const ids = (config: JsonObject) => outcomesOf(node, node.config.parse(config), around).map(({ id }) => id)
  expect(ids({ maxSavedDevices: 1 })).toContain('exceedDeviceLimit')
  expect(ids({ maxSavedDevices: 1, postponeDeviceProfileStorage: true })).not.toContain('exceedDeviceLimit')
})

test.each([{ enforceRevocationCheck: true }, { fidoCertificationLevel: 'FIDO_CERTIFIED_L1' }])(
  'rejects unsupported settings: %o',
  async (config) => {
    expect((await visit({ config }).run).action).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('not supported'),
    })
  },
)

test('rejects extensions that are no object', async () => {
  const { action } = await visit({ shared: { username: 'kim', webAuthnExtensions: 'all' } }).run
  expect(action).toEqual({ kind: 'error', message: 'Extensions must be a map' })
})

test('sends data in version 2.0, and registers like version 1.0', async () => {
  const { devices, saved } = devicesInMemory({ webauthn: [] })
  const ports = { devices, passkeys: passkeyFake().passkeys, identities: onlyKim, secrets }
  const shown = await runNode(webauthnRegistrationV2, { shared: username, ports })
  expect(callbacksOf(shown.action).map(({ type }) => type)).toEqual([
    'MetadataCallback',
    'HiddenValueCallback',
  ])
  const answers = fromBrowser('{}::1,2::AQL-')
  const { action } = await runNode(webauthnRegistrationV2, {
    shared: { ...username, ...challenge },
    answers,
    ports,
  })
  expect(outcomeOf(action)).toBe('success')
  expect(saved.webauthn).toHaveLength(1)
})
