import { pino } from 'pino'
import { expect, test } from 'vitest'
import { noFailures } from '../people/identity.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { newSession } from '../sessions/sessions.ts'
import { urlOf } from './mount-routes.ts'
import { allRoutes, type RouteDependencies } from './routes.ts'
import { buildServer } from './server.ts'

// The guards reject every call, so no handler runs.
const routes = allRoutes({} as RouteDependencies)
const settings = realmSettingsSchema.parse({})
const { session } = newSession(
  {
    realm: '/',
    identity: { id: 'person-1', userName: 'person' },
    journey: 'Login',
    authLevel: 0,
    properties: {},
    maxIdleMinutes: 30,
    maxSessionMinutes: 120,
  },
  0,
)
const server = buildServer({
  log: pino({ level: 'silent' }),
  routes,
  now: () => 0,
  findRealm: async (path) => ({ path, isActive: true, aliases: [], settings }),
  findSession: async () => session,
  verifyBearer: async () => ({ clientId: 'other', scopes: ['openid'] }),
  verifyAdminBearer: async () => undefined,
  readIdentity: async (realm, id) => ({
    id,
    realm,
    rev: 1,
    kind: 'user',
    userName: 'person',
    isActive: true,
    attributes: {},
    mustChangePassword: false,
    createdAt: 0,
    roles: ['helpdesk'],
    failures: noFailures,
  }),
})

test('has every method and path once, regardless of parameter names', () => {
  const keys = routes.map((route) => `${route.method} ${urlOf(route).replace(/:\w+/g, ':')}`)
  expect(keys).toEqual([...new Set(keys)])
})

test('has a summary of one sentence for every route', () => {
  for (const { summary } of routes) expect(summary).toMatch(/^[A-Z].*\.$/)
})

test.each(
  routes.filter(({ access }) => access === 'metrics').map((route) => [route.method, urlOf(route)] as const),
)('%s %s needs an administrator or the metrics password', async (method, url) => {
  const call = (headers: Record<string, string>) =>
    server.inject({ method, url: url.replace(':realmPath', '%2F'), headers })
  expect((await call({})).json()).toEqual({ code: 401, reason: 'Unauthorized', message: 'Access Denied' })
  expect((await call({ iplanetdirectorypro: 'token' })).statusCode).toBe(403)
  expect((await call({ authorization: 'Bearer token' })).statusCode).toBe(401)
})

test.each(
  routes.filter(({ access }) => access === 'logs').map((route) => [route.method, urlOf(route)] as const),
)('%s %s needs the log API key', async (method, url) => {
  const call = (headers: Record<string, string>) => server.inject({ method, url, headers })
  expect((await call({})).statusCode).toBe(401)
  expect((await call({ iplanetdirectorypro: 'token' })).statusCode).toBe(401)
  expect((await call({ 'x-api-key': 'undefined', 'x-api-secret': 'undefined' })).statusCode).toBe(401)
})

test.each(
  routes
    .filter(({ access }) => access === 'backchannel')
    .map((route) => [route.method, urlOf(route)] as const),
)('%s %s needs a backchannel client', async (method, url) => {
  const at = url.replace(':realmPath', '%2F').replace(/:\w+/g, 'x')
  const call = (headers: Record<string, string>) => server.inject({ method, url: at, headers })
  expect((await call({})).statusCode).toBe(401)
  expect((await call({ iplanetdirectorypro: 'token' })).statusCode).toBe(401)
  expect((await call({ authorization: 'Bearer token' })).statusCode).toBe(403)
})
