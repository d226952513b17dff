import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'
import type { JsonObject } from '../../base/json.ts'

let administration: Awaited<ReturnType<typeof openAdministration>>
beforeAll(async () => {
  administration = await openAdministration()
})
afterAll(() => administration.close())

const ofAlpha = '/realms/root/realms/alpha/realm-config/services'
const ofServer = '/global-config/services'
const send: typeof administration.send = (...call) => administration.send(...call)

describe('a service with settings here', () => {
  test('keeps members without a setting, and shows them with the others', async () => {
    const sent = { dynamic: { maxSessionTime: 90, quotaLimit: 5 }, other: ['a'], sharedSecret: 'hidden' }
    const saved = await send('PUT', `${ofAlpha}/session`, sent)
    const shown = { dynamic: { maxSessionTime: 90, maxIdleTime: 30, quotaLimit: 5 }, other: ['a'] }
    expect(saved).toMatchObject({ status: 200, body: { ...shown, sharedSecret: null } })
    expect((await send('GET', `${ofAlpha}/session`)).body).toMatchObject(shown)
    const again = await send('PUT', `${ofAlpha}/session`, { dynamic: { quotaLimit: 6 } })
    expect(again.body).toMatchObject({ dynamic: { maxSessionTime: 90, quotaLimit: 6 }, other: ['a'] })
  })

  test('goes back to its defaults when it is deleted', async () => {
    await send('PUT', `${ofAlpha}/validation`, { validGotoDestinations: ['https://app.example.com/*'] })
    const deleted = await send('DELETE', `${ofAlpha}/validation`)
    expect(deleted.body).toMatchObject({ validGotoDestinations: ['https://app.example.com/*'] })
    expect((await send('GET', `${ofAlpha}/validation`)).body).toMatchObject({ validGotoDestinations: [] })
    await send('DELETE', `${ofAlpha}/session`)
    const session = (await send('GET', `${ofAlpha}/session`)).body
    expect(session).toMatchObject({ dynamic: { maxSessionTime: 120, maxIdleTime: 30 } })
    expect(session).not.toHaveProperty('other')
  })

  test.each([ofAlpha, ofServer])('has nothing below it in %s', async (path) => {
    const below = await send('POST', `${path}/session?_action=nextdescendents`)
    expect(below).toMatchObject({ status: 200, body: { result: [] } })
    expect((await send('PUT', `${path}/session/key/one`, {})).status).toBe(501)
  })
})

