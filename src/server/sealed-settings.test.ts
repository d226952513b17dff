import { afterEach, beforeEach, expect, test } from 'vitest'
import { openNewStores } from '../../test/support/new-database.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { createSealer } from '../secrets/seal.ts'
import type { Stores } from '../store/stores.ts'
import { withSealedSettings } from './sealed-settings.ts'

let stores: Stores
let sealed: Stores
beforeEach(async () => {
  stores = await openNewStores()
  sealed = withSealedSettings(stores, createSealer(new Uint8Array(32)))
  await stores.realms.save(realm())
})
afterEach(() => stores.close())

const secret = 'secret-of-larkfield'

function realm(authToken: string | null = null) {
  const sms = { provider: 'twilio', accountSid: `AC${'0'.repeat(32)}`, authToken, from: '+15005550006' }
  const settings = realmSettingsSchema.parse({ messaging: { sms } })
  return { path: '/alpha', isActive: true, aliases: [], settings }
}

const documents = [
  { kind: 'socialIdentityProvider', id: 'google', document: { clientSecret: secret } },
  { kind: 'webhook', id: 'one', document: { headers: { authorization: secret } } },
]
const nothing = { journeys: [], nodes: [], scripts: [], customNodeTypes: [] }
const mark = { at: 1 }

test.each<[string, (version: number) => Promise<unknown>]>([
  [
    'an import',
    (version) =>
      sealed.configuration.saveAll('/alpha', { ...nothing, documents }, version, {
        mark,
        realm: realm(secret),
      }),
  ],
  [
    'a change of several realms',
    (version) =>
      sealed.configuration.saveRealms([{ path: '/alpha', realm: realm(secret), documents }], version, mark),
  ],
])('%s stores the secrets of settings and documents sealed, also in versions', async (_, save) => {
  await save(await stores.configuration.version())
  const stored = [
    await stores.realms.read('/alpha'),
    await stores.documents.all('/alpha'),
    await stores.versions.withSecrets('/alpha'),
  ]
  expect(stored.map((one) => JSON.stringify(one).includes('sealed:'))).toEqual([true, true, true])
  expect(JSON.stringify(stored)).not.toContain(secret)
})
