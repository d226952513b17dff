import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openNewStores } from '../../test/support/new-database.ts'
import { journeyDocumentSchema, nodeDocumentSchema } from '../journeys/journey-document.ts'
import { SigningKeyStore } from '../oauth/signing-keys.ts'
import { SpKeyStore } from '../people/providers/saml/sp-key-store.ts'
import { messagingSchema } from '../realms/messaging-settings.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { sealedRealms, withOpenSecrets } from '../realms/sealed-realms.ts'
import { openKeyRing, type StoredKeyRing } from '../secrets/key-ring.ts'
import { openValues } from '../secrets/sealed-value.ts'
import type { Stores } from '../store/stores.ts'
import { KeyRotation } from './key-rotation.ts'
import { settingsSealer, withSealedSettings } from './sealed-settings.ts'

const dayMs = 24 * 3_600_000
const start = 20_000 * dayMs

let now: number
let stores: Stores
let keyRing: StoredKeyRing
let rotation: KeyRotation

beforeEach(async () => {
  now = start
  stores = await openNewStores()
  const { secrets } = stores
  const clock = () => now
  keyRing = await openKeyRing({ secrets, masterKey: new Uint8Array(32), now: clock })
  const signingKeys = new SigningKeyStore({ secrets, keyRing, now: clock })
  rotation = new KeyRotation({ ...stores, keyRing, signingKeys, now: clock, log: pino({ level: 'silent' }) })
})
afterEach(() => stores.close())

const kept = () => keyRing.generations().map(({ number }) => number)
const device = (sealed: string) =>
  stores.documents.save('/alpha', { kind: 'other', id: 'one', document: { sealed } })

test('keys that were replaced stay as long as a cookie may, and then leave', async () => {
  await rotation.rotate(now)
  now += 399 * dayMs
  await rotation.maintain()
  expect(kept()).toEqual([1, 2])
  now += 2 * dayMs
  await rotation.maintain()
  expect(kept()).toEqual([2])
})

test('keys with which something is sealed stay, whatever their age', async () => {
  const sealed = keyRing.sealer('devices').seal('a device')
  await device(sealed)
  await rotation.rotate(now)
  now += 5000 * dayMs
  await rotation.maintain()
  expect(kept()).toEqual([1, 2])
  expect(keyRing.sealer('devices').open(sealed)).toBe('a device')
  await device(keyRing.sealer('devices').seal('a device'))
  await rotation.maintain()
  expect(kept()).toEqual([2])
})

test('keys of service providers are sealed again', async () => {
  const stored = () => stores.secrets.byPrefix('s').then((all) => all.map(({ sealed }) => sealed))
  const keys = new SpKeyStore({ secrets: stores.secrets, keyRing, now: () => now })
  const [made] = await keys.published('/alpha sp')
  const before = await stored()
  await rotation.rotate(now)
  now += 500 * dayMs
  await rotation.maintain()
  expect(kept()).toEqual([2])
  expect(await stored()).not.toEqual(before)
  expect(await keys.published('/alpha sp')).toEqual([made])
})

test('secrets in drafts are sealed again, and keep their revision', async () => {
  const settings = realmSettingsSchema.parse({})
  await stores.realms.save({ path: '/alpha', isActive: true, aliases: [], settings })
  const node = { id: 'n', type: 'ReCaptchaNode', version: '1.0', config: { secretKey: 'typed' } }
  const journey = journeyDocumentSchema.parse({ _id: 'Login', entryNodeId: '', nodes: {} })
  const draft = { journey, nodes: new Map([['n', node]]), base: 1, revision: 'r', at: now, by: undefined }
  await withSealedSettings(stores, settingsSealer(keyRing)).drafts.save('/alpha', draft, undefined)
  await rotation.rotate(now)
  now += 500 * dayMs
  await rotation.maintain()
  expect(kept()).toEqual([2])
  const { nodes, ...rest } = (await stores.drafts.find('/alpha', 'Login')) ?? draft
  expect(rest).toMatchObject({ base: 1, revision: 'r' })
  expect(openValues(settingsSealer(keyRing), nodes.get('n')?.config ?? {})).toEqual({ secretKey: 'typed' })
})

test('secrets in versions are sealed again, and are not a new version', async () => {
  const settings = realmSettingsSchema.parse({})
  await stores.realms.save({ path: '/alpha', isActive: true, aliases: [], settings })
  const save = (secretKey: string) =>
    withSealedSettings(stores, settingsSealer(keyRing)).configuration.saveNode('/alpha', {
      id: 'n',
      type: 'ReCaptchaNode',
      version: '1.0',
      config: { secretKey },
    })
  await save('first')
  await save('second')
  await rotation.rotate(now)
  now += 500 * dayMs
  await rotation.maintain()
  expect(kept()).toEqual([2])
  const versions = (await stores.versions.withSecrets('/alpha')).filter(({ kind }) => kind === 'node')
  const opened = versions.map(({ content }) =>
    openValues(settingsSealer(keyRing), nodeDocumentSchema.parse(JSON.parse(content)).config),
  )
  expect(opened).toEqual([{ secretKey: 'first' }, { secretKey: 'second' }])
})

test('secrets of gateways are sealed again, also in versions and in settings from before an upgrade', async () => {
  const sealer = settingsSealer(keyRing)
  const save = (authToken: string, from: string) => {
    const sms = { provider: 'twilio', accountSid: `AC${'0'.repeat(32)}`, authToken, from }
    const settings = realmSettingsSchema.parse({ messaging: { sms } })
    const { maxCodesPerAddress: _, ...older } = settings.messaging
    // Stored without a member that was added later.
    const stored = { ...settings, messaging: older } as typeof settings
    return sealedRealms(stores.realms, sealer).save({
      path: '/alpha',
      isActive: true,
      aliases: [],
      settings: stored,
    })
  }
  await save('first', '+15005550006')
  await save('second', '+15005550007')
  await rotation.rotate(now)
  now += 500 * dayMs
  await rotation.maintain()
  expect(kept()).toEqual([2])
  const settings = (await stores.realms.read('/alpha'))?.settings
  expect(withOpenSecrets(settings?.messaging ?? messagingSchema.parse({}), sealer).sms).toMatchObject({
    authToken: 'second',
  })
  const versions = await stores.versions.withSecrets('/alpha')
  const opened = versions.map(({ content }) =>
    withOpenSecrets(realmSettingsSchema.parse(JSON.parse(content)).messaging, sealer),
  )
  expect(opened).toMatchObject([{ sms: { authToken: 'first' } }, { sms: { authToken: 'second' } }])
})

test('the newest keys never leave', async () => {
  now += 5000 * dayMs
  await rotation.maintain()
  expect(kept()).toEqual([1])
})

test('keys that are not in use yet replace none', async () => {
  await rotation.rotate(now + 120_000)
  await rotation.maintain()
  expect(keyRing.sealer('a').seal('x')).toMatch(/^v2\.1\./)
})
