import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'
import { messagingSchema } from '../../realms/messaging-settings.ts'

let am: Awaited<ReturnType<typeof openAdministration>>
beforeEach(async () => {
  am = await openAdministration()
})
afterEach(() => am.close())

const at = '/realms/root/realms/alpha/realm-config'
const settings = async () => (await am.stores.realms.read('/alpha'))?.settings

test('keeps unknown members of the authentication settings, except secrets', async () => {
  const url = `${at}/authentication`
  const sent = {
    core: { orgConfig: 'Login', adminAuthModule: 'adminTree' },
    general: { locale: 'en_US', statelessSessionsEnabled: false },
    trees: { authenticationSessionsStateManagement: 'JWT' },
    security: { keyAlias: 'test', sharedSecret: 'c2VjcmV0' },
  }
  const { body } = await am.send('PUT', url, sent)
  expect(body).toMatchObject({
    core: sent.core,
    general: sent.general,
    security: { keyAlias: 'test' },
    trees: sent.trees,
  })
  expect((await am.send('GET', url)).body).toEqual(body)
  expect((await am.send('PUT', url, body)).body).toEqual(body)
  const part = await am.send('PUT', url, { general: { locale: 'de_DE' } })
  expect(part.body).toMatchObject({ general: { locale: 'de_DE', statelessSessionsEnabled: false } })
  expect(JSON.stringify(await am.stores.documents.all('/alpha'))).not.toContain('c2VjcmV0')
  expect((await am.send('GET', '/realms/root/realm-config/authentication')).body).not.toHaveProperty(
    'general',
  )
})

test('changes single members of the authentication settings', async () => {
  const { body } = await am.send('GET', `${at}/authentication`)
  expect(body).toMatchObject({
    core: { orgConfig: 'Login' },
    trees: { authenticationSessionsMaxDuration: 5, suspendedAuthenticationTimeout: 5 },
    accountlockout: { loginFailureLockoutMode: true, loginFailureCount: 10, loginFailureDuration: 10 },
    _type: { _id: 'EMPTY' },
  })
  const changed = await am.send('PUT', `${at}/authentication`, {
    ...body,
    core: { adminAuthModule: 'x', orgConfig: 'Helpdesk' },
    trees: { authenticationSessionsMaxDuration: 15 },
    postauthprocess: { loginSuccessUrl: ['/desk/'], loginFailureUrl: [] },
    accountlockout: { loginFailureLockoutMode: false },
    general: { locale: 'en_US' },
  })
  expect(changed).toMatchObject({ status: 200, body: { core: { orgConfig: 'Helpdesk' } } })
  expect(await settings()).toMatchObject({
    defaultJourney: 'Helpdesk',
    journeyMinutes: 15,
    suspendedMinutes: 5,
    successUrl: '/desk/',
    lockout: { maxFailures: 0, windowSeconds: 600, lockSeconds: 300 },
  })
})

test.each([
  ['a time below one minute', { trees: { authenticationSessionsMaxDuration: 0 } }, 'Trees'],
  ['a time as text', { trees: { suspendedAuthenticationTimeout: '5' } }, 'Trees'],
  ['no default journey', { core: { orgConfig: '' } }, 'Core'],
])('refuses %s', async (_what, body, attribute) => {
  expect(await am.send('PUT', `${at}/authentication`, body)).toMatchObject({
    status: 400,
    body: { message: `Data validation failed for the attribute, ${attribute}` },
  })
})

test('lists services for a POST without a body', async () => {
  const { body } = await am.send('POST', `${at}/services?_action=nextdescendents`)
  expect(Object.keys(body)).toEqual(['result'])
  expect(body.result).toContainEqual({
    _id: 'transaction',
    timeToLive: '180',
    _type: { _id: 'transaction', name: 'Transaction Authentication Service', collection: false },
  })
  const types = await am.send('POST', `${at}/services?_action=getAllTypes`)
  expect(types.body.result).toContainEqual({
    _id: 'validation',
    name: 'Validation Service',
    collection: false,
  })
  expect((await am.send('GET', `${at}/services?_queryFilter=true`)).body.resultCount).toBe(9)
})

