import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { SharedCounts } from '../limits/shared-counts.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { allRoutes, type RouteDependencies } from './routes.ts'
import { buildServer } from './server.ts'

const session = 'a session token of 256 bits'
const authId = 'an authId that the server signed'
const link = 'the id of a transaction, 128 bits or more'
const limited = 'can be guessed, so wrong ones are limited: '
const nothing = 'checks no secret'

/**
 * What a stranger could guess at each route that needs no credentials, or the limit on wrong guesses. A new route needs a line here
 * and, if its secret can be guessed, a limit of its own with a test.
 */
const guessedAt: Readonly<Record<string, string>> = {
  'POST authenticate': `${limited}test/people/password-spraying.test.ts, test/people/second-factor-guessing.test.ts`,
  'GET authenticate/backchannel/events': `${authId}, ${link}, or ${session}`,
  'POST authenticate/backchannel/describe': link,
  'POST authenticate/backchannel/seen': link,
  'POST authenticate/backchannel/confirm': link,
  'POST authenticate/backchannel/reject': link,
  'POST authenticate/backchannel/cancel': `${authId}, or ${session}`,
  'POST authenticate/backchannel/send': `${authId}, ${link}, or ${session}`,
  'POST authenticate/backchannel/keycloak': 'a token that the Keycloak of the realm has signed',
  'POST /am/messages/status/:token': `${limited}test/http/anonymous-limits.test.ts`,
  'POST verification/grants': session,
  'POST short-codes': `${limited}test/help-desk/short-codes.test.ts`,
  'POST sessions': session,
  'POST users': session,
  'GET users/:id/sessions': session,
  'GET users/:id': session,
  'GET users/:id/devices/2fa/:kind': session,
  'GET users/:id/devices/2fa/:kind/:uuid': session,
  'PUT users/:id/devices/2fa/:kind/:uuid': session,
  'DELETE users/:id/devices/2fa/:kind/:uuid': session,
  'GET users/:id/devices/profile': session,
  'GET users/:id/devices/profile/:uuid': session,
  'PUT users/:id/devices/profile/:uuid': session,
  'DELETE users/:id/devices/profile/:uuid': session,
  'POST push/sns/message': 'a signature with the secret of a registered app',
  'GET appearance': nothing,
  'GET serverinfo/:id': nothing,
  'GET health/live': nothing,
  'GET health/ready': nothing,
  'GET openapi.json': nothing,
}

/** Probes must work whatever else happens, and run nothing that costs. */
const withoutLimit = new Set(['GET health/live', 'GET health/ready'])

const settings = realmSettingsSchema.parse({ limits: { requestsPerAddress: 1 } })
const anonymous = allRoutes({} as RouteDependencies).filter(({ access }) => access === 'everyone')

test('it is known what can be guessed at each anonymous route', () => {
  expect(anonymous.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    Object.keys(guessedAt).sort(),
  )
})

describe('the limit of requests without a session', () => {
  const answersOf = async (method: (typeof anonymous)[number]['method'], url: string) => {
    const counts = new SharedCounts({ take: async () => undefined }, () => 0)
    const server = buildServer({
      log: pino({ level: 'silent' }),
      routes: anonymous,
      now: () => 0,
      findRealm: async (path) => ({ path, isActive: true, aliases: [], settings }),
      findSession: async () => undefined,
      verifyBearer: async () => undefined,
      verifyAdminBearer: async () => undefined,
      readIdentity: async () => undefined,
      requestCounts: { count: (key, ms) => counts.count(key, ms), refused: () => undefined },
    })
    const send = async () => (await server.inject({ method, url, remoteAddress: '192.0.2.1' })).statusCode
    return [await send(), await send()]
  }

  test.each(anonymous.map(({ method, path }) => [method, path] as const))(
    'counts %s %s',
    async (method, path) => {
      const at = `${path.startsWith('/') ? '' : '/am/json/'}${path}`.replace(/:\w+/g, 'x')
      const [first, second] = await answersOf(method, at)
      expect(first).not.toBe(429)
      if (withoutLimit.has(`${method} ${path}`)) expect(second).not.toBe(429)
      else expect(second).toBe(429)
    },
  )
})
