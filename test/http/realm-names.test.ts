import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const realms = '/global-config/realms'
const idOf = (path: string) => Buffer.from(path).toString('base64url')

let server: TestServer
let ask: Ask

beforeAll(async () => {
  server = await startServer()
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const body = { name: 'alpha', parentPath: '/', aliases: ['customers', 'alpha.example.com'] }
  await ask(`${realms}/${idOf('/alpha')}`, { method: 'PUT', body })
})
afterAll(() => server.stop())

describe('an alias', () => {
  test.each([
    '/realms/root/realms/customers/serverinfo/*',
    '/realms/customers/serverinfo/*',
    '/customers/serverinfo/*',
    '/serverinfo/*?realm=customers',
    '/serverinfo/*?realm=/alpha.example.com',
  ])('leads to its realm: %s', async (path) => {
    expect((await ask(path)).body.realm).toBe('/alpha')
  })

  test('signs people in to its realm', async () => {
    expect(await signIn(server.url, 'alex', 'Alex-Pass-2026', 'customers')).toBeDefined()
  })

  test('stops working once it is removed', async () => {
    const to = (aliases: string[]) => ({ name: 'beta', parentPath: '/', aliases })
    await ask(`${realms}?_action=create`, { method: 'POST', body: to(['bees']) })
    expect((await ask('/bees/serverinfo/*')).body.realm).toBe('/beta')
    await ask(`${realms}/${idOf('/beta')}`, { method: 'PUT', body: to([]) })
    expect((await ask('/bees/serverinfo/*')).status).toBe(404)
    await ask(`${realms}/${idOf('/beta')}`, { method: 'PUT', body: to(['bees']) })
    await ask(`${realms}/${idOf('/beta')}`, { method: 'DELETE' })
    expect((await ask('/bees/serverinfo/*')).status).toBe(404)
  })

  test.each([
    [
      'an alias that another realm has',
      { name: 'gamma', aliases: ['customers'] },
      'The alias customers is taken',
    ],
    ['an alias that is a realm', { name: 'gamma', aliases: ['alpha'] }, 'The alias alpha is taken'],
    ['a name that is an alias', { name: 'customers' }, 'The name customers is an alias of another realm'],
  ])('is rejected: %s', async (_what, realm, message) => {
    const made = await ask(`${realms}?_action=create`, {
      method: 'POST',
      body: { parentPath: '/', ...realm },
    })
    expect(made.body).toMatchObject({ code: 409, message })
  })

  test.each([['a/b'], ['root'], [''], ['two words']])('can’t be %j', async (alias) => {
    const body = { name: 'delta', parentPath: '/', aliases: [alias] }
    expect((await ask(`${realms}?_action=create`, { method: 'POST', body })).status).toBe(400)
  })
})

describe('a host', () => {
  /** The address of a realm's resource for a client that uses this host. */
  function answerAt(host: string, realm = 'alpha'): Promise<{ status: number; text: string }> {
    const { port } = new URL(server.url)
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          port,
          host: '127.0.0.1',
          path: `/am/json/realms/root/realms/${realm}/serverinfo/*`,
          headers: { host },
        },
        (answer) => {
          let text = ''
          answer.on('data', (chunk) => {
            text += chunk
          })
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
        },
      )
      asked.on('error', reject)
      asked.end()
    })
  }

  test('is rejected if unknown and accepted if the realm lists it', async () => {
    expect(await answerAt('login.example.com')).toMatchObject({ status: 400 })
    const settings = '/realms/root/realms/alpha/realm-config/settings'
    await ask(settings, { method: 'PUT', body: { allowedHosts: ['login.example.com'] } })
    expect(await answerAt('Login.Example.com')).toMatchObject({ status: 200 })
    expect(await answerAt('evil.example.com')).toMatchObject({ status: 400 })
    expect(
      (await ask(settings, { method: 'PUT', body: { allowedHosts: ['https://x.example'] } })).status,
    ).toBe(400)
  })

  test('of one realm isn’t valid for another', async () => {
    expect(await answerAt('login.example.com', 'nowhere')).toMatchObject({ status: 404 })
    await ask(`${realms}?_action=create`, { method: 'POST', body: { name: 'other', parentPath: '/' } })
    expect(await answerAt('login.example.com', 'other')).toMatchObject({ status: 400 })
  })
})
