import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessionCookie } from '../../src/engine/server-cookies.ts'
import { agentSignsIn } from '../support/help-desk-play.ts'
import { asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// The administrator of a realm chooses its origins, and may be an attacker of those who administer the server.

const listed = 'https://app.alpha.example'
const alpha = '/realms/root/realms/alpha'
const checks = `${alpha}/help-desk`

let server: TestServer
let administrator: string
let agent: string
beforeAll(async () => {
  server = await startServer()
  administrator = await signIn(server.url, 'amadmin', adminPassword, '/')
  agent = await agentSignsIn(server.url)
  const ask = asking(server.url, administrator)
  const corsOrigins = [listed, new URL(server.url).origin]
  const { status } = await ask(`${alpha}/realm-config/settings`, { method: 'PUT', body: { corsOrigins } })
  expect(status).toBe(200)
})
afterAll(() => server.stop())

type Sent = { path?: string; method?: string; body?: object; headers?: Record<string, string> }

/** Sends a request as a browser with this cookie does for a page of the origin. */
const send = async (
  origin: string | undefined,
  cookie: string,
  { path = checks, method = 'GET', body, headers = {} }: Sent = {},
) => {
  const from = origin === undefined ? {} : { origin }
  const answer = await asking(server.url, '')(path, {
    method,
    body,
    headers: { ...from, cookie: `${sessionCookie}=${cookie}`, ...headers },
  })
  return answer.status
}

describe('an origin that a realm lists', () => {
  test('acts with the cookies of sessions of this realm', async () => {
    expect(await send(listed, agent)).toBe(200)
  })

  test.each<[string, Sent]>([
    ['reads nothing', {}],
    [
      'writes nothing',
      { path: `${alpha}/realm-config/settings`, method: 'PUT', body: { passwordResetJourney: 'Login' } },
    ],
  ])('%s with the cookie of a session of the realm above', async (_, sent) => {
    expect(await send(undefined, administrator, sent)).toBe(200)
    expect(await send(listed, administrator, sent)).toBe(401)
  })

  test('learns nothing about a session of another realm, and does not end it', async () => {
    const about = (action: string) => ({
      path: `${alpha}/sessions?_action=${action}`,
      method: 'POST',
      body: {},
    })
    expect(await send(listed, administrator, about('getSessionInfo'))).toBe(400)
    expect(await send(listed, administrator, about('logout'))).toBe(200)
    expect(await send(undefined, administrator)).toBe(200)
    expect(await send(listed, agent, about('getSessionInfo'))).toBe(200)
  })

  test('acts with a token that it knows and sends in a header', async () => {
    expect(await send(listed, '', { headers: { iplanetdirectorypro: administrator } })).toBe(200)
  })

  test('is none of the server itself, even if it is in the list', async () => {
    expect(await send(new URL(server.url).origin, administrator)).toBe(200)
  })
})

test('an origin that no realm lists changes nothing for a cookie: browsers let its pages read no answer', async () => {
  expect(await send('https://tool.example', administrator)).toBe(200)
})
