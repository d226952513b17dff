import { afterEach, beforeEach, expect, test } from 'vitest'
import { openNewStores } from '../../test/support/new-database.ts'
import { saveRealm } from '../../test/support/prepared-folder.ts'
import {
  exampleCommit,
  exampleJourneySession,
  exampleTransaction,
  start,
} from '../store/contract/examples.ts'
import type { Stores } from '../store/stores.ts'
import { hasEverVerified, recordVerifiedRealms } from './verified-realms.ts'

let stores: Stores

beforeEach(async () => {
  stores = await openNewStores()
  for (const path of ['/alpha', '/beta']) await saveRealm(stores, path)
})
afterEach(() => stores.close())

test('a realm stays verified after its transactions are deleted, until it is removed', async () => {
  const transaction = exampleTransaction()
  const { idHash, realm } = transaction
  const proof = { triesLeft: 3, isBound: false, methods: [], level: 0 } as const
  const verification = { idHash, realm, codes: 'sealed', ...proof }
  await stores.steps.commit(
    exampleCommit(exampleJourneySession(), {
      transactions: [{ kind: 'create', transaction }],
      verifications: [{ kind: 'open', verification, now: start }],
    }),
  )
  await recordVerifiedRealms(stores)
  expect(await hasEverVerified(stores, '/alpha')).toBe(false)
  await stores.transactions.apply([
    { kind: 'start', idHash, now: start + 1 },
    { kind: 'complete', idHash, now: start + 2, sessionProperties: {}, reportedAfter: 0 },
  ])
  expect(await hasEverVerified(stores, '/alpha')).toBe(true)

  await recordVerifiedRealms(stores)
  await stores.transactions.deleteEnded(start + 1_000_000_000)
  await stores.verifications.deleteOrphans()
  expect(await stores.leads.hasVerified('/alpha')).toBe(false)
  expect(await hasEverVerified(stores, '/alpha')).toBe(true)
  expect(await hasEverVerified(stores, '/beta')).toBe(false)

  await stores.realms.remove('/alpha')
  await saveRealm(stores, '/alpha')
  expect(await hasEverVerified(stores, '/alpha')).toBe(false)
})
