import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, signIn, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

const password = 'Alex-Pass-2026'
const cookieName = 'iPlanetDirectoryPro'

let server: TestServer
let url: string
let token: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha', {
      allowedUrls: ['https://app.example.com/*', 'https://*.example.org/done'],
    })
    const ask = { ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } } }
    await saveJourney(stores, 'MustRun', ask, { mustRun: true, noSession: false })
    await saveJourney(stores, 'NoSession', ask)
    await saveJourney(
      stores,
      'Steps',
      {
        name: { type: 'UsernameCollectorNode', to: { outcome: 'password' } },
        password: { type: 'PasswordCollectorNode', to: { outcome: 'check' } },
        check: { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } },
      },
      { noSession: false },
    )
    await saveJourney(stores, 'Lands', {
      ask: { type: 'UsernameCollectorNode', to: { outcome: 'land' } },
      land: {
        type: 'SetSuccessUrlNode',
        config: { successUrl: 'https://app.example.com/journey' },
        to: { outcome: 'success' },
      },
    })
    await saveJourney(stores, 'LandsElsewhere', {
      land: {
        type: 'SetSuccessUrlNode',
        config: { successUrl: 'https://evil.example.net/' },
        to: { outcome: 'success' },
      },
    })
    const fails = 'action.goTo("next")'
    await saveJourney(stores, 'Fails', { fail: await scripted(stores, 'fails', fails, { next: 'failure' }) })
    const level = `
if (callbacks.isEmpty()) {
  callbacksBuilder.textOutputCallback(0, existingSession ? String(existingSession.get("AuthLevel")) : "no session");
} else action.goTo("next");`
    await saveJourney(
      stores,
      'Who',
      { who: await scripted(stores, 'who', level, { next: 'success' }) },
      { mustRun: true },
    )
  })
  url = server.url
  token = await signIn(url, 'alex', password)
})

afterAll(() => server.stop())

const asCookie = (value: string) => ({ headers: { cookie: `${cookieName}=${value}` } })
const asHeader = (value: string) => ({ headers: { [cookieName]: value } })

