import { expect, test } from 'vitest'
import type { WallQuery } from '../../../help-desk/leads/lead-store.ts'
import { realmSettingsSchema } from '../../../realms/realm.ts'
import type { Call } from '../../route.ts'
import { wallRoutes } from './wall.ts'

const day = 24 * 60 * 60_000

test('the wall shows bad ends of the last 15 minutes, and reports that no lead has read of the last week', async () => {
  const queries: WallQuery[] = []
  const stores = {
    leads: {
      async wall(query: WallQuery) {
        queries.push(query)
        return []
      },
    },
  }
  const from = { stores, approvals: { waiting: async () => [] }, now: () => 30 * day }
  const [route] = wallRoutes(from as unknown as Parameters<typeof wallRoutes>[0])
  const realm = { path: '/alpha', settings: realmSettingsSchema.parse({}) }
  const call = {
    realm,
    headers: {},
    session: async () => ({ session: { realm: '/alpha', identityId: 'lena' } }),
  } as unknown as Call
  expect(await route?.handle(call)).toMatchObject({ body: { now: 30 * day, result: [] } })
  expect(queries).toMatchObject([{ realm: '/alpha', since: 30 * day - 15 * 60_000, unreadSince: 23 * day }])
})
