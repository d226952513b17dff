import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OauthRecord } from '../../oauth/oauth-store.ts'
import type { ServiceAccount } from '../../oauth/service-account.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import type { Stores } from '../stores.ts'
import { exampleIdentity, type OpenStores, start } from './examples.ts'

const code: OauthRecord = {
  realm: '/alpha',
  model: 'AuthorizationCode',
  idHash: 'code',
  payload: { scope: 'openid' },
  grantIdHash: 'grant',
  expiresAt: start,
  clientId: 'desk',
}

const grantOf = (realm: string, idHash: string) => ({ realm, model: 'Grant', idHash, payload: {} })

const exampleRealm = (path: string) => ({
  path,
  isActive: true,
  aliases: [],
  settings: realmSettingsSchema.parse({}),
})

export function oauthStoreContract(open: OpenStores): void {
  describe('oauth', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
      await stores.oauth.save(grantOf('/alpha', 'grant'), grantOf('/alpha', 'g'), grantOf('/beta', 'grant'))
    })
    afterEach(() => stores.close())
    const read = (idHash: string) => stores.oauth.read('/alpha', 'AuthorizationCode', idHash)

    test('finds a record by id, user code and uid in its realm and model', async () => {
      const device = { ...code, model: 'DeviceCode', userCode: 'WXYZ', uidHash: 'uid', expiresAt: undefined }
      await stores.oauth.save(code)
      await stores.oauth.save(device)
      expect(await read('code')).toEqual(code)
      expect(await stores.oauth.read('/alpha', 'DeviceCode', 'code')).toEqual(device)
      expect(await stores.oauth.byUserCode('/alpha', 'DeviceCode', 'WXYZ')).toEqual(device)
      expect(await stores.oauth.byUid('/alpha', 'DeviceCode', 'uid')).toEqual(device)
      expect(await stores.oauth.byUid('/alpha', 'Session', 'uid')).toBeUndefined()
      expect(await stores.oauth.read('/beta', 'AuthorizationCode', 'code')).toBeUndefined()
    })

    test('uses a one-time record once, also when it is saved again', async () => {
      await stores.oauth.save(code)
      const use = () => stores.oauth.consume('/alpha', 'AuthorizationCode', 'code', 1_800_000_000)
      expect((await Promise.all([use(), use()])).toSorted()).toEqual([false, true])
      await stores.oauth.save({ ...code, payload: { scope: 'changed' } })
      expect(await use()).toBe(false)
      expect(await read('code')).toMatchObject({ payload: { scope: 'changed' }, consumedAt: 1_800_000_000 })
    })

    test('changes a record that was read, and does not revive one that was removed since', async () => {
      await stores.oauth.save(code)
      const changed = { ...code, payload: { scope: 'changed' }, expiresAt: start + 1 }
      await stores.oauth.save({ ...changed, wasRead: true })
      expect(await read('code')).toEqual(changed)
      await stores.oauth.remove('/alpha', 'AuthorizationCode', 'code')
      await stores.oauth.save({ ...code, wasRead: true }, { ...code, idHash: 'new' })
      expect(await Promise.all(['code', 'new'].map(read))).toEqual([undefined, { ...code, idHash: 'new' }])
    })

    test('finds no token whose grant was removed, even one that was saved afterwards', async () => {
      await stores.oauth.save(code)
      await stores.oauth.remove('/alpha', 'Grant', 'grant')
      expect(await read('code')).toBeUndefined()
      await stores.oauth.save({ ...code, idHash: 'late' })
      expect(await read('late')).toBeUndefined()
    })

    test('removes the records of a removed person, in their realm only', async () => {
      const person = exampleIdentity({ id: 'leaver' })
      await stores.identities.create(person)
      await stores.oauth.save({ ...code, accountId: 'leaver' })
      await stores.oauth.save({ ...code, idHash: 'another', accountId: 'stayer' })
      await stores.oauth.save({ ...code, realm: '/beta', accountId: 'leaver' })
      expect(await stores.identities.remove('/alpha', 'leaver')).toBe(true)
      expect(await read('code')).toBeUndefined()
      expect(await read('another')).toMatchObject({ accountId: 'stayer' })
      expect(await stores.oauth.read('/beta', 'AuthorizationCode', 'code')).toBeDefined()
    })

    test('creates a record once, also in concurrent calls', async () => {
      const create = () => stores.oauth.create(code)
      expect((await Promise.all([create(), create(), create()])).toSorted()).toEqual([false, false, true])
      expect(await create()).toBe(false)
      expect(await stores.oauth.create({ ...code, realm: '/beta' })).toBe(true)
    })

    test('keeps service accounts, each id once', async () => {
      const account: ServiceAccount = {
        id: 'one',
        name: 'pipeline',
        description: '',
        isActive: true,
        scopes: ['fr:am:*'],
        keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'x' }],
        createdAt: start,
      }
      const { serviceAccounts } = stores
      const created = await Promise.all([serviceAccounts.create(account), serviceAccounts.create(account)])
      expect(created.toSorted()).toEqual([false, true])
      expect(await serviceAccounts.read('one')).toEqual(account)
      const changed = { ...account, isActive: false, scopes: ['fr:idm:*'], createdAt: start + 1 }
      expect(await serviceAccounts.replace(account, changed)).toBe(true)
      expect(await serviceAccounts.replace(account, { ...account, name: 'outdated' })).toBe(false)
      expect(await serviceAccounts.all()).toEqual([{ ...changed, createdAt: start }])
      const absent = { ...account, id: 'two' }
      expect(await serviceAccounts.replace(absent, absent)).toBe(false)
      const racing = ['a', 'b'].map((name) => serviceAccounts.replace(changed, { ...changed, name }))
      expect((await Promise.all(racing)).toSorted()).toEqual([false, true])
      expect(await serviceAccounts.remove('one')).toBe(true)
      expect(await serviceAccounts.remove('one')).toBe(false)
      expect(await serviceAccounts.read('one')).toBeUndefined()
    })

    test('removes the records of a grant with it', async () => {
      for (const record of [code, { ...code, idHash: 'two' }, { ...code, idHash: 'own', grantIdHash: 'g' }]) {
        await stores.oauth.save(record)
      }
      await stores.oauth.removeGrant('/alpha', 'grant')
      expect(await Promise.all(['code', 'two', 'own'].map(read))).toEqual([
        undefined,
        undefined,
        { ...code, idHash: 'own', grantIdHash: 'g' },
      ])
      await stores.oauth.remove('/alpha', 'AuthorizationCode', 'own')
      expect(await read('own')).toBeUndefined()
    })

    test('lets one of many concurrent polls through, and the next one later', async () => {
      await stores.oauth.save(code)
      const ask = (now: number) => stores.oauth.poll('/alpha', 'AuthorizationCode', 'code', now - 5000, now)
      const first = await Promise.all([ask(start), ask(start), ask(start)])
      expect(first.filter((isThrough) => isThrough)).toHaveLength(1)
      await stores.oauth.save(code)
      expect(await ask(start + 4999)).toBe(false)
      expect(await ask(start + 5000)).toBe(true)
      expect(await stores.oauth.poll('/beta', 'AuthorizationCode', 'code', start, start)).toBe(false)
    })

    test('registers clients up to a maximum, also at once, and not those of administrators', async () => {
      const { oauthClients } = stores
      const own = (id: string) => ({
        id,
        document: {},
        sealedSecret: 's',
        registeredAt: start,
        registrationTokenHash: id,
      })
      for (const path of ['/alpha', '/beta']) await stores.realms.save(exampleRealm(path))
      await oauthClients.save('/alpha', { id: 'configured', document: {} })
      await oauthClients.register('/beta', own('elsewhere'), 2)
      const ids = Array.from({ length: 40 }, (_, place) => `client-${place}`)
      const all = await Promise.all(ids.map((id) => oauthClients.register('/alpha', own(id), 2)))
      expect(all.filter((isRegistered) => isRegistered)).toHaveLength(2)
      const [first = '', second = ''] = ids.filter((_, place) => all[place])
      expect(await oauthClients.read('/alpha', first)).toEqual(own(first))
      expect(await oauthClients.register('/alpha', own(first), 10)).toBe(false)
      expect(await oauthClients.register('/alpha', own('configured'), 10)).toBe(false)
      expect(await oauthClients.unregister('/alpha', second, second)).toBe(true)
      expect(await oauthClients.register('/alpha', own('e'), 2)).toBe(true)
      expect(await oauthClients.register('/removed', own('f'), 2)).toBe(false)
    })

    test('changes a registered client only by its token, which an administrator ends', async () => {
      const { oauthClients } = stores
      const own = { id: 'own', document: { a: 1 }, registeredAt: start, registrationTokenHash: 'hash' }
      await stores.realms.save(exampleRealm('/alpha'))
      await oauthClients.register('/alpha', own, 10)
      expect(await oauthClients.reregister('/alpha', { ...own, registrationTokenHash: 'other' })).toBe(false)
      expect(await oauthClients.reregister('/beta', own)).toBe(false)
      expect(await oauthClients.unregister('/alpha', 'own', 'other')).toBe(false)
      expect(await oauthClients.reregister('/alpha', { ...own, document: { a: 2 } })).toBe(true)
      expect(await oauthClients.read('/alpha', 'own')).toEqual({ ...own, document: { a: 2 } })
      await oauthClients.save('/alpha', { id: 'own', document: { a: 3 } })
      expect(await oauthClients.reregister('/alpha', own)).toBe(false)
      expect(await oauthClients.unregister('/alpha', 'own', 'hash')).toBe(false)
      expect(await oauthClients.read('/alpha', 'own')).toEqual({ id: 'own', document: { a: 3 } })
    })

    test('removes the records of a client with it, and no others', async () => {
      await stores.oauth.save(code)
      await stores.oauth.save({ ...code, idHash: 'other', clientId: 'other' })
      await stores.oauth.save({ ...code, idHash: 'elsewhere', realm: '/beta' })
      await stores.oauth.removeClient('/alpha', 'desk')
      expect(await read('code')).toBeUndefined()
      expect(await read('other')).toBeDefined()
      expect(await stores.oauth.read('/beta', 'AuthorizationCode', 'elsewhere')).toBeDefined()
    })

    test('deletes expired records and keeps those without an expiry', async () => {
      const forever = { ...code, idHash: 'forever', expiresAt: undefined }
      for (const record of [code, { ...code, idHash: 'young', expiresAt: start + 1 }, forever]) {
        await stores.oauth.save(record)
      }
      expect(await stores.oauth.deleteExpired(start)).toBe(1)
      expect(await read('code')).toBeUndefined()
      expect(await read('forever')).toEqual(forever)
    })

    test('reports a client as new once and replaces it afterwards', async () => {
      const client = { id: 'desk', document: { redirectionUris: ['https://a.b'] }, sealedSecret: 'sealed' }
      expect(await stores.oauthClients.save('/alpha', client)).toBe(true)
      const open = { ...client, sealedSecret: undefined }
      expect(await stores.oauthClients.save('/alpha', open)).toBe(false)
      expect(await stores.oauthClients.read('/alpha', 'desk')).toEqual(open)
      expect(await stores.oauthClients.all('/alpha')).toEqual([open])
      expect(await stores.oauthClients.remove('/alpha', 'desk')).toBe(true)
      expect(await stores.oauthClients.remove('/alpha', 'desk')).toBe(false)
    })

    test('replaces a sealed client secret only if it is the expected one', async () => {
      const client = { id: 'desk', document: { a: 1 }, sealedSecret: 'old' }
      await stores.oauthClients.save('/alpha', client)
      await stores.oauthClients.replaceSecret('/alpha', 'desk', 'another', 'new')
      await stores.oauthClients.replaceSecret('/beta', 'desk', 'old', 'new')
      expect(await stores.oauthClients.read('/alpha', 'desk')).toEqual(client)
      await stores.oauthClients.replaceSecret('/alpha', 'desk', 'old', 'new')
      expect(await stores.oauthClients.read('/alpha', 'desk')).toEqual({ ...client, sealedSecret: 'new' })
    })

    test('finds secrets by prefix, replaces all or none, and removes them', async () => {
      for (const name of ['key 1', 'key 2', 'other']) await stores.secrets.saveIfAbsent(name, `of ${name}`)
      const keys = [
        { name: 'key 1', sealed: 'of key 1' },
        { name: 'key 2', sealed: 'of key 2' },
      ]
      expect(await stores.secrets.byPrefix('key ')).toEqual(keys)
      const change = (name: string, from: string) => ({ name, from, to: 'new' })
      const late = [change('key 1', 'of key 1'), change('key 2', 'older')]
      expect(await stores.secrets.replace(late)).toBe(false)
      expect(await stores.secrets.byPrefix('key ')).toEqual(keys)
      expect(await stores.secrets.replace([change('key 1', 'of key 1')])).toBe(true)
      expect(await stores.secrets.read('key 1')).toBe('new')
      await stores.secrets.remove('key 1')
      expect(await stores.secrets.read('key 1')).toBeUndefined()
    })

    test('finds sealed text in every table', async () => {
      const { secrets } = stores
      expect(await secrets.isInUse('v2.7.')).toBe(false)
      await secrets.saveIfAbsent('root key 7', 'v2.7.key')
      expect(await secrets.isInUse('v2.7.')).toBe(false)
      const person = exampleIdentity({ attributes: { oathDeviceProfiles: ['v2.1.a'] } })
      await stores.identities.create(person)
      const node = { id: 'n', type: 'T', version: '1.0', config: { secretKey: 'sealed:v2.2.a' } }
      await stores.configuration.saveNode('/alpha', node)
      await stores.documents.save('/alpha', { kind: 'k', id: 'd', document: { a: 'sealed:v2.3.a' } })
      await stores.steps.saveRevision('r', '"sealed:v2.4.a"', start)
      await stores.oauth.save({ ...code, payload: { jti: 'v2.5.a' } })
      await stores.oauthClients.save('/alpha', { id: 'c', document: {}, sealedSecret: 'v2.6.a' })
      await secrets.saveIfAbsent('oauth signing keys', 'v2.8.a')
      for (const generation of [1, 2, 3, 4, 5, 6, 8]) {
        expect(await secrets.isInUse(`v2.${generation}.`), `${generation}`).toBe(true)
      }
      expect(await secrets.isInUse('v2.9.')).toBe(false)
    })

    test('keeps one of several secrets saved concurrently, and returns it to all callers', async () => {
      const kept = await Promise.all(
        ['a', 'b', 'c'].map((sealed) => stores.secrets.saveIfAbsent('key', sealed)),
      )
      expect(new Set(kept).size).toBe(1)
      expect(await stores.secrets.read('key')).toBe(kept[0])
      expect(await stores.secrets.read('another')).toBeUndefined()
    })
  })
}
