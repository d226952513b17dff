import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, output, startJourney, stepOf } from '../support/wire.ts'

const loginFailure = {
  code: 401,
  reason: 'Unauthorized',
  message: 'Login failure',
  detail: { failureUrl: '' },
}
const lockedOut = { ...loginFailure, message: 'User Locked Out.' }

const showName = `
if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, nodeState.get("username"));
else action.goTo("next");`
const greet = `
if (callbacks.isEmpty()) callbacksBuilder.nameCallback("Name");
else {
  nodeState.putShared("username", callbacks.getNameCallbacks().get(0));
  action.goTo(nodeState.get("username") === "again" ? "again" : "next");
}`

let server: TestServer
let url: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha', {
      lockout: { maxFailures: 3, windowSeconds: 600, lockSeconds: 300, maxFailuresInARow: 100 },
    })
    await saveJourney(
      stores,
      'NameOnly',
      { ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } } },
      { noSession: false },
    )
    await saveJourney(stores, 'ShowName', {
      ask: { type: 'UsernameCollectorNode', to: { outcome: 'show' } },
      show: await scripted(stores, 'showName', showName, { next: 'success' }),
    })
    await saveJourney(stores, 'Round', {
      ask: await scripted(stores, 'round', greet, { next: 'success', again: 'back' }),
      back: await scripted(stores, 'back', 'action.goTo("again")', { again: 'ask' }),
    })
  })
  url = server.url
})

afterAll(() => server.stop())

const signInWith = async (name: string, password: string, journey = 'PlatformLogin') =>
  answerStep(url, await startJourney(url, journey), [name, password])

describe('a disabled person', () => {
  test('gets the message for locked-out users, with any password', async () => {
    expect((await signInWith('kim', 'Kim-Pass-2026')).body).toEqual(lockedOut)
    expect((await signInWith('kim', 'wrong')).body).toEqual(lockedOut)
  })

  test('is rejected at the end of a journey that didn’t check a password', async () => {
    const end = await answerStep(url, await startJourney(url, 'NameOnly'), ['kim'])
    expect(end.status).toBe(401)
    expect(end.body).toEqual(lockedOut)
    expect(end.headers.getSetCookie()).toEqual([])
  })
})

describe('an unknown person', () => {
  test('gets the same answer as for a wrong password', async () => {
    const unknown = await signInWith('nobody', 'Alex-Pass-2026')
    expect(unknown.status).toBe(401)
    expect(unknown.body).toEqual((await signInWith('dana', 'wrong')).body)
    expect(unknown.body).toEqual(loginFailure)
  })

  test('gets no session at the end of a journey', async () => {
    expect((await answerStep(url, await startJourney(url, 'NameOnly'), ['nobody'])).body).toEqual(
      loginFailure,
    )
  })
})

describe('too many wrong passwords', () => {
  test('lock a person out; a right one before that restarts the count', async () => {
    const right = () => signInWith('alex', 'Alex-Pass-2026')
    const wrong = () => signInWith('alex', 'wrong')
    for (let round = 0; round < 3; round++) {
      expect((await wrong()).body).toEqual(loginFailure)
      expect((await wrong()).body).toEqual(loginFailure)
      expect((await right()).status).toBe(200)
    }
    for (let count = 0; count < 3; count++) await wrong()
    expect((await right()).body).toEqual(lockedOut)
    expect((await wrong()).body).toEqual(lockedOut)
  })

  test('lock out only that person', async () => {
    for (let count = 0; count < 4; count++) await signInWith('sam.one', 'wrong')
    expect((await signInWith('sam.one', 'Sam1-Pass-2026')).body).toEqual(lockedOut)
    expect((await signInWith('sam.two', 'Sam2-Pass-2026')).status).toBe(200)
  })
})

describe('a journey with three tries', () => {
  test('asks three times and then fails', async () => {
    let page = await startJourney(url, 'Login')
    for (let count = 0; count < 3; count++) {
      page = await answerStep(url, page, ['nobody', 'wrong'])
      expect(stepOf(page).header).toBe('Sign in')
    }
    expect((await answerStep(url, page, ['nobody', 'wrong'])).body).toEqual(loginFailure)
  })

  test('can succeed at the last try', async () => {
    let page = await startJourney(url, 'Login')
    for (let count = 0; count < 3; count++) page = await answerStep(url, page, ['nobody', 'wrong'])
    expect((await answerStep(url, page, ['dana', 'Dana-Pass-2026'])).status).toBe(200)
  })
})

describe('the headers of zero-page login', () => {
  const withHeaders = (name: string | undefined, password: string | undefined, journey = 'Login') =>
    startJourney(url, journey, {
      headers: {
        ...defined({ 'x-openam-username': name, 'x-openam-password': password }),
      },
    })
  const encoded = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`

  test('sign in with one request', async () => {
    const end = await withHeaders('dana', 'Dana-Pass-2026')
    expect(end.status).toBe(200)
    expect(end.body).toEqual({
      tokenId: expect.any(String),
      successUrl: '/enduser/?realm=/alpha',
      realm: '/alpha',
    })
  })

  test('can be encoded words', async () => {
    expect((await withHeaders(encoded('dana'), encoded('Dana-Pass-2026'))).status).toBe(200)
    expect((await withHeaders('=?utf-8?q?d=61na?=', 'Dana-Pass-2026')).status).toBe(200)
    expect(output(await withHeaders(encoded('Zoë Ωmega'), undefined, 'ShowName'), 'message')).toBe(
      'Zoë Ωmega',
    )
  })

  test('that answer only part of the page leave all of it to the client', async () => {
    expect(stepOf(await withHeaders('dana', undefined)).callbacks).toHaveLength(2)
    expect(stepOf(await withHeaders(undefined, 'Dana-Pass-2026')).callbacks).toHaveLength(2)
  })

  test('with a wrong password are tried once, then the page appears', async () => {
    expect(stepOf(await withHeaders('nobody', 'wrong')).header).toBe('Sign in')
    expect((await withHeaders('nobody', 'wrong', 'PlatformLogin')).body).toEqual(loginFailure)
  })

  test('answer one page each, so that a journey can’t loop on them', async () => {
    expect(stepOf(await withHeaders('again', undefined, 'Round')).callbacks[0]?.type).toBe('NameCallback')
  })

  test('count only at the start', async () => {
    const start = await startJourney(url, 'Login')
    const next = await answerStep(url, start, ['nobody', 'wrong'], {
      headers: { 'x-openam-username': 'dana', 'x-openam-password': 'Dana-Pass-2026' },
    })
    expect(stepOf(next).header).toBe('Sign in')
  })
})

test('passwords are never logged', async () => {
  await signInWith('dana', 'Dana-Pass-2026')
  await signInWith('dana', 'a-Wrong-Pass-2026')
  await authenticate(url, {
    headers: { 'x-openam-username': 'dana', 'x-openam-password': 'Dana-Pass-2026' },
  })
  const log = server.logged()
  expect(log).toContain('PlatformLogin')
  for (const secret of ['Dana-Pass-2026', 'a-Wrong-Pass-2026', 'Alex-Pass-2026']) {
    expect(log).not.toContain(secret)
  }
})
