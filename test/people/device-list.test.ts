import { deviceClient } from '@forgerock/javascript-sdk/device-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deviceAttributes } from '../../src/attributes/attribute.ts'
import type { Device, DeviceKind } from '../../src/nodes/ports/ports.ts'
import { sealDevice } from '../../src/people/devices/sealed-devices.ts'
import { createKeyRing } from '../../src/secrets/key-ring.ts'
import { openMasterKey } from '../../src/secrets/master-key.ts'
import type { Stores } from '../../src/store/stores.ts'
import { Browser } from '../support/browser-shims.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

const alexId = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
const at = `/realms/alpha/users/${alexId}/devices`
const createdDate = 1_700_000_000_000

const common = {
  deviceName: 'Mine',
  recoveryCodes: ['hash-of-a-code'],
  createdDate,
  lastAccessDate: createdDate,
}
const devices: Record<DeviceKind, Device> = {
  oath: { ...common, uuid: 'oath-1', sharedSecret: 'c0ffee', counter: 7, lastLogin: 3 },
  push: { ...common, uuid: 'push-1', sharedSecret: 'c0ffee' },
  webauthn: { ...common, uuid: 'key-1', credentialId: 'credential', publicKey: 'cose', signCount: 1 },
  binding: {
    ...common,
    uuid: 'bound-1',
    deviceId: 'phone',
    key: { kty: 'EC', kid: 'k-1', crv: 'P-256', x: 'x', y: 'y', d: 'private' },
  },
  profile: {
    uuid: 'browser-1',
    deviceName: 'Laptop',
    recoveryCodes: [],
    lastSelectedDate: createdDate,
    metadata: { platform: 'x' },
  },
}

let server: TestServer
let admin: Ask
let alex: Ask
let dana: Ask
let token: string

beforeAll(async () => {
  server = await startPrepared(prepare)
  admin = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  dana = asking(server.url, await signIn(server.url, 'dana', 'Dana-Pass-2026'))
})
beforeEach(async () => {
  await register()
  // A registration ends the sessions of the owner.
  token = await signIn(server.url, 'alex', 'Alex-Pass-2026')
  alex = asking(server.url, token)
})
afterAll(() => server.stop())

/** Gives Alex one device of each kind, as journeys do. */
async function register() {
  const sealer = createKeyRing(openMasterKey(server.folder).key).sealer('devices')
  const patch = Object.entries(devices).map(([kind, device]) => ({
    operation: 'replace',
    field: deviceAttributes[kind as DeviceKind],
    value: [sealDevice(sealer, alexId, device)],
  }))
  await admin(`/openidm/managed/alpha_user/${alexId}`, { method: 'PATCH', body: patch })
}

/** Rules of a session, how the person signed in, and the second factors that the person may remove. */
const rules: [rule: string, methods: string, kinds: DeviceKind[]][] = [
  ['SAME', 'pwd otp mfa', ['oath']],
  ['SAME', 'pop', ['webauthn']],
  ['SAME', 'pwd hwk mfa', ['binding']],
  ['SAME', 'pwd', []],
  ['ANY', 'pwd rc', []],
  ['ANY', 'pop', ['oath', 'push', 'webauthn', 'binding']],
  ['unknown', 'pwd', []],
  ['NONE', 'pwd', ['oath', 'push', 'webauthn', 'binding']],
]

/** Saves a journey for each rule, whose sessions have it. */
async function prepare(stores: Stores): Promise<void> {
  for (const [rule, methods] of rules) {
    const config = { properties: { deviceManagement: rule, amr: methods } }
    const nodes = {
      name: { type: 'UsernameCollectorNode', to: { outcome: 'password' } },
      password: { type: 'PasswordCollectorNode', to: { outcome: 'check' } },
      check: { type: 'DataStoreDecisionNode', to: { true: 'properties', false: 'failure' } },
      properties: { type: 'SetSessionPropertiesNode', config, to: { outcome: 'success' } },
    }
    await saveJourney(stores, `${rule} ${methods}`, nodes, { noSession: false })
  }
}

async function signInBy(journey: string): Promise<Ask> {
  const named = await answerStep(server.url, await startJourney(server.url, journey), ['alex'])
  const { body } = await answerStep(server.url, named, ['Alex-Pass-2026'])
  return asking(server.url, String(body.tokenId))
}

