import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AdapterPayload } from 'oidc-provider'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { digest } from '../secrets/digest.ts'
import { createSealer } from '../secrets/seal.ts'
import { openStores, type Stores } from '../store/stores.ts'
import { recordAdapter } from './adapter.ts'

let stores: Stores
let now: number
const adapter = (realm = '/alpha', model = 'AuthorizationCode') =>
  recordAdapter(realm, model, {
    store: stores.oauth,
    sealer: createSealer(new Uint8Array(32)),
    now: () => now,
    alreadyUsed: () => new Error('used before'),
  })

const saveGrant = () =>
  adapter('/alpha', 'Grant').upsert('grant-1', { kind: 'Grant', jti: 'grant-1' }, 10_000)

beforeEach(async () => {
  now = 1_700_000_000_000
  stores = await openStores({ dataFolder: mkdtempSync(join(tmpdir(), 'sidegate-')), databaseUrl: undefined })
  await saveGrant()
})
afterEach(() => stores.close())

const payload: AdapterPayload = {
  jti: 'code-1',
  kind: 'AuthorizationCode',
  clientId: 'desk',
  grantId: 'grant-1',
}

test('returns a record unchanged, and stores no id in plain text', async () => {
  await adapter().upsert('code-1', { ...payload, uid: 'uid-1', scope: undefined }, 60)
  const found = { ...payload, uid: 'uid-1' }
  expect(await adapter().find('code-1')).toEqual(found)
  expect(await adapter().findByUid('uid-1')).toEqual(found)
  const stored = await stores.oauth.read('/alpha', 'AuthorizationCode', digest('code-1'))
  expect(JSON.stringify(stored)).not.toContain('code-1')
})

test('hides a record from other realms and models, and after it expired', async () => {
  await adapter().upsert('code-1', payload, 60)
  expect(await adapter('/beta').find('code-1')).toBeUndefined()
  expect(await adapter('/alpha', 'RefreshToken').find('code-1')).toBeUndefined()
  now += 60_000
  expect(await adapter().find('code-1')).toBeUndefined()
})

test('marks a used code as consumed', async () => {
  await adapter().upsert('code-1', payload, 60)
  await adapter().consume('code-1')
  expect(await adapter().find('code-1')).toMatchObject({ consumed: 1_700_000_000 })
})

test('lets one of several concurrent uses of a code win, and revokes its grant', async () => {
  await adapter('/alpha', 'AccessToken').upsert('token-1', { ...payload, jti: 'token-1' }, 60)
  await adapter().upsert('code-1', payload, 60)
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => adapter().consume('code-1')))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await adapter().find('code-1')).toBeUndefined()
  expect(await adapter('/alpha', 'AccessToken').find('token-1')).toBeUndefined()
  expect(await adapter('/alpha', 'Grant').find('grant-1')).toBeUndefined()
})

test('revoking a grant removes all its records', async () => {
  await adapter().upsert('code-1', payload, 60)
  await adapter('/alpha', 'RefreshToken').upsert('refresh-1', { ...payload, jti: 'refresh-1' }, 60)
  await adapter().revokeByGrantId('grant-1')
  expect(await adapter().find('code-1')).toBeUndefined()
  expect(await adapter('/alpha', 'RefreshToken').find('refresh-1')).toBeUndefined()
})

const kinds = [
  'AccessToken',
  'AuthorizationCode',
  'BackchannelAuthenticationRequest',
  'ClientCredentials',
  'DeviceCode',
  'Grant',
  'InitialAccessToken',
  'PushedAuthorizationRequest',
  'RefreshToken',
  'RegistrationAccessToken',
  'ReplayDetection',
  'Session',
]

test.each(kinds)('everything that %s needs is there', async (model) => {
  const records = adapter('/alpha', model)
  const record = { ...payload, jti: 'id-1', kind: model, uid: 'uid-1', userCode: 'WXYZ' }
  await records.upsert('id-1', record, 60)
  expect(await records.find('id-1')).toEqual(record)
  expect(await records.findByUid('uid-1')).toEqual(record)
  expect(await records.findByUserCode('WXYZ')).toEqual(record)
  await records.upsert('id-1', { ...record, scope: 'more' }, 60)
  expect(await records.find('id-1')).toEqual({ ...record, scope: 'more' })
  await records.consume('id-1')
  await expect(records.consume('id-1')).rejects.toThrow('used before')
  await saveGrant()
  await records.upsert('id-2', { ...record, jti: 'id-2' }, 60)
  await records.destroy('id-2')
  expect(await records.find('id-2')).toBeUndefined()
  await records.upsert('id-3', { ...record, jti: 'id-3' }, 60)
  await records.revokeByGrantId('grant-1')
  expect(await records.find('id-3')).toBeUndefined()
  await records.upsert('id-4', { ...record, jti: 'id-4' }, 1)
  // Late clients get the error for an expired request for one hour. Then the record is deleted.
  now += 1000 + 3_600_000
  expect(await records.find('id-4')).toBeUndefined()
  await stores.oauth.deleteExpired(now)
  expect(await stores.oauth.read('/alpha', model, digest('id-4'))).toBeUndefined()
})
