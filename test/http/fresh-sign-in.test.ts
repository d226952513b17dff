import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSession } from '../../src/sessions/sessions.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited, type RestRequest } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const people = '/openidm/managed/alpha_user'
const root = '/openidm/managed/user'
const minute = 60_000

let server: TestServer
let ask: Ask
/** Eleven minutes old, but in constant use. */
let stale: string
/** Created this minute by a remembered browser. */
let remembered: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha')
    await saveRealm(stores, '/beta')
    const sessionOf = async (age: number, properties: Record<string, string>) => {
      const identity = { id: 'amadmin', userName: 'amadmin' }
      const limits = { maxIdleMinutes: 30, maxSessionMinutes: 120 }
      const at = Date.now() - age * minute
      const made = newSession(
        { realm: '/', identity, journey: 'Login', authLevel: 0, properties, ...limits },
        at,
      )
      await stores.sessions.create({ ...made.session, lastUsedAt: Date.now() })
      return made.token
    }
    stale = await sessionOf(11, { amr: 'pwd' })
    remembered = await sessionOf(0, { amr: 'cookie' })
  })
  const fresh = await signIn(server.url, 'amadmin', adminPassword, '/')
  ask = asking(server.url, fresh)
  for (const _id of ['target', 'victim']) {
    const person = { _id, userName: _id, givenName: 'Some', sn: 'Body', mail: `${_id}@example.com` }
    await ask(`${people}?_action=create`, { method: 'POST', body: person })
  }
})
afterAll(() => server.stop())

const replacePassword = [{ operation: 'replace', field: '/password', value: 'Other-Pass-2026' }]
const realmId = Buffer.from('/beta').toString('base64url')

const secret = '/environment/secrets/esv-key'

const patchOf = (field: string, value: unknown) => [{ operation: 'replace', field: `/${field}`, value }]

const wholeTarget = { userName: 'target', givenName: 'Some', sn: 'Body', mail: 'target@example.com' }

/** Attributes by which people sign in, are reached, or get their account back. */
const sensitive: [string, unknown][] = [
  ['mail', 'other@example.com'],
  ['telephoneNumber', '+4930123456'],
  ['manager', { _ref: 'managed/alpha_user/victim' }],
  ['userName', 'renamed'],
  ['aliasList', ['google-1234']],
  ['employeeType', 'contractor'],
  ['kbaInfo', [{ questionId: '1', answer: 'Rex' }]],
  ['userCode', '1234'],
  ['webauthnDeviceProfiles', ['sealed']],
]

const dangerous: [string, string, RestRequest][] = [
  ['a new secret', secret, { method: 'PUT', body: { valueBase64: 'a2V5' } }],
  [
    'a version of a secret',
    `${secret}/versions?_action=create`,
    { method: 'POST', body: { valueBase64: 'a2V5' } },
  ],
  [
    'the status of a version',
    `${secret}/versions/1?_action=changestatus`,
    { method: 'POST', body: { status: 'DISABLED' } },
  ],
  ['a destroyed version', `${secret}/versions/1`, { method: 'DELETE' }],
  [
    'the description of a secret',
    `${secret}?_action=setDescription`,
    { method: 'POST', body: { description: 'd' } },
  ],
  ['a deleted secret', secret, { method: 'DELETE' }],
  ['a new password by action', `${people}/target?_action=resetPassword`, { method: 'POST', body: {} }],
  ['a new password by patch', `${people}/target`, { method: 'PATCH', body: replacePassword }],
  [
    'a new password by posted patch',
    `${people}/target?_action=patch`,
    { method: 'POST', body: replacePassword },
  ],
  [
    'a new password with the whole person',
    `${people}/target`,
    {
      method: 'PUT',
      body: {
        userName: 'target',
        givenName: 'A',
        sn: 'B',
        mail: 'a@example.com',
        password: 'Other-Pass-2026',
      },
    },
  ],
  ['roles', `${people}/target?_action=setRoles`, { method: 'POST', body: { roles: ['agent'] } }],
  ['deleting a person', `${people}/victim`, { method: 'DELETE' }],
  ['exporting the audit trail', `${alpha}/audit/export`, {}],
  ['exporting the checks of all agents', `${alpha}/help-desk/numbers/export?from=0&to=1&format=ndjson`, {}],
  ['replacing signing keys', `${alpha}/realm-config/oauth-keys?_action=rotate`, { method: 'POST', body: {} }],
  ['removing a person’s second factor', `${alpha}/users/target/devices/2fa/oath/x`, { method: 'DELETE' }],
  ['removing an own second factor', '/realms/root/users/amadmin/devices/2fa/oath/x', { method: 'DELETE' }],
  [
    'adding a webhook',
    `${alpha}/realm-config/help-desk/receivers?_action=create`,
    { method: 'POST', body: { url: 'https://tickets.example.com' } },
  ],
  [
    'adding sample people',
    `${alpha}/realm-config/starters/sample-people?_action=add`,
    { method: 'POST', body: {} },
  ],
  ['deleting a realm', `/global-config/realms/${realmId}`, { method: 'DELETE' }],
  [
    'discarding what waits in the outbox',
    '/global-config/server/outbox/mail/some?_action=discard',
    { method: 'POST', body: {} },
  ],
  [
    'changing how long the audit trail is kept',
    '/global-config/audit',
    { method: 'PUT', body: { retentionDays: 90 } },
  ],
  [
    'testing a gateway',
    `${alpha}/realm-config/messaging?_action=test`,
    { method: 'POST', body: { channel: 'sms', to: '+4930123456' } },
  ],
  ['undoing an import', `${alpha}/versions/imports/1?_action=undo`, { method: 'POST', body: {} }],
]

