import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { output, signIn, startJourney } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const path = `${alpha}/realm-config/settings`

let server: TestServer
let ask: Ask

beforeAll(async () => {
  server = await startPrepared((stores) =>
    saveJourney(stores, 'Greet', {
      greet: {
        type: 'MessageNode',
        config: { message: { en: 'Hello', fr: 'Bonjour' } },
        to: { true: 'success', false: 'failure' },
      },
    }),
  )
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
})
afterAll(() => server.stop())

const put = (body: unknown, headers = {}) => ask(path, { method: 'PUT', body, headers })
const read = async () => (await ask(path)).body

type Described = {
  title?: string
  description?: string
  properties?: Record<string, Described>
  items?: Described
  anyOf?: Described[]
}

/** Settings that a form could not explain: those without a title, and those with a value and no description. */
function withoutHelp({ properties = {} }: Described, at = ''): string[] {
  return Object.entries(properties).flatMap(([name, one]) => {
    const inner = [one, one.items, ...(one.anyOf ?? [])].filter((each) => each?.properties !== undefined)
    const isExplained = one.title && (one.description || one.properties !== undefined)
    return [
      ...(isExplained ? [] : [`${at}${name}`]),
      ...inner.flatMap((each) => withoutHelp(each ?? {}, `${at}${name}.`)),
    ]
  })
}

