import { afterAll, beforeAll, expect } from 'vitest'
import type { RecordedStep } from '../../src/engine/recorded-step.ts'
import { Browser } from './browser-shims.ts'
import { sdkClients } from './sdk-clients.ts'
import { startWorld, type World } from './sdk-journeys-server.ts'
import { endOf, type Walk, walk } from './sdk-walk.ts'

/** A walk, and the client that walks it. */
export type Row = Walk<World> & { client: string }

const clients = Object.entries(sdkClients)

/** The clients take turns. */
export function rowsOf(walks: Walk<World>[]): Row[] {
  return walks.map((row, place) => ({ ...row, client: clients[place % clients.length]?.[0] ?? '' }))
}

/** The expected end of a walk. */
function expectedEnd({ fails, stays, succeeds = {} }: Walk<World>) {
  if (stays !== undefined) return { type: 'Step', says: stays }
  return fails === undefined
    ? { type: 'LoginSuccess', ...succeeds }
    : { type: 'LoginFailure', message: fails }
}

/**
 * Starts a world before the tests of a file and stops it afterwards.
 * @param prepare runs before the tests
 * @param note gets the record of each walk; without it nothing is recorded
 * @returns a function that plays a walk and compares its end
 */
export function walking(
  prepare: (world: World) => Promise<void> = async () => {},
  note?: (steps: RecordedStep[]) => void,
) {
  const browser = new Browser()
  let world: World
  let headers: Record<string, string> = {}

  beforeAll(async () => {
    world = await startWorld(browser)
    await prepare(world)
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

  return async (row: Row) => {
    const connect = sdkClients[row.client as keyof typeof sdkClients]
    if (!row.keepsCookies) browser.forgetCookies()
    headers = {}
    const client = await connect(world.url, 'alpha')
    const watched = note && (await world.administration.watch(row.journey))
    headers = { ...row.headers, ...(watched === undefined ? {} : { [watched.header]: watched.key }) }
    expect(endOf(await walk(client, world, row))).toMatchObject(expectedEnd(row))
    if (watched !== undefined) note?.(await world.administration.recorded(watched.watch))
  }
}

/** The number of journeys with walks that succeed, and of those with walks that fail. */
export function countEnds(rows: Row[]) {
  const journeysOf = (which: Row[]) => new Set(which.map(({ journey }) => journey)).size
  const succeeding = rows.filter(({ fails, stays }) => fails === undefined && stays === undefined)
  const failing = rows.filter(({ fails }) => fails !== undefined)
  return { succeeding: journeysOf(succeeding), failing: journeysOf(failing) }
}
