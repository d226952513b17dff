import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Identities } from '../../src/people/identities.ts'
import { Passwords } from '../../src/people/passwords/passwords.ts'
import { realmSettingsSchema } from '../../src/realms/realm.ts'
import type { Stores } from '../../src/store/stores.ts'
import { guessesOver } from '../support/identities-on-disk.ts'
import { readJourneyExport } from '../support/journey-export.ts'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import {
  answerStep,
  authenticate,
  output,
  signIn,
  startJourney,
  stepOf,
  type WireAnswer,
} from '../support/wire.ts'

const folder = join(import.meta.dirname, '..', 'fixtures', 'journeys')

const { selfService } = realmSettingsSchema.parse({})
const news = { name: 'news', displayName: 'News', icon: '', accessLevel: 'Profile', fields: ['mail'] }

let server: TestServer
let url: string

async function prepare(stores: Stores): Promise<void> {
  await saveRealm(stores, '/alpha', { selfService: { ...selfService, consentMappings: [news] } })
  for (const file of readdirSync(folder)) {
    const { journey, nodes } = readJourneyExport(JSON.parse(readFileSync(join(folder, file), 'utf8')))
    for (const node of nodes) await stores.configuration.saveNode('/alpha', node)
    await stores.configuration.saveJourney('/alpha', journey)
  }
  await saveJourney(stores, 'Count', {
    ask: { type: 'UsernameCollectorNode', to: { outcome: 'count' } },
    count: { type: 'IncrementLoginCountNode', to: { outcome: 'success' } },
  })
  const identities = new Identities(
    stores.identities,
    new Passwords(),
    Date.now,
    guessesOver(stores.limits, Date.now),
  )
  const trusted = { checks: 'none' } as const
  await identities.create('/alpha', { userName: 'guest' }, trusted)
  const agent = { userName: 'web-agent', password: 'Agent-Pass-2026' }
  await identities.create('/alpha', agent, { ...trusted, kind: 'agent' })
  const person = { givenName: 'No', sn: 'Body', mail: 'nobody@example.com' }
  for (const userName of ['reset-1', 'reset-2', 'reset-3', 'terms-1', 'quiet-1', 'opt-1', 'busy-1']) {
    const kbaInfo = [
      { customQuestion: 'My cat?', answer: 'Tom' },
      { customQuestion: 'My dog?', answer: 'Tom' },
    ]
    const about = { ...person, userName, mail: `${userName}@example.com`, password: 'Old-Pass-2026' }
    await identities.create('/alpha', { ...about, ...(userName === 'reset-3' ? {} : { kbaInfo }) }, trusted)
  }
}

beforeAll(async () => {
  server = await startPrepared(prepare)
  url = server.url
})
afterAll(() => server.stop())

/** A person as administrators read them. */
async function person(userName: string): Promise<Record<string, unknown>> {
  const token = await signIn(url, 'amadmin', adminPassword, '/')
  const filter = encodeURIComponent(`userName eq "${userName}"`)
  const query = `${new URL(url).origin}/openidm/managed/alpha_user?_queryFilter=${filter}`
  const answer = await fetch(query, { headers: { cookie: `iPlanetDirectoryPro=${token}` } })
  const { result } = (await answer.json()) as { result: Record<string, unknown>[] }
  return result[0] ?? {}
}

/** The step with its inputs filled in by name suffix, in the order of callbacks. */
function filled(answer: WireAnswer, values: Record<string, unknown>[]) {
  const left = [...values]
  const callbacks = stepOf(answer).callbacks.map((callback) => {
    if (callback.input === undefined) return callback
    const given = left.shift() ?? {}
    const input = callback.input.map((each) => {
      const value = given[each.name.replace(/^IDToken\d+/, '')]
      return value === undefined ? each : { ...each, value }
    })
    return { ...callback, input }
  })
  return { body: { ...stepOf(answer), callbacks } }
}

const login = async (journey: string, name: string, password: string, more = {}) =>
  answerStep(url, await startJourney(url, journey, more), [name, password], more)

