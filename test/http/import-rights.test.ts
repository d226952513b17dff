import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { newSession } from '../../src/sessions/sessions.ts'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// An import gives nobody more than their rights on the resources of what it changes.

const alpha = '/realms/root/realms/alpha'
const password = 'Staff-Pass-2026'

let server: TestServer
let ask: Ask
/** A session of an administrator of another realm. */
let ofBeta: string
beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    for (const realm of ['/alpha', '/beta']) await saveRealm(stores, realm)
    const identity = exampleIdentity({ id: 'bea', userName: 'bea', realm: '/beta' })
    await stores.identities.create(identity)
    const limits = { maxIdleMinutes: 30, maxSessionMinutes: 120 }
    const signedIn = { realm: '/beta', identity, journey: 'Login', authLevel: 0, properties: {} }
    const { token, session } = newSession({ ...signedIn, ...limits }, Date.now())
    await stores.sessions.create(session)
    ofBeta = token
  })
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
})
afterAll(() => server.stop())

async function member(userName: string, roles: string[], realm = 'alpha'): Promise<string> {
  const people = `/openidm/managed/${realm}_user`
  const mail = `${userName}@example.com`
  const body = { _id: userName, userName, givenName: 'Some', sn: 'Body', mail, password }
  await ask(`${people}?_action=create`, { method: 'POST', body })
  await ask(`${people}/${userName}?_action=setRoles`, { method: 'POST', body: { roles } })
  return signIn(server.url, userName, password, realm)
}

const script = Buffer.from('exports.f = 1').toString('base64')
const file: JsonObject = {
  meta: {},
  global: {},
  realm: {
    'root-alpha': {
      script: { s: { _id: 's', name: 'Fine', context: 'LIBRARY', script } },
      authentication: { _id: '', trees: { authenticationSessionsMaxDuration: 9 } },
      service: {
        CorsService: { _id: '', enabled: true, acceptedOrigins: ['https://evil.example.com'] },
      },
      application: {
        'web-app': {
          coreOAuth2ClientConfig: { clientType: 'Public', redirectionUris: ['https://evil.example.com/'] },
        },
      },
    },
  },
}
const send = (as: string | undefined, more = '') =>
  ask(`${alpha}/journeys?_action=import${more}`, { method: 'POST', body: file, ...(as && { as }) })
const clients = async () =>
  (await ask(`${alpha}/realm-config/agents/OAuth2Client?_queryFilter=true`)).body.result
const origins = async () => (await ask(`${alpha}/realm-config/services/CorsService`)).body.acceptedOrigins
const lifetime = async () =>
  (await ask(`${alpha}/realm-config/authentication`)).body.trees.authenticationSessionsMaxDuration
const isUntouched = async () => {
  expect(await clients()).toEqual([])
  expect(await origins()).toEqual([])
  expect(await lifetime()).toBe(5)
}

test('an author imports the scripts of a file, and neither its settings nor its clients', async () => {
  const answer = await send(await member('quin', ['journey-author']))
  expect(answer).toMatchObject({ status: 200, body: { isImported: true } })
  expect(answer.body.findings).toContainEqual({
    kind: 'note',
    message:
      'Not applied: authentication settings, services and OAuth2 clients need an administrator of the realm (authentication, service CorsService, application web-app)',
  })
  expect(answer.body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['script'])
  await isUntouched()
  const exported = await ask(`${alpha}/journeys?_action=exportAll`, { method: 'POST', body: {} })
  expect(JSON.stringify(exported.body)).not.toContain('evil.example.com')
})

test('an administrator of another realm can’t import at all, and a dry run changes nothing', async () => {
  const roles = '/openidm/managed/beta_user/bea?_action=setRoles'
  expect((await ask(roles, { method: 'POST', body: { roles: ['realm-admin'] } })).status).toBe(200)
  expect((await send(ofBeta)).status).toBe(403)
  const { body } = await send(undefined, '&dryRun=true')
  expect(body.items).toContainEqual(
    expect.objectContaining({
      kind: 'oauthClient',
      id: 'web-app',
      status: 'new',
      changes: expect.arrayContaining(['Redirect URI: added "https://evil.example.com/"']),
    }),
  )
  await isUntouched()
})

test('an administrator of the realm changes settings and clients, which the audit trail names', async () => {
  const answer = await send(await member('rosa', ['realm-admin']))
  expect(answer.status).toBe(200)
  expect((await clients()).map(({ _id }: { _id: string }) => _id)).toEqual(['web-app'])
  expect(await origins()).toEqual(['https://evil.example.com'])
  expect(await lifetime()).toBe(9)
  const [entry] = await audited(ask, 'event=AM-CONFIG-CHANGE')
  expect(entry).toMatchObject({ who: { name: 'rosa' } })
  for (const name of ['Authentication settings', 'CORS Service', 'OAuth2 client web-app'])
    expect(JSON.stringify(entry)).toContain(name)
  const again = await send(undefined)
  expect(again.body.items.every(({ status }: { status: string }) => status === 'identical')).toBe(true)
})