describe('the settings of a realm', () => {
  test('are one document that begins with the defaults', async () => {
    const { status, body } = await ask(`${path}?_action=template`, { method: 'POST', body: {} })
    expect(status).toBe(200)
    const { _rev, ...settings } = await read()
    // The samples come with short passwords, settings of a help desk, and with a journey for people whom applications ask.
    const besides = { helpDesk: {}, oauth: {}, passwordPolicy: {} }
    expect({ ...settings, ...besides }).toEqual({ ...body, ...besides })
    expect(settings).toMatchObject({
      defaultJourney: 'Login',
      transactionSeconds: 180,
      maxSessionsPerPerson: 0,
      lockout: { maxFailures: 10 },
      passwordPolicy: { minLength: 8, maxLength: 64 },
      mail: { from: '', replyTo: '' },
      locales: { default: 'en', offered: ['en'] },
      allowedHosts: [],
      selfService: { kba: { minimumAnswersToVerify: 1 }, consentMappings: [] },
    })
  })

  test('change member by member, and lists and texts as a whole', async () => {
    const before = await read()
    const { body } = await put({
      transactionSeconds: 60,
      lockout: { maxFailures: 3 },
      selfService: {
        kba: { questions: { '7': { en: 'Why?' } } },
        terms: { version: '2', createDate: '2026-01-01T00:00:00.000Z', text: { en: 'Be kind.' } },
      },
      allowedUrls: ['https://app.example.com/*'],
    })
    expect(body).toMatchObject({
      transactionSeconds: 60,
      lockout: { ...before.lockout, maxFailures: 3 },
      allowedUrls: ['https://app.example.com/*'],
    })
    expect(body.selfService.kba.questions).toEqual({ '7': { en: 'Why?' } })
    expect(body.selfService.kba.minimumAnswersToVerify).toBe(1)
    expect((await put({ selfService: { terms: null } })).body.selfService.terms).toBeNull()
    expect(await read()).toMatchObject({ transactionSeconds: 60, selfService: { terms: null } })
  })

  test('are the ones that the vendor’s documents show', async () => {
    await put({ maxIdleMinutes: 17, journeyMinutes: 9 })
    const session = (await ask(`${alpha}/realm-config/services/session`)).body
    expect(session.dynamic.maxIdleTime).toBe(17)
    const { trees } = (await ask(`${alpha}/realm-config/authentication`)).body
    expect(trees.authenticationSessionsMaxDuration).toBe(9)
  })

  test('are told of by name when they change', async () => {
    await put({ mail: { from: 'secret-sender@example.com' }, successUrl: 'https://a.example.com' })
    const [told] = await audited(ask, 'event=AM-CONFIG-CHANGE')
    expect(told.what).toEqual({
      kind: 'realmSettings',
      operation: 'UPDATE',
      fields: ['mail.from', 'successUrl'],
    })
    expect(JSON.stringify(told)).not.toContain('secret-sender')
  })

  test('are not written over somebody else’s change', async () => {
    const { _rev } = await read()
    await put({ journeyMinutes: 11 })
    expect((await put({ journeyMinutes: 12 }, { 'if-match': `"${_rev}"` })).status).toBe(412)
    const { _rev: newer } = await read()
    expect((await put({ journeyMinutes: 12 }, { 'if-match': `"${newer}"` })).status).toBe(200)
  })

  test.each([
    ['an unknown member', { colour: 'red' }, 'Invalid attribute specified.'],
    [
      'a number out of bounds',
      { journeyMinutes: 0 },
      'Data validation failed for the attribute, JourneyMinutes',
    ],
    [
      'a host with a scheme',
      { allowedHosts: ['https://a.example'] },
      'Data validation failed for the attribute, AllowedHosts',
    ],
    [
      'an origin with a path',
      { corsOrigins: ['https://a.example/x'] },
      'Data validation failed for the attribute, CorsOrigins',
    ],
    [
      'a sender that is none',
      { mail: { from: 'a\r\nBcc: b@c' } },
      'Data validation failed for the attribute, Mail',
    ],
    [
      'a password that cannot be',
      { passwordPolicy: { minLength: 70 } },
      'Data validation failed for the attribute, PasswordPolicy',
    ],
    [
      'a language that is not offered',
      { locales: { default: 'fr' } },
      'Data validation failed for the attribute, Locales',
    ],
  ])('refuse %s', async (_what, body, message) => {
    const before = await read()
    expect((await put(body)).body).toMatchObject({ code: 400, message })
    expect(await read()).toEqual(before)
  })

  test('that are refused say of each member what was expected', async () => {
    const { body } = await put({ journeyMinutes: 0, lockout: { lockSeconds: 0 }, corsOrigins: ['x'] })
    expect(body.detail).toEqual({
      journeyMinutes: expect.stringContaining('>=1'),
      'lockout.lockSeconds': expect.any(String),
      'corsOrigins.0': 'must be an origin: scheme, host, port',
    })
  })

  test('have a schema that a form can be drawn from', async () => {
    const { body } = await ask(`${path}?_action=schema`, { method: 'POST', body: {} })
    expect(body.type).toBe('object')
    expect(body.properties.journeyMinutes).toMatchObject({
      type: 'integer',
      minimum: 1,
      maximum: 120,
      default: 5,
      title: 'Journey lifetime (minutes)',
      propertyOrder: 300,
    })
    expect(body.properties.lockout.properties.maxFailures).toMatchObject({ propertyOrder: 100, default: 10 })
    expect(body.properties.defaultJourney.refers).toEqual({ to: 'journey' })
    expect(body.properties.selfService.properties.terms.anyOf[0].properties.text.refers).toEqual({
      to: 'localisedText',
    })
    expect(withoutHelp(body)).toEqual([])
  })
})

test('one session more than a person may have ends the oldest', async () => {
  await put({ maxSessionsPerPerson: 2 })
  for (let count = 0; count < 3; count++) await signIn(server.url, 'dana', 'Dana-Pass-2026')
  const filter = encodeURIComponent('username eq "dana"')
  const sessions = async () => (await ask(`${alpha}/sessions?_queryFilter=${filter}`)).body.result
  const [newest] = await sessions()
  expect(await sessions()).toHaveLength(2)
  await signIn(server.url, 'dana', 'Dana-Pass-2026')
  expect((await sessions()).map((each: { sessionHandle: string }) => each.sessionHandle)).toContain(
    newest.sessionHandle,
  )
  await put({ maxSessionsPerPerson: 0 })
})

test('people whose language is unknown are spoken to in that of the realm', async () => {
  await put({ locales: { default: 'fr', offered: ['en', 'fr'] } })
  const greeting = async (language: string) =>
    output(await startJourney(server.url, 'Greet', { headers: { 'accept-language': language } }), 'message')
  expect(await greeting('xx')).toBe('Bonjour')
  expect(await greeting('en')).toBe('Hello')
  await put({ locales: { default: 'en', offered: ['en'] } })
  expect(await greeting('xx')).toBe('Hello')
})