describe('registration', () => {
  type Change = Partial<Record<'name' | 'mail' | 'question' | 'terms', unknown>>
  const register = async ({ name = 'robin', mail = 'robin@example.com', question, terms = true }: Change) =>
    authenticate(
      url,
      filled(await startJourney(url, 'Registration'), [
        { '': name },
        { '': 'Robin-Pass-2026' },
        { '': 'Robin' },
        { '': 'Reed' },
        { '': mail },
        { question: '0', answer: ' Deep Blue ' },
        { question: question ?? 'My cat?', answer: 'Tom' },
        { '': true },
        { '': terms },
      ]),
    )

  test('creates a signed-in person with all answers', async () => {
    const { status, body, headers } = await register({})
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { isNew: true, next: { page: '/welcome' }, journey: 'Registration', realm: '/alpha' },
    })
    expect(body.tokenId).toEqual(expect.any(String))
    expect(body).not.toHaveProperty('nothing')
    expect(headers.get('x-welcome')).toBe('yes')
    expect(await person('robin')).toMatchObject({
      givenName: 'Robin',
      mail: 'robin@example.com',
      loginCount: 1,
      termsAccepted: { termsVersion: '0.0', acceptDate: expect.stringMatching(/Z$/) },
      consentedMappings: [{ mapping: 'news' }],
      kbaInfo: [{ questionId: '1' }, { customQuestion: 'My cat?' }],
    })
    expect(JSON.stringify(await person('robin'))).not.toMatch(/deep blue|"Tom"/i)
    expect((await login('PlatformLogin', 'robin', 'Robin-Pass-2026')).status).toBe(200)
  })

  test.each([
    ['a taken username', { name: 'Alex' }, 'ValidatedCreateUsernameCallback'],
    ['the same question twice', { name: 'r-2', question: '0' }, 'KbaCreateCallback'],
    ['terms that were not accepted', { name: 'r-3', terms: false }, 'TermsAndConditionsCallback'],
  ])('asks again because of %s', async (_case, change, type) => {
    const again = await register(change)
    expect(stepOf(again).callbacks.map((callback) => callback.type)).toContain(type)
    expect(await person(String(change.name))).not.toMatchObject({ givenName: 'Robin' })
  })

  test('shows metadata with the questions', async () => {
    expect(output(await startJourney(url, 'Registration'), 'data')).toEqual({ realm: '/alpha' })
  })

  test('fails with the reason if policies reject the person, without a smuggled landing page', async () => {
    const { status, body, headers } = await register({ name: 'r-4', mail: 'nowhere' })
    expect(status).toBe(401)
    expect(body).toMatchObject({
      message: 'Policy validation failed: mail VALID_EMAIL_ADDRESS_FORMAT',
      detail: { reason: 'refused', failureUrl: '' },
    })
    expect(headers.get('x-refused')).toBe('yes')
    expect(await person('r-4')).toEqual({})
  })

  test('without a required attribute fails in the language of the request', async () => {
    const french = { headers: { 'accept-language': 'fr' } }
    const { status, body } = await login('ShortRegistration', 'r-5', 'Robin', french)
    expect(status).toBe(401)
    expect(body).toMatchObject({
      message: 'Il manque quelque chose',
      detail: { reason: 'incomplete', missing: ['mail'] },
    })
    expect(await person('r-5')).toEqual({})
  })

  test('with one name at the same time creates one person', async () => {
    const both = await Promise.all([register({ name: 'twin' }), register({ name: 'twin' })])
    expect(both.map(({ body }) => typeof body.tokenId).sort()).toEqual(['string', 'undefined'])
    expect(await person('twin')).toMatchObject({ givenName: 'Robin' })
  })
})

describe('a person with an incomplete profile', () => {
  test('is asked for more, which is stored, and then signed in', async () => {
    const asked = await login('ProgressiveProfile', 'quiet-1', 'Old-Pass-2026')
    expect(stepOf(asked).header).toBe('Tell Us More')
    const end = await answerStep(url, asked, [true, 'Oslo'])
    expect(end.body.tokenId).toEqual(expect.any(String))
    expect(await person('quiet-1')).toMatchObject({ city: 'Oslo', preferences: { updates: true } })
    const next = await login('ProgressiveProfile', 'quiet-1', 'Old-Pass-2026')
    expect(next.body.tokenId).toEqual(expect.any(String))
  })

  test('can be rejected for their answers', async () => {
    const asked = await login('ProgressiveProfile', 'opt-1', 'Old-Pass-2026')
    await answerStep(url, asked, [true, 'Rome'])
    expect((await login('ProgressiveProfile', 'opt-1', 'Old-Pass-2026')).body.message).toBe('Not from Oslo')
  })

  test('can’t store a value that violates policies', async () => {
    const asked = await login('ProgressiveProfile', 'terms-1', 'Old-Pass-2026')
    const { status, body } = await answerStep(url, asked, [true, 'x'.repeat(300)])
    expect({ status, message: body.message }).toEqual({
      status: 401,
      message: 'Policy validation failed: city MAX_LENGTH',
    })
  })
})