test.each([
  ['transaction', { timeToLive: '60' }, { transactionSeconds: 60 }],
  ['transaction', { timeToLive: 90 }, { transactionSeconds: 90 }],
  ['validation', { validGotoDestinations: ['https://a.test/*'] }, { allowedUrls: ['https://a.test/*'] }],
  [
    'session',
    { dynamic: { maxSessionTime: 60, maxIdleTime: 5 } },
    { maxSessionMinutes: 60, maxIdleMinutes: 5 },
  ],
  [
    'CorsService',
    { enabled: true, acceptedOrigins: ['https://a.test'] },
    { corsOrigins: ['https://a.test'] },
  ],
  [
    'CorsService',
    { enabled: true, acceptedOrigins: ['https://a.test'], acceptedHeaders: ['X-Tenant'] },
    { corsHeaders: ['x-tenant'] },
  ],
  ['CorsService', { enabled: false, acceptedOrigins: ['https://a.test'] }, { corsOrigins: [] }],
  ['baseurl', { source: 'REQUEST_VALUES', contextPath: '/am' }, { linkBaseUrl: '' }],
  [
    'oauth-oidc',
    {
      coreOAuth2Config: { accessTokenLifetime: 90, statelessTokensEnabled: false },
      advancedOIDCConfig: { loaMapping: { gold: 'StepUp' } },
    },
    {
      oauth: {
        accessTokenSeconds: 90,
        refreshTokenSeconds: 604_800,
        contexts: [{ acr: 'gold', journey: 'StepUp' }],
      },
    },
  ],
])('the service %s accepts %o', async (id, body, expected) => {
  const answer = await am.send('PUT', `${at}/services/${id}`, { _id: '', ...body, _type: { _id: id } })
  expect(answer.status).toBe(200)
  expect(await settings()).toMatchObject(expected)
  expect((await am.send('GET', `${at}/services/${id}`)).body).toEqual(answer.body)
})

test.each([
  ['transaction', { timeToLive: 'long' }],
  ['transaction', { timeToLive: '0' }],
  ['validation', { validGotoDestinations: 'https://a.test' }],
  ['session', { dynamic: { maxSessionTime: 0, maxIdleTime: 5 } }],
  ['CorsService', { acceptedOrigins: ['https://a.test/path'] }],
  ['CorsService', { acceptedOrigins: ['*'] }],
  ['CorsService', { enabled: true, acceptedOrigins: [], acceptedHeaders: ['*'] }],
  ['CorsService', { enabled: true, acceptedOrigins: [], acceptedHeaders: ['X-Forwarded-For'] }],
  ['baseurl', { source: 'FIXED_VALUE', fixedValue: 'https://evil.test' }],
  ['baseurl', { source: 'FIXED_VALUE', fixedValue: 'javascript:alert(1)' }],
  ['baseurl', { source: 'FORWARDED_HEADER' }],
  ['baseurl', { source: 'X_FORWARDED_HEADERS' }],
  ['oauth-oidc', { coreOAuth2Config: { accessTokenLifetime: 0 } }],
  ['oauth-oidc', { advancedOIDCConfig: { loaMapping: { 'two words': 'Login' } } }],
])('the service %s refuses %o and keeps its settings', async (id, body) => {
  const before = await settings()
  expect((await am.send('PUT', `${at}/services/${id}`, body)).status).toBe(400)
  expect(await settings()).toEqual(before)
})

test('shows the root realm’s settings as defaults of the global services', async () => {
  const url = '/global-config/services/transaction'
  expect((await am.send('GET', url)).body).toMatchObject({
    defaults: { timeToLive: '180' },
  })
  await am.send('PUT', url, { defaults: { timeToLive: '30' } })
  expect((await am.stores.realms.read('/'))?.settings.transactionSeconds).toBe(30)
  expect((await settings())?.transactionSeconds).toBe(180)
  expect((await am.send('GET', '/global-config/services/nothing')).status).toBe(404)
  expect((await am.send('PUT', `/realms/root/realms/alpha${url}`, { timeToLive: '30' })).status).toBe(400)
})

test('a gateway that lacks its secret does not keep other settings from being saved', async () => {
  const realm = await am.stores.realms.read('/alpha')
  if (realm === undefined) throw new Error('no realm')
  const account = { provider: 'twilio', accountSid: `AC${'0'.repeat(32)}`, from: '+15005550006' }
  const messaging = messagingSchema.parse({ sms: account })
  await am.stores.realms.save({ ...realm, settings: { ...realm.settings, messaging } })
  const { status, body } = await am.send('PUT', `${at}/settings`, { journeyMinutes: 7 })
  expect({ status, body }).toMatchObject({ status: 200, body: { journeyMinutes: 7 } })
  expect((await am.send('PUT', `${at}/settings`, body)).status).toBe(200)
  const sms = { ...account, from: '+15005550007' }
  expect((await am.send('PUT', `${at}/settings`, { messaging: { sms } })).body).toMatchObject({
    code: 400,
    detail: { 'messaging.sms.authToken': 'must not be empty' },
  })
})
