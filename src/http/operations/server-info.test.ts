import { pino } from 'pino'
import { expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'
import { OperationError } from '../../base/errors.ts'
import { buildServer } from '../server.ts'
import { serverInfoRoutes } from './server-info.ts'

test('tells clients the cookie name and the version without a session', async () => {
  const am = await openAdministration()
  try {
    const signedOut = { cookie: '' }
    const info = await am.send('GET', '/serverinfo/*', undefined, signedOut)
    expect(info).toMatchObject({
      status: 200,
      body: { _id: '*', cookieName: 'iPlanetDirectoryPro', realm: '/', forgotPassword: 'false' },
    })
    const version = await am.send('GET', '/serverinfo/version', undefined, signedOut)
    // The vendor's tools crash on any other version format.
    expect(version.body.version).toMatch(/^\d\.\d\.\d$/)
    expect(Object.keys(version.body)).toEqual(expect.arrayContaining(['fullVersion', 'revision', 'date']))
    expect((await am.send('GET', '/serverinfo/secrets')).status).toBe(404)
    expect((await am.send('GET', '/health/live', undefined, signedOut)).body).toEqual({ status: 'UP' })
    expect((await am.send('GET', '/health/ready', undefined, signedOut)).body).toEqual({ status: 'UP' })
  } finally {
    await am.close()
  }
})

test('is not ready while the probe fails', async () => {
  const routes = serverInfoRoutes({
    readiness: { isDraining: false },
    probe: () => Promise.reject(new Error('disk full')),
  })
  const ready = routes.find(({ path }) => path === 'health/ready')
  // The handler doesn't use the call.
  await expect(ready?.handle({} as never)).rejects.toThrow(OperationError)
})

test('is alive while the database is down', async () => {
  const down = () => Promise.reject(new OperationError('the database is down'))
  const server = buildServer({
    routes: serverInfoRoutes({ readiness: { isDraining: false }, probe: down }),
    now: () => 0,
    log: pino({ level: 'silent' }),
    findRealm: down,
    findSession: down,
    verifyBearer: down,
    verifyAdminBearer: down,
    readIdentity: down,
  })
  const statusOf = async (url: string) =>
    (await server.inject({ url, headers: { host: 'localhost' } })).statusCode
  expect(await statusOf('/am/json/health/live')).toBe(200)
  expect(await statusOf('/am/json/realms/root/realms/alpha/health/live')).toBe(200)
  expect(await statusOf('/am/json/health/ready')).toBe(503)
  await server.close()
})