describe('a forgotten password', () => {
  const reset = async (mail: string) => answerStep(url, await startJourney(url, 'PasswordResetByKba'), [mail])

  test('is replaced after a right answer, in any letter case', async () => {
    const question = await reset('reset-1@example.com')
    expect(output(question, 'prompt')).toMatch(/^My (cat|dog)\?$/)
    const choose = await answerStep(url, question, ['  tOM '])
    const end = await answerStep(url, choose, ['New-Pass-2026'])
    expect(end.body.tokenId).toEqual(expect.any(String))
    expect((await login('PlatformLogin', 'reset-1', 'New-Pass-2026')).status).toBe(200)
    expect((await login('PlatformLogin', 'reset-1', 'Old-Pass-2026')).status).toBe(401)
    expect(await person('reset-1')).toMatchObject({ mail: 'reset-1@example.com' })
  })

  test('is kept after wrong answers, whose number is limited', async () => {
    for (let guess = 1; guess <= 6; guess++) {
      expect((await answerStep(url, await reset('reset-2@example.com'), ['Tim'])).status).toBe(401)
      expect(await person('reset-2')).toMatchObject({ kbaAttempts: guess })
    }
    expect((await reset('reset-2@example.com')).status).toBe(401)
    expect(server.logged()).toContain('Maximum attempts exceeded')
  })

  test.each([
    ['a person without questions', 'reset-3@example.com', 'Login failure'],
    ['a locked person', 'kim@example.com', 'Ask the help desk'],
    ['an unknown person', 'who@example.com', 'Login failure'],
  ])('of %s can’t be replaced', async (_case, mail, message) => {
    expect((await reset(mail)).body.message).toBe(message)
  })
})

test('new terms are shown until they are accepted, and then no more', async () => {
  const asked = await login('TermsLogin', 'terms-1', 'Old-Pass-2026')
  expect(output(asked, 'terms')).toBe('No terms have been written for this realm yet.')
  const again = await answerStep(url, asked, [false])
  const end = await answerStep(url, again, [true])
  expect(end.body.tokenId).toEqual(expect.any(String))
  expect(await person('terms-1')).toMatchObject({ termsAccepted: { termsVersion: '0.0' } })
  expect((await login('TermsLogin', 'terms-1', 'Old-Pass-2026')).body.tokenId).toEqual(expect.any(String))
})

describe('a guest', () => {
  const start = (more: { query?: string; headers?: Record<string, string> }) =>
    startJourney(url, 'Guest', more)
  const seen = { 'x-desk': 'north,south', cookie: 'seen=1' }

  test('is signed in and becomes a known person later', async () => {
    const welcome = await start({ query: '&campaign=spring', headers: seen })
    expect(output(welcome, 'data')).toEqual({ desk: ['north', 'south'], campaign: ['spring'] })
    const { body } = await answerStep(url, welcome, ['anything'])
    expect(body).toMatchObject({ keep: 'yes', kinds: 'Anonymous|' })
    expect(body).not.toHaveProperty('drop')
    const headers = { cookie: `iPlanetDirectoryPro=${body.tokenId}` }
    const end = await login('GuestUpgrade', 'alex', 'Alex-Pass-2026', { headers })
    expect(end.body).toMatchObject({ kinds: 'AnonymousSessionUpgrade|', tokenId: expect.any(String) })
  })

  test('without the expected header gets the journey’s error details', async () => {
    const { status, body, headers } = await start({})
    expect(status).toBe(401)
    expect(body).toMatchObject({
      message: 'We are sorry',
      detail: { ticket: { queue: 'desk' }, failureUrl: '' },
    })
    expect(headers.get('retry-after')).toBe('60')
  })

  test('upgrade needs a guest session', async () => {
    expect((await startJourney(url, 'GuestUpgrade')).status).toBe(401)
  })
})

test.each([
  ['web-agent', 'Agent-Pass-2026', 200],
  ['web-agent', 'wrong', 401],
  ['alex', 'Alex-Pass-2026', 401],
])('as an agent, %s with %s gets %i', async (name, password, status) => {
  expect((await login('AgentLogin', name, password)).status).toBe(status)
})

test('a person can opt out of a second factor, which is stored', async () => {
  const options = await login('OptOut', 'opt-1', 'Old-Pass-2026')
  const end = await answerStep(url, options, [2])
  expect(end.body.tokenId).toEqual(expect.any(String))
  expect(await person('opt-1')).toMatchObject({ oath2faEnabled: '1' })
})

describe('the timeout of a journey', () => {
  const minutes = (answer: WireAnswer) => {
    const [, claims = ''] = stepOf(answer).authId.split('.')
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString())
    return Math.round((exp * 1000 - Date.now()) / 60_000)
  }

  test('is set by its nodes', async () => {
    const name = await startJourney(url, 'MoreTime')
    expect(minutes(name)).toBe(30)
    const password = await answerStep(url, name, ['alex'])
    expect(minutes(password)).toBe(20)
    const end = await answerStep(url, password, ['Alex-Pass-2026'])
    expect(end.status).toBe(401)
    expect(server.logged()).toContain('The resulting timeout value must be positive')
  })
})

test('many steps at once that change the same person are all saved', async () => {
  const pages = await Promise.all(Array.from({ length: 40 }, () => startJourney(url, 'Count')))
  const answers = await Promise.all(pages.map((page) => answerStep(url, page, ['busy-1'])))
  expect(answers.map(({ status }) => status)).toEqual(pages.map(() => 200))
  expect(await person('busy-1')).toMatchObject({ loginCount: 40 })
})