describe('devices', () => {
  test.each([
    ['2fa/oath', { _id: 'oath-1', uuid: 'oath-1', deviceName: 'Mine', createdDate, recoveryCodes: [] }],
    ['2fa/push', { _id: 'push-1', deviceManagementStatus: false }],
    ['2fa/webauthn', { _id: 'key-1', credentialId: 'credential' }],
    [
      '2fa/binding',
      { _id: 'bound-1', deviceId: 'phone', key: { kty: 'EC', kid: 'k-1', crv: 'P-256', x: 'x', y: 'y' } },
    ],
    ['profile', { _id: 'browser-1', identifier: 'browser-1', alias: 'Laptop', metadata: { platform: 'x' } }],
  ])(
    'of kind %s are listed for their owner and for administrators, without secrets',
    async (kind, expected) => {
      for (const ask of [alex, admin]) {
        const { status, body } = await ask(`${at}/${kind}?_queryFilter=true`)
        expect(status).toBe(200)
        expect(body).toMatchObject({ resultCount: 1, result: [expected] })
        expect(body.result[0]._rev).toEqual(expect.any(String))
        expect(JSON.stringify(body)).not.toMatch(/c0ffee|hash-of|private|cose/)
      }
      expect((await alex(`/realms/alpha/users/alex/devices/${kind}/${expected._id}`)).body).toMatchObject(
        expected,
      )
    },
  )

  test('are hidden from other people', async () => {
    for (const [ask, status] of [
      [dana, 403],
      [asking(server.url, ''), 401],
    ] as const) {
      expect((await ask(`${at}/2fa/oath?_queryFilter=true`)).status).toBe(status)
      expect((await ask(`${at}/2fa/oath/oath-1`, { method: 'DELETE', body: {} })).status).toBe(status)
      const body = { deviceName: 'Theirs' }
      expect((await ask(`${at}/2fa/oath/oath-1`, { method: 'PUT', body })).status).toBe(status)
    }
    expect((await dana('/realms/alpha/users/nobody/devices/profile')).status).toBe(403)
    expect((await admin('/realms/alpha/users/nobody/devices/profile')).status).toBe(404)
    expect((await alex(`${at}/2fa/constructor`)).status).toBe(404)
    expect((await alex(`${at}/2fa/oath/none`)).status).toBe(404)
  })

  test('can be renamed and removed by their owner, but not changed otherwise', async () => {
    const sent = { deviceName: ' Work phone ', uuid: 'other', sharedSecret: 'mine', recoveryCodes: ['x'] }
    const renamed = await alex(`${at}/2fa/oath/oath-1`, { method: 'PUT', body: sent })
    expect(renamed.body).toMatchObject({ uuid: 'oath-1', deviceName: 'Work phone', recoveryCodes: [] })
    expect((await alex(`${at}/2fa/oath/oath-1`, { method: 'PUT', body: { deviceName: ' ' } })).status).toBe(
      400,
    )
    expect((await alex(`${at}/2fa/oath/oath-1`, { method: 'PUT', body: {} })).status).toBe(400)
    expect((await alex(`${at}/2fa/oath/none`, { method: 'PUT', body: sent })).status).toBe(404)
    expect((await alex(`${at}/2fa/oath/oath-1`, { method: 'DELETE', body: {} })).body.uuid).toBe('oath-1')
    expect((await alex(`${at}/2fa/oath`)).body.result).toEqual([])
    expect((await alex(`${at}/2fa/oath/oath-1`, { method: 'DELETE', body: {} })).status).toBe(404)
    expect((await alex(`${at}/2fa/push`)).body.result).toHaveLength(1)
  })

  test.each(rules)(
    'with the rule %s and the methods %s, the owner may remove %j',
    async (rule, methods, kinds) => {
      const session = await signInBy(`${rule} ${methods}`)
      const removed: string[] = []
      for (const kind of ['oath', 'push', 'webauthn', 'binding'] as const) {
        const path = `${at}/2fa/${kind}/${devices[kind].uuid}`
        const { status } = await session(path, { method: 'DELETE', body: {} })
        expect([200, 403]).toContain(status)
        if (status === 200) removed.push(kind)
      }
      expect(removed).toEqual(kinds)
      expect((await session(`${at}/profile/browser-1`, { method: 'DELETE', body: {} })).status).toBe(200)
      expect((await admin(`${at}/2fa/oath?_queryFilter=true`)).body.resultCount).toBe(
        removed.includes('oath') ? 0 : 1,
      )
    },
  )

  test('that are removed are audited with the person who did it', async () => {
    await admin(`${at}/2fa/webauthn/key-1`, { method: 'DELETE', body: {} })
    const [entry] = await audited(admin, `whom=${alexId}&event=AM-IDENTITY-CHANGE`)
    expect(entry).toMatchObject({
      who: { name: 'amadmin' },
      whom: { name: 'alex' },
      result: 'SUCCESSFUL',
      what: { kind: 'device', id: 'key-1', name: 'webauthn', operation: 'DELETE' },
    })
  })

  test('are managed by the device client of the vendor’s SDK', async () => {
    const browser = new Browser()
    browser.install()
    const bare = globalThis.fetch
    globalThis.fetch = (input, init) => {
      const request = new Request(input, init)
      request.headers.set('iPlanetDirectoryPro', token)
      return bare(request)
    }
    try {
      const client = deviceClient({ realmPath: 'alpha', serverConfig: { baseUrl: `${server.url}/` } })
      const query = { userId: alexId, realm: 'alpha' }
      expect(await client.oath.get(query)).toMatchObject([{ uuid: 'oath-1' }])
      const [key] = (await client.webAuthn.get(query)) as { uuid: string }[]
      const device = { ...(key as object), deviceName: 'Renamed' }
      expect(await client.webAuthn.update({ ...query, device } as never)).toMatchObject({
        deviceName: 'Renamed',
      })
      const [bound] = (await client.bound.get(query)) as { uuid: string }[]
      const renamed = { ...(bound as object), deviceName: 'Phone' }
      expect(await client.bound.update({ ...query, device: renamed } as never)).toMatchObject({
        deviceName: 'Phone',
      })
      const [profile] = (await client.profile.get(query)) as { identifier: string }[]
      const named = { ...(profile as object), alias: 'Desk' }
      expect(await client.profile.update({ ...query, device: named } as never)).toMatchObject({
        alias: 'Desk',
      })
      expect(await client.profile.delete({ ...query, device: profile } as never)).toMatchObject({
        alias: 'Desk',
      })
      expect(await client.oath.delete({ ...query, device: { uuid: 'oath-1' } } as never)).toMatchObject({
        uuid: 'oath-1',
      })
    } finally {
      browser.uninstall()
    }
  })
})