const sensitiveWrites = sensitive.flatMap(([name, value]): typeof dangerous => [
  [`another ${name} by patch`, `${people}/target`, { method: 'PATCH', body: patchOf(name, value) }],
  [
    `another ${name} by posted patch`,
    `${people}/target?_action=patch`,
    { method: 'POST', body: patchOf(name, value) },
  ],
  [
    `another ${name} with the whole person`,
    `${people}/target`,
    { method: 'PUT', body: { ...wholeTarget, [name]: value } },
  ],
])

describe.each([...dangerous, ...sensitiveWrites])('%s', (_what, path, asked) => {
  test('is rejected for a session older than ten minutes, with the remedy', async () => {
    const { status, body } = await ask(path, { ...asked, as: stale })
    expect(status).toBe(403)
    expect(body).toEqual({
      code: 403,
      reason: 'Forbidden',
      message: 'This needs a sign-in within the last 10 minutes: sign in again',
      detail: { freshSignIn: { maxAgeSeconds: 600, signedInAt: expect.stringMatching(/Z$/) } },
    })
  })

  test('is rejected for a remembered browser', async () => {
    expect((await ask(path, { ...asked, as: remembered })).body.detail).toHaveProperty('freshSignIn')
  })
})

test('rejected calls change nothing and leave no audit entry', async () => {
  expect((await ask(`${people}/target?_fields=_access`)).body._access).toMatchObject({
    roles: [],
    hasPassword: false,
  })
  expect((await ask(`${people}/victim`)).status).toBe(200)
  expect((await ask(`/global-config/realms/${realmId}`)).status).toBe(200)
  const entries = JSON.stringify(await audited(ask, 'whom=target'))
  expect(entries).not.toMatch(/setRoles|resetPassword|UPDATE/)
})

describe('an older session', () => {
  test('can still make all other calls', async () => {
    const as = stale
    expect((await ask(`${people}?_queryFilter=true`, { as })).status).toBe(200)
    expect((await ask(`${alpha}/audit`, { as })).status).toBe(200)
    const rename = [{ operation: 'replace', field: '/givenName', value: 'Other' }]
    expect((await ask(`${people}/target`, { method: 'PATCH', body: rename, as })).status).toBe(200)
    const made = {
      userName: 'made',
      givenName: 'A',
      sn: 'B',
      mail: 'm@example.com',
      password: 'Made-Pass-2026',
    }
    expect((await ask(`${people}/made`, { method: 'PUT', body: made, as })).status).toBe(201)
  })

  test('can write the same address, number or name again', async () => {
    const as = stale
    const same = [{ operation: 'replace', field: '/mail', value: 'Target@example.com' }]
    expect((await ask(`${people}/target`, { method: 'PATCH', body: same, as })).status).toBe(200)
    const body = { ...wholeTarget, mail: 'Target@example.com', description: 'Keeps keys' }
    expect((await ask(`${people}/target`, { method: 'PUT', body, as })).status).toBe(200)
  })

  test('can’t avoid the fresh sign-in with malformed requests', async () => {
    const garbage = { method: 'PATCH', body: 'nonsense', as: stale }
    expect((await ask(`${people}/target`, garbage)).status).toBe(400)
    const others = [{ operation: 'add', field: 'password', value: 'Other-Pass-2026' }]
    expect((await ask(`${people}/target`, { method: 'PATCH', body: others, as: stale })).status).toBe(403)
  })
})

test.each(dangerous.slice(0, 10))('after a fresh sign-in %s is allowed', async (_what, path, asked) => {
  const as = await signIn(server.url, 'amadmin', adminPassword, '/')
  if (path.endsWith('/audit/export')) {
    const headers = { iplanetdirectorypro: as }
    expect((await fetch(`${server.url}/json${path}`, { headers })).status).toBe(200)
  } else expect([200, 404]).toContain((await ask(path, { ...asked, as })).status)
})

test.each([
  ['mail', 'other@example.com'],
  ['telephoneNumber', '+4930123456'],
])('after a fresh sign-in another %s is allowed', async (name, value) => {
  const as = await signIn(server.url, 'amadmin', adminPassword, '/')
  const asked = { method: 'PATCH', body: patchOf(name, value), as }
  expect((await ask(`${people}/target`, asked)).status).toBe(200)
})

test('the realm of the session sets the maximum age; 0 turns the requirement off', async () => {
  const settings = '/realms/root/realm-config/settings'
  await ask(settings, { method: 'PUT', body: { freshSignInMinutes: 30 } })
  expect(
    (await ask(`${people}/target?_action=setRoles`, { method: 'POST', body: { roles: [] }, as: stale }))
      .status,
  ).toBe(200)
  await ask(settings, { method: 'PUT', body: { freshSignInMinutes: 0 } })
  const asked = { method: 'POST', body: { roles: [] }, as: remembered }
  expect((await ask(`${root}/amadmin?_action=setRoles`, asked)).status).toBe(409)
})
