import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../src/sessions/session.ts'
import { newSession } from '../../src/sessions/sessions.ts'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

const alex = { id: 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290', userName: 'alex' }
const password = 'Alex-Pass-2026'
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const minute = 60_000
const unset = { code: 400, reason: 'Bad Request', message: 'iPlanetDirectoryCookie not set on request' }
const forbidden = { code: 403, reason: 'Forbidden', message: 'Forbidden' }

let server: TestServer
let url: string
let token: string
let administrator: string
/** Sessions that were created before the server started. */
let idle: string
let old: string
let almostIdle: string

beforeAll(async () => {
  const sessionOf = (changes: Partial<Session>) => {
    const made = newSession(
      {
        realm: '/alpha',
        identity: alex,
        journey: 'Login',
        authLevel: 0,
        properties: {},
        maxIdleMinutes: 30,
        maxSessionMinutes: 120,
      },
      Date.now(),
    )
    return { token: made.token, session: { ...made.session, ...changes } }
  }
  const since = (minutes: number) => Date.now() - minutes * minute
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha', {
      visibleSessionProperties: ['AMCtxId', 'AuthLevel', 'Service', 'colour', 'shape', 'deviceManagement'],
    })
    await saveRealm(stores, '/beta', { visibleSessionProperties: ['AuthLevel', 'hidden', 'tier', 'colour'] })
    const ask = { ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } } }
    await saveJourney(stores, 'NoIdleTime', ask, { noSession: false, maximumIdleTime: 0 })
    await saveJourney(stores, 'NoTimeAtAll', ask, { noSession: false, maximumSessionTime: 0 })
    await saveJourney(stores, 'Brief', ask, { noSession: false, maximumIdleTime: 2, maximumSessionTime: 7 })
    const stored = [
      sessionOf({ createdAt: since(40), lastUsedAt: since(31) }),
      sessionOf({ createdAt: since(121), lastUsedAt: since(1) }),
      sessionOf({ createdAt: since(40), lastUsedAt: since(29) }),
    ]
    for (const { session } of stored) await stores.sessions.create(session)
    ;[idle = '', old = '', almostIdle = ''] = stored.map((each) => each.token)
  })
  url = server.url
  token = await signIn(url, 'alex', password)
  administrator = await signIn(url, 'amadmin', adminPassword, '/')
})

afterAll(() => server.stop())

type Asked = {
  body?: unknown
  query?: string
  headers?: Record<string, string>
  realm?: string
}