describe('a document as the vendor’s servers have it', () => {
  /** Without the revision and the type, which answers add. */
  const attributesOf = ({ _id, _rev, _type, ...attributes }: JsonObject) => attributes
  const lockout = {
    loginFailureLockoutMode: false,
    storeInvalidAttemptsInDataStore: true,
    loginFailureCount: 5,
    loginFailureDuration: 300,
    lockoutDuration: 0,
    lockoutDurationMultiplier: 1,
    lockoutWarnUserCount: 0,
  }
  const authentication = {
    accountlockout: lockout,
    core: { adminAuthModule: 'Login', orgConfig: 'Login' },
    general: { defaultAuthLevel: 0, identityType: ['agent', 'user'], twoFactorRequired: false },
    postauthprocess: { loginFailureUrl: [], loginSuccessUrl: ['/am/console'], loginPostProcessClass: [] },
    security: {
      addClearSiteDataHeader: true,
      sharedSecret: { $string: '&{am.authentication.shared.secret}' },
    },
    trees: {
      authenticationSessionsMaxDuration: 5,
      authenticationSessionsStateManagement: 'JWT',
      authenticationSessionsWhitelist: false,
      suspendedAuthenticationTimeout: 1440,
    },
  }
  const push = { delegateFactory: 'Sns', region: 'eu-west-1', mdDuration: 120 }
  const trees = { enabled: true, treeMapping: { resetPassword: 'Reset', updatePassword: 'Update' } }
  const lifetimes = {
    quotas: { behaviour: 'DestroyNext' },
    dynamic: { maxIdleTime: 30, maxSessionTime: 120 },
  }
  const urls = { validGotoDestinations: [] }
  const inDefaults = { storageScheme: 'ONE', defaults: { coreOAuth2Config: { codeLifetime: 120, b: 'c' } } }

  test.each<[string, JsonObject]>([
    [ofAlpha.replace('services', 'authentication'), authentication],
    [`${ofAlpha}/pushNotification`, push],
    [`${ofAlpha}/selfServiceTrees`, trees],
    [`${ofServer}/session`, lifetimes],
    [`${ofServer}/CorsService`, { enabled: true }],
    [`${ofServer}/validation`, { ...urls, defaults: urls }],
    [`${ofServer}/transaction`, { defaults: { timeToLive: '180' } }],
    [`${ofServer}/pushNotification`, { defaults: push }],
    [`${ofServer}/selfServiceTrees`, { defaults: trees }],
  ])('comes back from %s as it was sent', async (url, sent) => {
    expect((await send('PUT', url, sent)).status).toBe(200 + Number(url.endsWith('selfServiceTrees')))
    expect(attributesOf((await send('GET', url)).body)).toEqual(sent)
  })

  test('keeps what is beside the defaults of all realms', async () => {
    await send('PUT', `${ofServer}/oauth-oidc`, inDefaults)
    expect((await send('GET', `${ofServer}/oauth-oidc`)).body).toMatchObject(inDefaults)
    expect((await send('GET', `${ofServer}/oauth-oidc`)).body.defaults).not.toHaveProperty('storageScheme')
  })

  test('says a setting as it is once it says otherwise', async () => {
    const url = ofAlpha.replace('services', 'authentication')
    await send('PUT', url, authentication)
    await send('PUT', ofAlpha.replace('services', 'settings'), {
      lockout: { maxFailures: 3, lockSeconds: 600 },
      suspendedMinutes: 9,
    })
    expect((await send('GET', url)).body).toMatchObject({
      accountlockout: {
        ...lockout,
        loginFailureLockoutMode: true,
        loginFailureCount: 3,
        lockoutDuration: 10,
      },
      trees: { ...authentication.trees, suspendedAuthenticationTimeout: 9 },
    })
  })

  test('says which of its members have no effect', async () => {
    const { headers } = await send('PUT', `${ofAlpha}/session`, {
      dynamic: { maxIdleTime: 30, quotaLimit: 2 },
    })
    expect(headers['sidegate-findings']).toBe('kept without effect here: dynamic.quotaLimit')
    const fixed = { source: 'REQUEST_VALUES', fixedValue: 'https://a.test', contextPath: '/am' }
    const unused = await send('PUT', `${ofAlpha}/baseurl`, fixed)
    expect(unused.headers['sidegate-findings']).toBe('kept without effect here: fixedValue')
    const url = ofAlpha.replace('services', 'authentication')
    const journey = await send('PUT', url, { orgConfig: 'Login' })
    expect(journey.headers['sidegate-findings']).toBeUndefined()
    expect(journey.body).not.toHaveProperty('orgConfig')
    const own = await send('PUT', `${ofAlpha}/session`, { dynamic: { maxIdleTime: 30 } })
    expect(own.headers['sidegate-findings']).toBeUndefined()
  })

  test.each([0, -1])(
    'locks until an administrator unlocks if the lockout lasts %d minutes',
    async (lockoutDuration) => {
      const url = ofAlpha.replace('services', 'authentication')
      const sent = { ...lockout, loginFailureLockoutMode: true, lockoutDuration }
      expect((await send('PUT', url, { accountlockout: sent })).body).toMatchObject({ accountlockout: sent })
      const { settings } = (await administration.stores.realms.read('/alpha')) ?? {}
      expect(settings?.lockout).toMatchObject({ maxFailures: 5, lockSeconds: 31_536_000 })
    },
  )
})

