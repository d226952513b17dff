import { createPublicKey, X509Certificate } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createKeyRing } from '../../../secrets/key-ring.ts'
import { openStores, type Stores } from '../../../store/stores.ts'
import { SpKeyStore } from './sp-key-store.ts'
import { spKeyOwner, spKeysOf } from './sp-keys.ts'

const day = 24 * 3_600_000
const entityId = 'https://sp.example.com'
const owner = spKeyOwner('/alpha', entityId)
let stores: Stores
let now: number
let keys: SpKeyStore

beforeEach(async () => {
  now = 1_700_000_000_000
  stores = await openStores({ dataFolder: mkdtempSync(join(tmpdir(), 'sidegate-')), databaseUrl: undefined })
  keys = new SpKeyStore({
    secrets: stores.secrets,
    keyRing: createKeyRing(new Uint8Array(32)),
    now: () => now,
  })
})
afterEach(() => stores.close())

const certificates = async (realm = '/alpha') => {
  const { signing, published } = await spKeysOf(keys, { realm, entityId, now })
  return { signing: signing.certificate, published: published.map(({ certificate }) => certificate) }
}

test('a service provider gets a certified key, sealed at rest, which stays for years', async () => {
  const { signing, published } = await certificates()
  expect(published).toEqual([signing])
  const certificate = new X509Certificate(Buffer.from(signing, 'base64'))
  const { privateKey } = (await spKeysOf(keys, { realm: '/alpha', entityId, now })).signing
  expect(certificate.publicKey.equals(createPublicKey(privateKey))).toBe(true)
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(now + 3600 * day)
  const [stored] = await stores.secrets.byPrefix('saml keys')
  expect(stored?.sealed).not.toContain('"kty"')
  now += 3000 * day
  expect(await certificates()).toEqual({ signing, published })
  expect((await certificates('/beta')).signing).not.toBe(signing)
})

test('a new key is announced for a week before it signs, and the old one leaves after thirty days', async () => {
  const old = await certificates()
  await keys.rotate(owner, false)
  const both = await certificates()
  expect(both.published).toEqual([expect.any(String), old.signing])
  expect(both.signing).toBe(old.signing)
  now += 7 * day - 1
  expect((await certificates()).signing).toBe(old.signing)
  now += 1
  expect((await certificates()).signing).toBe(both.published[0])
  now += 23 * day
  expect((await certificates()).published).toEqual([both.published[0]])
})

test('a key that replaces a leaked one signs at once, alone', async () => {
  const old = await certificates()
  await keys.rotate(owner, true)
  const { signing, published } = await certificates()
  expect(published).toEqual([signing])
  expect(signing).not.toBe(old.signing)
})
