import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createKeyRing, deriveKey } from '../secrets/key-ring.ts'
import { createSealer } from '../secrets/seal.ts'
import { openStores, type Stores } from '../store/stores.ts'
import { keySetOf, SigningKeyStore } from './signing-keys.ts'

const day = 24 * 3_600_000
const rootKey = new Uint8Array(32)
const keyRing = createKeyRing(rootKey)
let stores: Stores
let now: number
/** The key store of one server in a cluster. */
const server = () => new SigningKeyStore({ secrets: stores.secrets, keyRing, now: () => now })

beforeEach(async () => {
  now = 1_700_000_000_000
  stores = await openStores({
    dataFolder: mkdtempSync(join(tmpdir(), 'sidegate-')),
    databaseUrl: undefined,
  })
})
afterEach(() => stores.close())

const numbers = async (of: SigningKeyStore, realm = '/alpha') =>
  (await of.published(realm)).map(({ number }) => number)

test('all servers share the keys, and each realm has its own, whatever its name', async () => {
  const [one, other] = [server(), server()]
  const [first, second] = await Promise.all([one.published('/alpha'), other.published('/alpha')])
  expect(first).toEqual(second)
  expect(first[0]?.keys.map(({ alg }) => alg)).toEqual(['RS256', 'ES256', 'PS256'])
  await one.rotate('/alpha', false)
  expect(await one.published('/alpha 2')).toHaveLength(1)
  expect(JSON.stringify(await one.published('/alpha 2'))).not.toContain(first[0]?.keys[0]?.kid)
  expect(await stores.secrets.read('oauth signing keys /alpha')).not.toContain('"kty"')
})

test('replaces keys after 90 days and publishes the old ones for 30 more', async () => {
  const one = server()
  expect(await numbers(one)).toEqual([1])
  now += 90 * day - 1
  expect(await numbers(one)).toEqual([1])
  now += 60_001
  expect(await numbers(one)).toEqual([2, 1])
  now += 30 * day
  expect(await numbers(one)).toEqual([2])
})

test('concurrent servers agree on one new generation', async () => {
  const servers = [server(), server(), server()]
  await numbers(server())
  now += 91 * day
  const published = await Promise.all(servers.map((each) => each.published('/alpha')))
  expect(new Set(published.map((each) => JSON.stringify(keySetOf(each)))).size).toBe(1)
})

test('rotates keys on demand, and other servers see them within a minute', async () => {
  const [one, other] = [server(), server()]
  await numbers(other)
  expect((await one.rotate('/alpha', false)).map(({ number }) => number)).toEqual([2, 1])
  expect(await numbers(other)).toEqual([1])
  now += 60_000
  expect(await numbers(other)).toEqual([2, 1])
})

test('withdraws leaked keys', async () => {
  const one = server()
  await one.rotate('/alpha', false)
  expect((await one.rotate('/alpha', true)).map(({ number }) => number)).toEqual([2])
  expect((await one.rotate('/alpha', false)).map(({ number }) => number)).toEqual([3, 2])
})

test('replaces keys without a creation time, and keeps them published', async () => {
  const keys = [{ kty: 'RSA', alg: 'RS256', use: 'sig' }]
  const sealed = createSealer(deriveKey(rootKey, 'oauth signing keys')).seal(JSON.stringify({ keys }))
  await stores.secrets.saveIfAbsent('oauth signing keys /alpha', sealed)
  expect(await numbers(server())).toEqual([2, 1])
})