describe('a service that is not served', () => {
  const email = {
    hostname: 'smtp.example.com',
    port: 465,
    password: 'hidden',
    _type: { _id: 'email', name: 'Email Service' },
  }

  test.each([ofAlpha, ofServer])('is kept without its credentials in %s', async (path) => {
    expect((await send('GET', `${path}/email`)).status).toBe(404)
    expect((await send('POST', `${path}/email?_action=nextdescendents`)).body).toEqual({ result: [] })
    const created = await send('PUT', `${path}/email`, email)
    const shown = {
      hostname: 'smtp.example.com',
      password: null,
      _type: { _id: 'email', name: 'Email Service', collection: false },
    }
    expect(created).toMatchObject({ status: 201, body: shown })
    expect((await send('PUT', `${path}/email`, email)).status).toBe(200)
    const list = await send('POST', `${path}?_action=nextdescendents`)
    expect(list.body.result).toContainEqual(expect.objectContaining({ ...shown, _id: 'email' }))
    expect(JSON.stringify([created, list])).not.toContain('hidden')
  })

  test('keeps what is below it, and both are gone after a DELETE', async () => {
    const child = `${ofAlpha}/email/transports/backup`
    expect((await send('PUT', child, { host: 'two', _type: { _id: 'transports' } })).status).toBe(200)
    const below = await send('POST', `${ofAlpha}/email?_action=nextdescendents`)
    expect(below.body).toMatchObject({
      result: [{ _id: 'backup', host: 'two', _type: { _id: 'transports' } }],
    })
    expect((await send('GET', child)).body).toMatchObject({ host: 'two' })
    expect((await send('DELETE', `${ofAlpha}/email`)).status).toBe(200)
    expect((await send('GET', `${ofAlpha}/email`)).status).toBe(404)
    expect((await send('GET', child)).status).toBe(404)
    expect((await send('DELETE', `${ofAlpha}/email`)).status).toBe(404)
    // The service of the server is another one.
    expect((await send('GET', `${ofServer}/email`)).status).toBe(200)
  })

  test.each([['a\tb'], ['x'.repeat(300)]])('needs an id without control characters', async (id) => {
    const answer = await send('PUT', `${ofAlpha}/${encodeURIComponent(id)}`, {})
    expect(answer.status).toBe(400)
  })
})

describe('the service of identity providers', () => {
  const path = `${ofAlpha}/SocialIdentityProviders`
  const google = { clientId: 'ours', redirectURI: 'https://app.example.com/', scopes: ['openid'] }

  test('can be written, but not disabled as a whole', async () => {
    expect(await send('PUT', path, { enabled: true })).toMatchObject({ status: 200, body: { enabled: true } })
    expect(await send('PUT', path, { enabled: false })).toMatchObject({
      status: 400,
      body: { detail: { enabled: expect.stringContaining('in each provider') } },
    })
  })

  test('lists the types of providers', async () => {
    const { body } = await send('POST', `${path}?_action=getAllTypes`)
    expect(body.result).toContainEqual({
      _id: 'googleConfig',
      name: 'Client configuration for Google.',
      collection: true,
    })
  })

  test('is deleted only without providers', async () => {
    await administration.stores.documents.save('/alpha', {
      kind: 'socialIdentityProvider',
      id: 'google',
      document: google,
    })
    expect((await send('POST', `${path}?_action=nextdescendents`)).body).toMatchObject({
      result: [{ _id: 'google' }],
    })
    expect((await send('DELETE', path)).status).toBe(409)
    await administration.stores.documents.remove('/alpha', 'socialIdentityProvider', 'google')
    expect((await send('DELETE', path)).status).toBe(200)
  })
})

test('settings of a service and its members without effect are saved together, or neither', async () => {
  await administration.stores.documents.replaceAll(
    '/alpha',
    'keptService',
    Array.from({ length: 1000 }, (_, index) => ({ id: `s${index}`, document: {} })),
  )
  const url = `${ofAlpha}/session`
  const before = await send('GET', url)
  const body = { dynamic: { maxSessionTime: 7, maxIdleTime: 5, maxCachingTime: 3 } }
  expect(await send('PUT', url, body)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('At most 1000 settings') },
  })
  expect((await send('GET', url)).body).toEqual(before.body)
  await administration.stores.documents.remove('/alpha', 'keptService', 's1')
  expect((await send('PUT', url, body)).body).toMatchObject(body)
  await administration.stores.documents.replaceAll('/alpha', 'keptService', [])
})

test('members without effect that two requests change at the same time are all kept', async () => {
  const url = ofAlpha.replace('services', 'authentication')
  const members = ['one', 'two', 'three']
  const service = members.map((name) => send('PUT', `${ofAlpha}/validation`, { [name]: name }))
  const authentication = members.map((name) => send('PUT', url, { general: { [name]: name } }))
  const answers = await Promise.all([...service, ...authentication])
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200))
  const all = Object.fromEntries(members.map((name) => [name, name]))
  expect((await send('GET', `${ofAlpha}/validation`)).body).toMatchObject(all)
  expect((await send('GET', url)).body).toMatchObject({
    general: all,
  })
})
