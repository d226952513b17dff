import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../quality/fuzz/targets/rest.ts'
import { targets } from '../../quality/fuzz/targets.ts'
import { assertNoSecret, openWorld, type World } from '../../quality/fuzz/world.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

// The short form of `npm run fuzz`, with the same requests every time.
const seed = 20_260_131
const runs = { authenticate: 800, feed: 100, imports: 60, engine: 25, rest: 800 }

let server: TestServer
let world: World

beforeAll(async () => {
  server = await startServer()
  world = await openWorld(server.url)
})

afterAll(() => server.stop())

test.each(['__proto__', 'constructor', 'toString'])(
  'a member of every object is neither an action nor a name: %s',
  async (name) => {
    const headers = { iplanetdirectorypro: await world.administrator() }
    for (const { method, path } of routes) {
      const at = path
        .replace('{realm}', '/realms/root/realms/alpha')
        .replace('{object}', 'alpha_user')
        .replace(/\{\w+\}/g, name)
      await world.ask({
        method,
        path: `${at}?_action=${name}`,
        headers,
        ...(method === 'GET' ? {} : { body: '{}' }),
      })
    }
  },
)

test.each(targets)('$name gives a valid answer without secrets to random requests', async (target) => {
  const numRuns = runs[target.name as keyof typeof runs]
  await fc.assert(target.property(world), { seed, numRuns, endOnFailure: true })
})

test('random requests get various answers, log no secret and lock no account', async () => {
  expect(world.counts.get(200)).toBeGreaterThan(300)
  expect(world.counts.get(400)).toBeGreaterThan(300)
  assertNoSecret(server.logged(), 'the log')
  expect(await world.administrator()).toEqual(expect.any(String))
})