async function isValid(value: string): Promise<unknown> {
  const response = await fetch(`${url}/json/realms/root/realms/alpha/sessions?_action=validate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tokenId: value }),
  })
  return ((await response.json()) as { valid: boolean }).valid
}

function expectSkipped(answer: WireAnswer, tokenId: string): void {
  expect(answer.status).toBe(200)
  expect(answer.body).toEqual({ tokenId, successUrl: '/enduser/?realm=/alpha', realm: '/alpha' })
  expect(answer.headers.getSetCookie()).toEqual([])
}

const withoutSession = {
  message: 'Authentication Successful',
  successUrl: '/enduser/?realm=/alpha',
  realm: '/alpha',
}

describe('a sign-in creates no session', () => {
  test('if the query says so; the answer has neither token nor cookie', async () => {
    const start = await startJourney(url, 'Login', { query: '&noSession=true' })
    const end = await answerStep(url, start, ['alex', password])
    expect(end.status).toBe(200)
    expect(end.body).toEqual(withoutSession)
    expect(end.headers.getSetCookie()).toEqual([])
  })

  test('if the journey says so', async () => {
    const end = await answerStep(url, await startJourney(url, 'NoSession'), ['alex'])
    expect(end.body).toEqual({ successUrl: '/enduser/?realm=/alpha', realm: '/alpha' })
    expect(end.headers.getSetCookie()).toEqual([])
  })

  test('if a later step says so', async () => {
    const start = await startJourney(url, 'Login')
    const end = await answerStep(url, start, ['alex', password], { query: '?noSession=true' })
    expect(end.body).toEqual(withoutSession)
    expect(end.headers.getSetCookie()).toEqual([])
  })

  test('if a step in the middle said so and the last one doesn’t repeat it', async () => {
    const start = await startJourney(url, 'Steps')
    const next = await answerStep(url, start, ['alex'], { query: '?noSession=true' })
    const end = await answerStep(url, next, [password])
    expect(end.body).toEqual(withoutSession)
    expect(end.headers.getSetCookie()).toEqual([])
  })

  test('only if noSession is true', async () => {
    const start = await startJourney(url, 'Login', { query: '&noSession=false' })
    const end = await answerStep(url, start, ['alex', password], { query: '?noSession=1' })
    expect(end.body).toHaveProperty('tokenId')
    expect(end.body).not.toHaveProperty('message')
  })
})

describe('a browser or application with a session', () => {
  test('skips the journey with the cookie and gets no token', async () => {
    expectSkipped(await startJourney(url, 'Login', asCookie(token)), '')
    expectSkipped(await authenticate(url, asCookie(token)), '')
  })

  test('skips the journey with the header and gets the token', async () => {
    expectSkipped(await startJourney(url, 'Login', asHeader(token)), token)
  })

  test('still lands on the goto URL', async () => {
    const goto = `&goto=${encodeURIComponent('https://app.example.com/page')}`
    const end = await startJourney(url, 'Login', { ...asCookie(token), query: goto })
    expect(end.body).toMatchObject({ tokenId: '', successUrl: 'https://app.example.com/page' })
  })

  test('signs in again with ForceAuth=true', async () => {
    const more = { ...asHeader(token), query: '&ForceAuth=true' }
    expect(stepOf(await startJourney(url, 'Login', more)).header).toBe('Sign in')
  })

  test('runs a journey that must always run', async () => {
    expect(stepOf(await startJourney(url, 'MustRun', asCookie(token))).callbacks).toHaveLength(1)
  })

  test('can’t start an unknown journey', async () => {
    expect((await startJourney(url, 'Nowhere', asCookie(token))).status).toBe(400)
  })

  test('of another realm signs in as without one', async () => {
    const administrator = await signIn(url, 'amadmin', adminPassword, '/')
    expect(stepOf(await startJourney(url, 'Login', asCookie(administrator))).header).toBe('Sign in')
  })

  test('with an unknown token signs in as without one', async () => {
    for (const more of [asCookie('nonsense'), asHeader('nonsense'), asCookie('')]) {
      expect(stepOf(await startJourney(url, 'Login', more)).header).toBe('Sign in')
    }
  })

  test('is visible to scripts', async () => {
    const page = await startJourney(url, 'Who', asHeader(token))
    expect(stepOf(page).callbacks[0]?.output[0]?.value).toBe('0')
    const stranger = await startJourney(url, 'Who')
    expect(stepOf(stranger).callbacks[0]?.output[0]?.value).toBe('no session')
  })

  test('of another realm is not visible to scripts', async () => {
    const administrator = await signIn(url, 'amadmin', adminPassword, '/')
    const page = await startJourney(url, 'Who', asHeader(administrator))
    expect(stepOf(page).callbacks[0]?.output[0]?.value).toBe('no session')
  })
})

describe('a sign-in with an existing session', () => {
  const upgrade = async (former: string, how: (token: string) => { headers: Record<string, string> }) => {
    const more = how(former)
    const start = await startJourney(url, 'Login', { ...more, query: '&ForceAuth=true' })
    return answerStep(url, start, ['alex', password], more)
  }

  test('creates a new session and ends the existing one', async () => {
    const former = await signIn(url, 'alex', password)
    const end = await upgrade(former, asCookie)
    expect(end.body.tokenId).not.toBe(former)
    expect(end.headers.getSetCookie()[0]).toContain(`${cookieName}=${end.body.tokenId}`)
    expect(await isValid(former)).toBe(false)
    expect(await isValid(String(end.body.tokenId))).toBe(true)
  })

  test('that fails keeps the existing one', async () => {
    const former = await signIn(url, 'alex', password)
    const more = asCookie(former)
    const start = await startJourney(url, 'PlatformLogin', { ...more, query: '&ForceAuth=true' })
    expect((await answerStep(url, start, ['alex', 'wrong'], more)).status).toBe(401)
    expect(await isValid(former)).toBe(true)
  })

  test('keeps a session sent in a header, because it belongs to an application', async () => {
    const former = await signIn(url, 'alex', password)
    await upgrade(former, asHeader)
    expect(await isValid(former)).toBe(true)
  })
})

describe('the landing page', () => {
  const landingOf = async (journey: string, query: string) => {
    const start = await startJourney(url, journey, { query })
    return start.body.authId === undefined ? start : answerStep(url, start, ['alex'])
  }
  const goto = (target: string) => `&goto=${encodeURIComponent(target)}`
  const gotoOnFail = (target: string) => `&gotoOnFail=${encodeURIComponent(target)}`

  test.each(['https://app.example.com/any/page?x=1', 'https://shop.example.org/done', '/enduser/here'])(
    'of a success can be %s',
    async (target) => {
      expect((await landingOf('NoSession', goto(target))).body.successUrl).toBe(target)
    },
  )

  test.each([
    'https://evil.example.net/',
    'https://app.example.com.evil.example.net/',
    'http://app.example.com/',
    '//evil.example.net/',
    String.raw`/\evil.example.net/`,
    'javascript:alert(1)',
    'https://app.example.com@evil.example.net/',
    'https://a.b.example.org/done',
    'data:text/html,x',
  ])('of a success is never %s', async (target) => {
    expect((await landingOf('NoSession', goto(target))).body.successUrl).toBe('/enduser/?realm=/alpha')
  })

  test('set by the journey takes precedence over goto, and must be allowed too', async () => {
    const chosen = await landingOf('Lands', goto('/enduser/here'))
    expect(chosen.body.successUrl).toBe('https://app.example.com/journey')
    expect((await landingOf('LandsElsewhere', '')).body.successUrl).toBe('/enduser/?realm=/alpha')
  })

  test('of a failure is gotoOnFail if that is allowed', async () => {
    const allowed = await landingOf(
      'Fails',
      gotoOnFail('https://app.example.com/sorry') + goto('/enduser/here'),
    )
    expect(allowed.body).toMatchObject({ code: 401, detail: { failureUrl: 'https://app.example.com/sorry' } })
    const refused = await landingOf('Fails', gotoOnFail('https://evil.example.net/'))
    expect(refused.body).toMatchObject({ code: 401, detail: { failureUrl: '' } })
  })

  test('is decided at the start; later steps can’t change it', async () => {
    const start = await startJourney(url, 'NoSession', { query: goto('/enduser/here') })
    const end = await answerStep(url, start, ['alex'], { query: '?goto=%2Fenduser%2Fthere' })
    expect(end.body.successUrl).toBe('/enduser/here')
  })
})
