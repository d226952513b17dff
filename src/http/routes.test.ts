import { pino } from 'pino'
import { expect, test } from 'vitest'
import { noFailures } from '../people/identity.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { newSession } from '../sessions/sessions.ts'
import { urlOf } from './mount-routes.ts'
import { methods } from './route.ts'
import { isServerWide, takesRealm } from './route-reference.ts'
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
const origin = 'https://app.beta.example'
const server = buildServer({
  log: pino({ level: 'silent' }),
  routes,
  now: () => 0,
  findRealm: async (path) => ({
    path,
    isActive: true,
    aliases: [],
    settings: { ...settings, corsOrigins: path === '/beta' ? [origin] : [] },
  }),
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
    server.inject({ method, url: url.replace('/@/:realmPath', ''), headers })
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

const serverWide = routes.filter(
  (route) => !route.path.startsWith('/') && !takesRealm(route) && !route.isHealth,
)

test('routes for administrators of the server and for staff of all realms take no realm', () => {
  const everywhere = routes.filter(
    ({ access, actsOn }) => ['administrator', 'metrics', 'logs'].includes(access) || actsOn !== undefined,
  )
  expect(everywhere.filter(takesRealm).map(({ path }) => path)).toEqual([])
  const segments = routes.filter(isServerWide).map(({ path }) => path.split('/')[0])
  const ofServer = ['global-config', 'health', 'metrics', 'node-designer', 'openapi.json']
  expect([...new Set(segments)].toSorted()).toEqual(ofServer)
  expect(serverWide.length).toBeGreaterThan(50)
})

test.each(serverWide.map((route) => [route.method, route.path] as const))(
  '%s %s of another realm is refused, and no origin of it may read the answer',
  async (method, path) => {
    const at = path.replace(/:\w+/g, 'x')
    const headers = { origin, iplanetdirectorypro: 'token' }
    for (const url of [
      `/am/json/beta/${at}`,
      `/am/json/realms/root/realms/beta/${at}`,
      `/am/json/${at}?realm=/beta`,
      `/am/json/realms/root/${at}?realm=beta`,
    ]) {
      const refused = await server.inject({ method, url, headers })
      expect([url, refused.statusCode]).toEqual([url, 400])
      expect(refused.headers).not.toHaveProperty('access-control-allow-origin')
      const preflight = await server.inject({ method: 'OPTIONS', url, headers })
      expect(preflight.headers).not.toHaveProperty('access-control-allow-origin')
    }
    const root = await server.inject({ method, url: `/am/json/${at}?realm=/`, headers })
    expect(root.headers).not.toHaveProperty('access-control-allow-origin')
    expect(String(root.json().message)).not.toContain('leave out the realm')
  },
)

test.each([...Map.groupBy(routes, urlOf)])('%s refuses the methods that it lacks', async (path, own) => {
  const url = path.replace('/@/:realmPath', '').replace(/:\w+/g, 'x')
  const allowed: string[] = own.map(({ method }) => method)
  for (const method of methods.filter((each) => !allowed.includes(each))) {
    const refused = await server.inject({ method, url })
    expect([method, refused.statusCode, refused.headers.allow]).toEqual([method, 405, allowed.join(', ')])
  }
  const headers = { origin: 'https://nobody.example' }
  const preflight = await server.inject({ method: 'OPTIONS', url, headers })
  expect([preflight.statusCode, preflight.headers.vary]).toEqual([204, 'Origin'])
})
