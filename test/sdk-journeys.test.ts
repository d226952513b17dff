import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser } from './browser-shims.ts'
import { sdkClients } from './sdk-clients.ts'
import { startWorld, type World } from './sdk-journeys-server.ts'
import { endOf, type Walk, walk } from './sdk-walk.ts'
import { walks } from './sdk-walks.ts'
import { walksOfSamples } from './sdk-walks-of-samples.ts'

const browser = new Browser()
const clients = Object.entries(sdkClients)
let world: World
/** Sent with every request of the walk that is on its way. */
let headers: Record<string, string> = {}

beforeAll(async () => {
  world = await startWorld(browser)
  browser.install()
  const { fetch } = globalThis
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init)
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
    return fetch(request)
  }
}, 120_000)

afterAll(async () => {
  browser.uninstall()
  await world.stop()
})

const rows = [...walksOfSamples, ...walks].map((row, place) => {
  // A walk that goes on from the one before it does so in the same browser.
  const [client, connect] = clients[place % clients.length] ?? []
  if (client === undefined || connect === undefined) throw new Error('there is no client')
  return { ...row, client, connect }
})

/** What a walk should end in. */
function wantedEnd({ fails, succeeds = {} }: Walk<World>) {
  return fails === undefined
    ? { type: 'LoginSuccess', ...succeeds }
    : { type: 'LoginFailure', message: fails }
}

test.each(rows)('$journey $does ($client)', async ({ connect, ...row }) => {
  if (!row.keepsCookies) browser.forgetCookies()
  headers = {}
  const client = await connect(world.url, 'alpha')
  headers = row.headers ?? {}
  expect(endOf(await walk(client, world, row))).toMatchObject(wantedEnd(row))
})

const journeysOf = (which: Walk<World>[]) => new Set(which.map(({ journey }) => journey)).size
const succeeding = rows.filter(({ fails }) => fails === undefined)
const failing = rows.filter(({ fails }) => fails !== undefined)

test(`${journeysOf(succeeding)} journeys end in a success and ${journeysOf(failing)} in a failure, by both clients`, () => {
  expect(journeysOf(succeeding)).toBeGreaterThanOrEqual(25)
  expect(journeysOf(failing)).toBeGreaterThanOrEqual(15)
  for (const which of [succeeding, failing]) {
    expect(new Set(which.map(({ client }) => client)).size).toBe(clients.length)
  }
})