async function ask(
  action: string,
  { body, query = '', headers = {}, realm = 'root/realms/alpha' }: Asked = {},
) {
  const response = await fetch(`${url}/json/realms/${realm}/sessions/?_action=${action}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-api-version': 'resource=4.0', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}

const asHeader = (value: string) => ({ headers: { iPlanetDirectoryPro: value } })
const asCookie = (value: string) => ({ headers: { cookie: `iPlanetDirectoryPro=${value}` } })
const isValid = async (tokenId: string) => (await ask('validate', { body: { tokenId } })).body.valid

test('the realm of the session decides which properties are seen and set, whatever the path says', async () => {
  const tokenId = await signIn(url, 'alex', password)
  const realm = 'root/realms/beta'
  const own = { AMCtxId: expect.any(String), AuthLevel: '0', Service: 'Login' }
  for (const name of ['tier', 'hidden']) {
    const refused = await ask('updateSessionProperties', { realm, body: { tokenId, [name]: 'gold' } })
    expect(refused.status).toBe(403)
  }
  const set = await ask('updateSessionProperties', { realm, body: { tokenId, shape: 'round' } })
  expect(set.body).toEqual({ ...own, shape: 'round' })
  expect((await ask('getSessionProperties', { realm, body: { tokenId } })).body).toEqual(set.body)
  for (const action of ['getSessionInfo', 'getSessionInfoAndResetIdleTime']) {
    expect((await ask(action, { realm, body: { tokenId } })).body.properties).toEqual(set.body)
  }
})

describe('getSessionInfo', () => {
  test('describes a session, its limits and its visible properties', async () => {
    const { status, body } = await ask('getSessionInfo', { body: { tokenId: token } })
    expect(status).toBe(200)
    expect(body).toEqual({
      username: 'alex',
      universalId: `id=${alex.id},ou=user,o=alpha,ou=services,ou=am-config`,
      realm: '/alpha',
      latestAccessTime: expect.stringMatching(time),
      maxIdleExpirationTime: expect.stringMatching(time),
      maxSessionExpirationTime: expect.stringMatching(time),
      properties: { AMCtxId: expect.any(String), AuthLevel: '0', Service: 'Login' },
    })
    const at = (name: string) => Date.parse(String(body[name]))
    expect(at('maxIdleExpirationTime') - at('latestAccessTime')).toBe(30 * minute)
    expect(at('maxSessionExpirationTime') - at('latestAccessTime')).toBe(120 * minute)
  })

  test('looks for the token in body, query, header and cookie, in this order', async () => {
    const dana = await signIn(url, 'dana', 'Dana-Pass-2026')
    const who = async (asked: Asked) => (await ask('getSessionInfo', asked)).body.username
    expect(await who({ body: { tokenId: token }, query: `&tokenId=${dana}` })).toBe('alex')
    expect(await who({ query: `&tokenId=${dana}`, ...asHeader(token) })).toBe('dana')
    expect(await who({ headers: { ...asHeader(dana).headers, ...asCookie(token).headers } })).toBe('dana')
    expect(await who(asCookie(token))).toBe('alex')
  })

  test('for a root session works in any realm’s path, as frodo needs it', async () => {
    const asked = { body: { tokenId: administrator }, ...asCookie(administrator) }
    for (const realm of ['root/realms/alpha', 'root', 'alpha']) {
      expect((await ask('getSessionInfo', { ...asked, realm })).body).toMatchObject({
        username: 'amadmin',
        realm: '/',
      })
    }
  })

  test('keeps the idle time; getSessionInfoAndResetIdleTime resets it', async () => {
    const info = async (action: string) => (await ask(action, { body: { tokenId: almostIdle } })).body
    const before = await info('getSessionInfo')
    expect((await info('getSessionInfo')).latestAccessTime).toBe(before.latestAccessTime)
    const after = await info('getSessionInfoAndResetIdleTime')
    expect(Date.parse(String(after.latestAccessTime))).toBeGreaterThan(
      Date.parse(String(before.latestAccessTime)) + 20 * minute,
    )
    expect(after.maxSessionExpirationTime).toBe(before.maxSessionExpirationTime)
  })

  test('without a token is 400, with an unknown one 401', async () => {
    expect(await ask('getSessionInfo')).toMatchObject({ status: 400, body: unset })
    expect(await ask('getSessionInfo', { body: {} })).toMatchObject({ status: 400, body: unset })
    for (const asked of [
      { body: { tokenId: 'nonsense' } },
      { query: '&tokenId=' },
      asHeader('nonsense'),
      asCookie(idle),
    ]) {
      expect(await ask('getSessionInfo', asked)).toMatchObject({
        status: 401,
        body: { code: 401, reason: 'Unauthorized' },
      })
    }
  })
})

describe('validate and refresh', () => {
  test('name the person of the session', async () => {
    expect((await ask('validate', { body: { tokenId: token } })).body).toEqual({
      valid: true,
      sessionUid: expect.stringMatching(/^shandle:/),
      uid: 'alex',
      realm: '/alpha',
    })
    const { body } = await ask('refresh', asHeader(token))
    expect(body).toEqual({
      uid: 'alex',
      realm: '/alpha',
      idletime: 0,
      maxidletime: 30,
      maxsessiontime: 120,
      maxtime: expect.any(Number),
    })
    expect(body.maxtime).toBeGreaterThan(119 * 60)
    expect(body.maxtime).toBeLessThanOrEqual(120 * 60)
  })

  test('never return the token itself', async () => {
    for (const action of ['validate', 'refresh', 'getSessionInfo', 'getSessionProperties']) {
      expect(JSON.stringify((await ask(action, asHeader(token))).body)).not.toContain(token)
    }
  })

  test('distinguish an ended session from a valid one', async () => {
    for (const tokenId of ['nonsense', '', 'x'.repeat(5000)]) {
      expect(await ask('validate', { body: { tokenId } })).toMatchObject({
        status: 200,
        body: { valid: false },
      })
    }
    expect((await ask('validate')).body).toEqual({ valid: false })
    expect((await ask('refresh', { body: { tokenId: 'nonsense' } })).status).toBe(401)
    expect((await ask('refresh')).body).toEqual(unset)
  })
})

describe('a session', () => {
  test('ends after its idle time and after its maximum time', async () => {
    expect(await isValid(idle)).toBe(false)
    expect(await isValid(old)).toBe(false)
    expect(await isValid(almostIdle)).toBe(true)
  })

  test('is limited by its journey', async () => {
    const tokenOf = async (journey: string) =>
      String((await answerStep(url, await startJourney(url, journey), ['alex'])).body.tokenId)
    expect(await isValid(await tokenOf('NoIdleTime'))).toBe(false)
    expect(await isValid(await tokenOf('NoTimeAtAll'))).toBe(false)
    const { body } = await ask('refresh', { body: { tokenId: await tokenOf('Brief') } })
    expect(body).toMatchObject({ maxidletime: 2, maxsessiontime: 7 })
  })

  test('that ended doesn’t sign in', async () => {
    const start = await startJourney(url, 'Login', asCookie(idle))
    expect(start.body).toHaveProperty('authId')
  })
})

describe('logout', () => {
  test.each([
    ['header', asHeader],
    ['cookie', asCookie],
  ] as const)('ends the session of the %s and clears the cookie', async (_name, how) => {
    const own = await signIn(url, 'alex', password)
    const { status, body, headers } = await ask('logout', how(own))
    expect(status).toBe(200)
    expect(body).toEqual({ result: 'Successfully logged out' })
    expect(headers.getSetCookie()).toEqual([
      'iPlanetDirectoryPro=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    ])
    expect(await isValid(own)).toBe(false)
    expect((await ask('logout', how(own))).body).toEqual({ result: 'Token has expired' })
  })

  test('of an unknown session says so', async () => {
    expect((await ask('logout', { body: { tokenId: 'nonsense' } })).body).toEqual({
      result: 'Token has expired',
    })
  })
})

describe('logoutByHandle', () => {
  const handleOf = async (tokenId: string) => {
    const { body } = await ask('validate', { body: { tokenId } })
    return String(body.sessionUid)
  }

  test('ends only the caller’s own sessions', async () => {
    const other = await signIn(url, 'alex', password)
    const dana = await signIn(url, 'dana', 'Dana-Pass-2026')
    const [own, foreign] = [await handleOf(other), await handleOf(dana)]
    const { body } = await ask('logoutByHandle', {
      body: { sessionHandles: [own, foreign, 'shandle:unknown'] },
      ...asHeader(token),
    })
    expect(body).toEqual({ result: { [own]: true, [foreign]: false, 'shandle:unknown': false } })
    expect(await isValid(other)).toBe(false)
    expect(await isValid(dana)).toBe(true)
  })

  test('ends any session for an administrator', async () => {
    const dana = await signIn(url, 'dana', 'Dana-Pass-2026')
    const handle = await handleOf(dana)
    const { body } = await ask('logoutByHandle', {
      body: { sessionHandles: [handle] },
      ...asHeader(administrator),
    })
    expect(body).toEqual({ result: { [handle]: true } })
    expect(await isValid(dana)).toBe(false)
  })

  test('takes a list of at most a hundred handles, from a signed-in person', async () => {
    expect((await ask('logoutByHandle', { body: { sessionHandles: [] } })).body).toEqual(unset)
    for (const sessionHandles of ['shandle:x', [1], null, Array(101).fill('shandle:x')]) {
      const asked = { body: { sessionHandles }, ...asHeader(token) }
      expect(await ask('logoutByHandle', asked)).toMatchObject({ status: 400, body: { code: 400 } })
    }
  })
})

describe('logoutByUser', () => {
  test('ends all sessions of a person for themselves and for administrators', async () => {
    const [one, two] = [
      await signIn(url, 'dana', 'Dana-Pass-2026'),
      await signIn(url, 'dana', 'Dana-Pass-2026'),
    ]
    const asked = { body: { username: 'dana' } }
    expect((await ask('logoutByUser', { ...asked, ...asHeader(one) })).body).toEqual({ result: true })
    expect([await isValid(one), await isValid(two)]).toEqual([false, false])
    const three = await signIn(url, 'dana', 'Dana-Pass-2026')
    expect((await ask('logoutByUser', { ...asked, ...asHeader(administrator) })).body).toEqual({
      result: true,
    })
    expect(await isValid(three)).toBe(false)
  })

  test('is forbidden to others, without revealing who exists', async () => {
    for (const username of ['dana', 'nobody']) {
      expect(await ask('logoutByUser', { body: { username }, ...asHeader(token) })).toMatchObject({
        status: 403,
        body: forbidden,
      })
    }
    expect((await ask('logoutByUser', { body: { username: 'dana' } })).body).toEqual(unset)
  })

  test('for an unknown person ends nothing', async () => {
    const asked = { body: { username: 'nobody' }, ...asHeader(administrator) }
    expect((await ask('logoutByUser', asked)).body).toEqual({ result: false })
    expect((await ask('logoutByUser', { body: {}, ...asHeader(administrator) })).status).toBe(400)
  })
})

describe('session properties', () => {
  test('can be read and set if the realm makes them visible', async () => {
    const set = await ask('updateSessionProperties', { body: { colour: 'green' }, ...asHeader(token) })
    expect(set.body).toMatchObject({ colour: 'green', AuthLevel: '0', Service: 'Login' })
    expect((await ask('getSessionProperties', asHeader(token))).body).toEqual(set.body)
    const info = await ask('getSessionInfo', asHeader(token))
    expect(info.body.properties).toEqual(set.body)
  })

  test.each([
    ['AuthLevel', '9'],
    ['deviceManagement', 'NONE'],
    ['Service', 'Other'],
    ['hidden', 'x'],
    ['UserId', 'dana'],
    ['constructor', 'x'],
  ])('don’t allow setting %s', async (name, value) => {
    const refused = await ask('updateSessionProperties', {
      body: { shape: 'round', [name]: value },
      ...asHeader(token),
    })
    expect(refused).toMatchObject({ status: 403, body: forbidden })
    expect((await ask('getSessionProperties', asHeader(token))).body).not.toHaveProperty('shape')
  })

  test('must be texts', async () => {
    const refused = await ask('updateSessionProperties', { body: { colour: 7 }, ...asHeader(token) })
    expect(refused).toMatchObject({ status: 400, body: { message: 'colour: must be a string' } })
  })
})

describe('other requests', () => {
  test('with an unknown action get 501, without an action 400', async () => {
    expect(await ask('explode')).toMatchObject({
      status: 501,
      body: { code: 501, message: 'Action explode not implemented for this resource' },
    })
    expect((await ask('constructor')).status).toBe(501)
    const response = await fetch(`${url}/json/realms/root/realms/alpha/sessions`, { method: 'POST' })
    expect(response.status).toBe(400)
  })

  test.each([[{ tokenId: 7 }], [{ tokenId: null }], [['a']], ['text'], [7]])(
    'with the body %j are bad requests',
    async (body) => {
      expect(await ask('getSessionInfo', { body, ...asHeader(token) })).toMatchObject({
        status: 400,
        body: { code: 400, reason: 'Bad Request' },
      })
    },
  )

  test('from a form on another site can’t use the browser’s cookie', async () => {
    const response = await fetch(`${url}/json/realms/root/realms/alpha/sessions?_action=logout`, {
      method: 'POST',
      headers: { ...asCookie(token).headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a=b',
    })
    expect(response.status).toBe(403)
    expect(await isValid(token)).toBe(true)
  })
})
