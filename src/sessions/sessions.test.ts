import { afterEach, beforeEach, expect, test } from 'vitest'
import { openNewStores } from '../../test/support/new-database.ts'
import type { QueuedCall } from '../outbox/call.ts'
import { exampleSession, start } from '../store/contract/examples.ts'
import type { Stores } from '../store/stores.ts'
import type { Session } from './session.ts'
import { newSession, Sessions } from './sessions.ts'

const minute = 60_000

let stores: Stores
let clock: { now: number }
let wakes: number
beforeEach(async () => {
  stores = await openNewStores()
  clock = { now: start }
  wakes = 0
})
afterEach(() => stores.close())

/** Sessions whose every webhook makes a call that says how the session ended. */
const server = () =>
  new Sessions(
    stores.sessions,
    async () => true,
    () => clock.now,
    {
      callsOf: async ({ webhooks, handle }, why) =>
        webhooks.map((name): QueuedCall => {
          const id = `${handle} ${name} ${clock.now} ${Math.random()}`
          const times = { createdAt: clock.now, dueAt: clock.now }
          return {
            id,
            realm: '/alpha',
            about: `${name} ${why}`,
            source: 'sealed',
            body: '',
            attempts: 0,
            ...times,
          }
        }),
      wake: () => void wakes++,
    },
  )

async function created(change: Partial<Session> = {}) {
  const session = exampleSession({ webhooks: ['Goodbye'], ...change })
  await stores.sessions.create(session)
  return session
}

const calledWebhooks = async () =>
  (await stores.calls.claim(clock.now, clock.now + 1, 500)).map(({ about }) => about)

test.each([
  ['IDLE_TIMEOUT', { maxIdleMinutes: 5, maxSessionMinutes: 60 }],
  ['MAX_TIMEOUT', { maxIdleMinutes: 60, maxSessionMinutes: 5 }],
  ['MAX_TIMEOUT', { maxIdleMinutes: 5, maxSessionMinutes: 5 }],
])('a session whose time is over ends with %s for %o', async (why, limits) => {
  await created(limits)
  clock.now = start + 5 * minute - 1
  await server().endOverdue()
  expect(await calledWebhooks()).toEqual([])
  clock.now = start + 5 * minute
  await server().endOverdue()
  expect(await calledWebhooks()).toEqual([`Goodbye ${why}`])
  expect(wakes).toBe(1)
})

test('keeps a session that was used meanwhile', async () => {
  const session = await created({ maxIdleMinutes: 5 })
  clock.now = start + 4 * minute
  await server().touch(session)
  clock.now = start + 5 * minute
  await server().endOverdue()
  expect(await stores.sessions.read(session.tokenHash)).toBeDefined()
  expect(await calledWebhooks()).toEqual([])
})

test('calls logout webhooks once for concurrent ends', async () => {
  const session = await created({ maxIdleMinutes: 1, webhooks: ['Goodbye', 'See you'] })
  clock.now = start + minute
  const [first, second] = [server(), server()]
  await Promise.all([first.endOverdue(), second.endOverdue(), first.end(session, 'LOGOUT')])
  expect((await calledWebhooks()).map((about) => about.replace(/ [A-Z_]+$/, ''))).toEqual([
    'Goodbye',
    'See you',
  ])
  expect(wakes).toBe(1)
})

test('ends many sessions in one round', async () => {
  await Promise.all(Array.from({ length: 250 }, () => created({ maxIdleMinutes: 1 })))
  clock.now = start + minute
  await server().endOverdue()
  expect(await stores.calls.count()).toBe(250)
})

test('ends a session without logout webhooks silently', async () => {
  const session = await created({ webhooks: [] })
  expect(await server().end(session, 'LOGOUT')).toBe(true)
  expect(await server().end(session, 'LOGOUT')).toBe(false)
  expect([await stores.calls.count(), wakes]).toEqual([0, 0])
})

test('a new session names its person and realm in the properties that default journeys read', () => {
  const { session } = newSession(
    {
      realm: '/alpha/shop',
      identity: { id: 'kim-id', userName: 'kim' },
      journey: 'Login',
      authLevel: 0,
      properties: { UserToken: 'admin' },
      maxIdleMinutes: 5,
      maxSessionMinutes: 60,
      origin: { browser: 'Firefox', address: '192.0.2.7' },
    },
    start,
  )
  expect(session.properties).toMatchObject({
    Host: '192.0.2.7',
    Organization: 'o=shop,o=alpha,ou=services,ou=am-config',
    Principal: 'id=kim-id,ou=user,o=shop,o=alpha,ou=services,ou=am-config',
    Principals: 'kim',
    UserToken: 'kim',
  })
})
