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

/** Settings that a form couldn't explain: without a title, or with a value and no description. */
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
  test('are one document that starts with the defaults', async () => {
    const { status, body } = await ask(`${path}?_action=template`, { method: 'POST', body: {} })
    expect(status).toBe(200)
    const { _rev, ...settings } = await read()
    // The samples set a short password minimum, the help desk and the journey for CIBA requests.
    const changedBySamples = { helpDesk: {}, oauth: {}, passwordPolicy: {} }
    expect({ ...settings, ...changedBySamples }).toEqual({ ...body, ...changedBySamples })
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

  test('are merged member by member, but lists and texts are replaced', async () => {
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

  test('also appear in the vendor’s documents', async () => {
    await put({ maxIdleMinutes: 17, journeyMinutes: 9 })
    const session = (await ask(`${alpha}/realm-config/services/session`)).body
    expect(session.dynamic.maxIdleTime).toBe(17)
    const { trees } = (await ask(`${alpha}/realm-config/authentication`)).body
    expect(trees.authenticationSessionsMaxDuration).toBe(9)
  })

  test('are audited by name when they change', async () => {
    await put({ mail: { from: 'secret-sender@example.com' }, successUrl: 'https://a.example.com' })
    const [entry] = await audited(ask, 'event=AM-CONFIG-CHANGE')
    expect(entry.what).toEqual({
      kind: 'realmSettings',
      operation: 'UPDATE',
      fields: ['mail.from', 'successUrl'],
    })
    expect(JSON.stringify(entry)).not.toContain('secret-sender')
  })

  test('don’t overwrite a concurrent change', async () => {
    const { _rev } = await read()
    await put({ journeyMinutes: 11 })
    expect((await put({ journeyMinutes: 12 }, { 'if-match': `"${_rev}"` })).status).toBe(412)
    const { _rev: newer } = await read()
    expect((await put({ journeyMinutes: 12 }, { 'if-match': `"${newer}"` })).status).toBe(200)
  })

  test('save each of many concurrent changes', async () => {
    const services = Array.from({ length: 20 }, (_, index) => `${alpha}/realm-config/services/kept-${index}`)
    const saved = await Promise.all(
      services.map((service) => ask(service, { method: 'PUT', body: { colour: 'red' } })),
    )
    expect(saved.map(({ status }) => status)).toEqual(services.map(() => 201))
    const changed = await Promise.all(services.map((_, index) => put({ journeyMinutes: index + 1 })))
    expect(changed.map(({ status }) => status)).toEqual(services.map(() => 200))
    const removed = await Promise.all(services.map((service) => ask(service, { method: 'DELETE' })))
    expect(removed.map(({ status }) => status)).toEqual(services.map(() => 200))
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
      'an invalid sender',
      { mail: { from: 'a\r\nBcc: b@c' } },
      'Data validation failed for the attribute, Mail',
    ],
    [
      'an impossible password policy',
      { passwordPolicy: { minLength: 70 } },
      'Data validation failed for the attribute, PasswordPolicy',
    ],
    [
      'a default language that isn’t offered',
      { locales: { default: 'fr' } },
      'Data validation failed for the attribute, Locales',
    ],
  ])('reject %s', async (_what, body, message) => {
    const before = await read()
    expect((await put(body)).body).toMatchObject({ code: 400, message })
    expect(await read()).toEqual(before)
  })

  test('that are rejected say for each member what was expected', async () => {
    const { body } = await put({ journeyMinutes: 0, lockout: { lockSeconds: 0 }, corsOrigins: ['x'] })
    expect(body.detail).toEqual({
      journeyMinutes: expect.stringContaining('>=1'),
      'lockout.lockSeconds': expect.any(String),
      'corsOrigins.0': 'must be an origin: scheme, host, port',
    })
  })

  test('have a schema that forms can be built from', async () => {
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

test('a session beyond the maximum ends the oldest session of the person', async () => {
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

test('the realm’s default language applies if the browser’s is not available', async () => {
  await put({ locales: { default: 'fr', offered: ['en', 'fr'] } })
  const greeting = async (language: string) =>
    output(await startJourney(server.url, 'Greet', { headers: { 'accept-language': language } }), 'message')
  expect(await greeting('xx')).toBe('Bonjour')
  expect(await greeting('en')).toBe('Hello')
  await put({ locales: { default: 'en', offered: ['en'] } })
  expect(await greeting('xx')).toBe('Hello')
})
