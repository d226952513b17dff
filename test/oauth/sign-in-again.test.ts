import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeOauthSettings, claimsIn, RelyingParty, redirectUri, visit } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

let server: TestServer
let url: string
let web: RelyingParty

beforeAll(async () => {
  server = await startServer()
  url = server.url
  web = new RelyingParty(url, 'web')
  await web.register()
  await changeOauthSettings(url, {
    contexts: [
      { acr: 'password', journey: 'Login' },
      { acr: 'platform', journey: 'PlatformLogin' },
    ],
  })
})
afterAll(() => server.stop())

const alex = () => signIn(url, 'alex', 'Alex-Pass-2026')

async function alexBy(journey: string): Promise<string> {
  const { body } = await answerStep(url, await startJourney(url, journey), ['alex', 'Alex-Pass-2026'])
  return String(body.tokenId)
}

/** The sign-in page's goto and other parameters for a person who is sent there. */
async function sentToSignIn(parameters: Record<string, string>, session?: string) {
  const { location } = await visit(web.request(parameters).url, session)
  expect(location?.pathname).toBe('/am/XUI/')
  const { goto = '', ...rest } = Object.fromEntries(location?.searchParams ?? [])
  return { goto, rest }
}

const isCoded = (answer: { location: URL | undefined }) => answer.location?.searchParams.has('code') === true

const essential = (...values: string[]) => JSON.stringify({ id_token: { acr: { essential: true, values } } })

describe.each([
  ['prompt=login', { prompt: 'login' }],
  ['a session that is older than max_age', { max_age: '0' }],
])('%s', (_name, parameters) => {
  test('requires one more sign-in, not two', async () => {
    const session = await alex()
    const { goto, rest } = await sentToSignIn(parameters, session)
    expect(rest).toEqual({ realm: '/alpha', ForceAuth: 'true' })
    expect(isCoded(await visit(goto, await alex()))).toBe(true)
  })

  test('isn’t satisfied by returning without a sign-in', async () => {
    const session = await alex()
    const { goto } = await sentToSignIn(parameters, session)
    expect((await visit(goto, session)).location?.pathname).toBe('/am/XUI/')
  })

  test('isn’t satisfied by an earlier session or with another application’s mark', async () => {
    const earlier = await alex()
    const { goto } = await sentToSignIn(parameters, await alex())
    expect((await visit(goto, earlier)).location?.pathname).toBe('/am/XUI/')
    const other = new RelyingParty(url, 'other')
    await other.register()
    const address = goto.replace('client_id=web', 'client_id=other')
    expect((await visit(address, await alex())).location?.pathname).toBe('/am/XUI/')
    const altered = goto.replace(/sent_to_sign_in=\d+/, 'sent_to_sign_in=1')
    expect((await visit(altered, await alex())).location?.pathname).toBe('/am/XUI/')
  })
})

test('an old session is an error with prompt=none', async () => {
  const { location } = await visit(web.request({ max_age: '0', prompt: 'none' }).url, await alex())
  expect(location?.searchParams.get('error')).toBe('interaction_required')
})

test('a recent session satisfies max_age, and the ID token has its time', async () => {
  const { id_token } = await web.tokens(await alex(), { max_age: '600' })
  expect(claimsIn(id_token).auth_time).toEqual(expect.any(Number))
})

describe('authentication contexts', () => {
  test('choose the journey for a person without a session: the first known one', async () => {
    const { rest } = await sentToSignIn({ acr_values: 'gold platform password' })
    expect(rest).toEqual({ realm: '/alpha', authIndexType: 'service', authIndexValue: 'PlatformLogin' })
  })

  test('that are unknown lead to the default journey, as in AM', async () => {
    expect((await sentToSignIn({ acr_values: 'gold' })).rest).toEqual({ realm: '/alpha' })
    const { id_token } = await web.tokens(await alex(), { acr_values: 'gold' })
    expect(claimsIn(id_token).acr).toBe('0')
  })

  test('appear in the token if the session satisfies a requested one', async () => {
    const { id_token } = await web.tokens(await alexBy('PlatformLogin'), { acr_values: 'gold platform' })
    expect(claimsIn(id_token).acr).toBe('platform')
    const silent = await web.tokens(await alexBy('PlatformLogin'))
    expect(claimsIn(silent.id_token)).not.toHaveProperty('acr')
  })

  test('that are voluntary don’t require another sign-in, as in AM', async () => {
    const { id_token } = await web.tokens(await alexBy('PlatformLogin'), { acr_values: 'password' })
    expect(claimsIn(id_token).acr).toBe('0')
  })

  test('that are essential require a sign-in with their journey', async () => {
    const { goto, rest } = await sentToSignIn({ claims: essential('platform') }, await alexBy('Login'))
    expect(rest).toEqual({
      realm: '/alpha',
      authIndexType: 'service',
      authIndexValue: 'PlatformLogin',
      ForceAuth: 'true',
    })
    const { location } = await visit(goto, await alexBy('PlatformLogin'))
    expect(location?.searchParams.has('code')).toBe(true)
    const stillOther = await visit(goto, await alexBy('Login'))
    expect(stillOther.location?.pathname).toBe('/am/XUI/')
  })

  test('that are essential and unknown are an error, whatever is voluntary', async () => {
    const parameters = { claims: essential('gold'), acr_values: 'password' }
    const { location } = await visit(web.request(parameters).url, await alexBy('Login'))
    expect(location?.href.startsWith(redirectUri)).toBe(true)
    expect(location?.searchParams.get('error')).toBe('unmet_authentication_requirements')
  })

  test('are in the discovery document', async () => {
    const discovery = await (await fetch(`${web.issuer}/.well-known/openid-configuration`)).json()
    expect(discovery).toMatchObject({ acr_values_supported: ['password', 'platform', '0'] })
  })
})
