import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import type { DirectorySettings } from '../../src/realms/directory-settings.ts'
import { directorySchema } from '../../src/realms/directory-settings.ts'
import {
  administrator,
  type DirectoryServer,
  freePort,
  startDirectory,
  suffix,
} from '../support/directory-server.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// The bind password of a directory belongs to one realm and to the servers that a server administrator set.

const variables = {
  ESV_DIRECTORY_OLD: administrator.password,
  ESV_DIRECTORY_ALPHA_BIND: administrator.password,
  ESV_DIRECTORY_BETA_BIND: 'Beta-Secret-2026',
  ESV_DIRECTORY_ALPHA__STAFF_BIND: 'Staff-Secret-2026',
}
const alpha = '/realms/root/realms/alpha/realm-config'
const realmPassword = 'Realm-Pass-2026!'

let directory: DirectoryServer
let server: TestServer
let ask: Ask
let realmAdmin: string

const binding = (bindSecret: string): DirectorySettings =>
  directorySchema.parse({
    servers: [directory.address],
    connection: 'LDAP',
    bindDn: administrator.dn,
    bindSecret,
    baseDns: [suffix],
  })

beforeAll(async () => {
  Object.assign(process.env, variables)
  directory = await startDirectory(
    `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n`,
  )
  server = await startPrepared(
    async (stores) => {
      await saveRealm(stores, '/beta', { directory: binding('directory.old') })
      await saveRealm(stores, '/gamma', { directory: binding('directory.beta.bind') })
    },
    { ldapAllow: ['127.0.0.1'] },
  )
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const person = {
    userName: 'rita',
    mail: 'rita@example.com',
    givenName: 'Rita',
    sn: 'Realm',
    password: realmPassword,
  }
  const made = await ask('/openidm/managed/alpha_user?_action=create', { method: 'POST', body: person })
  const url = `/openidm/managed/alpha_user/${made.body._id}?_action=setRoles`
  const given = await ask(url, { method: 'POST', body: { roles: ['realm-admin'] } })
  expect([made.status, given.status]).toEqual([201, 200])
  realmAdmin = await signIn(server.url, 'rita', realmPassword)
}, 120_000)

afterAll(async () => {
  for (const name of Object.keys(variables)) delete process.env[name]
  await server.stop()
  await directory.stop()
})

const configure = (changes: object, as?: string) =>
  ask(`${alpha}/settings`, {
    method: 'PUT',
    body: { directory: changes },
    ...defined({ as }),
  })
const testDirectory = (path: string, as?: string) =>
  ask(`${path}/directory?_action=test`, {
    method: 'POST',
    body: { userName: 'ines' },
    ...defined({ as }),
  })

describe('a label', () => {
  test.each([
    'directory.beta.bind',
    'directory.BETA_bind',
    'directory.alpha--staff.bind',
    'directory.old',
    'directory.root.bind',
  ])(
    '%s of another realm is rejected even for server administrators, with the label to use',
    async (bindSecret) => {
      const { status, body } = await configure({ bindSecret })
      expect([status, body.message]).toEqual([
        400,
        "The secret of this realm's directory must use a label of this realm, such as directory.alpha.bind",
      ])
    },
  )

  test('with a letter whose upper case is ASCII is rejected', async () => {
    expect((await configure({ bindSecret: 'd\u0131rectory.alpha.bind' })).status).toBe(400)
    expect((await configure({ bindSecret: 'directory.alpha.b\u0131nd' })).status).toBe(400)
  })

  test('from an earlier version still works unless it names another realm', async () => {
    expect((await testDirectory('/realms/root/realms/beta/realm-config')).body.isReachable).toBe(true)
    expect((await testDirectory('/realms/root/realms/gamma/realm-config')).body).toEqual({
      isReachable: false,
      reason: 'MissingSecretError',
    })
  })

  test('that doesn’t name its realm causes a warning at startup, with the label to use', async () => {
    await expect.poll(() => logLines(server).filter(({ label }) => label !== undefined)).toHaveLength(2)
    const lines = logLines(server).filter(({ label }) => label !== undefined)
    expect(lines).toMatchObject([
      { level: 40, realm: '/beta', label: 'directory.old', use: 'directory.beta.bind' },
      { level: 40, realm: '/gamma', label: 'directory.beta.bind', use: 'directory.gamma.bind' },
    ])
    expect(lines.map(({ msg }) => msg)).toEqual([
      'the secret of a directory does not name its realm and is still used, rename it',
      'the secret of a directory belongs to another realm and is not used, rename it',
    ])
  })
})

describe('a realm administrator', () => {
  beforeAll(async () => {
    const { status, body } = await configure(binding('directory.alpha.bind'))
    expect(status, body.message).toBe(200)
  })

  test.each([
    ['servers', { servers: ['directory.attacker.example'] }],
    ['encryption', { connection: 'START_TLS' }],
    ['certificate check', { trustAllServerCertificates: true }],
    ['secret', { bindSecret: 'directory.alpha.other' }],
  ])('can’t change the %s of a directory with a secret', async (_what, changes) => {
    expect(await configure(changes, realmAdmin)).toMatchObject({ status: 403 })
  })

  test('can’t remove the secret, change the servers and set the secret again', async () => {
    expect(
      (await configure({ bindSecret: '', servers: ['directory.attacker.example'] }, realmAdmin)).status,
    ).toBe(200)
    expect((await configure({ bindSecret: 'directory.alpha.bind' }, realmAdmin)).status).toBe(403)
    expect((await configure(binding('directory.alpha.bind'))).status).toBe(200)
  })

  test('can change other settings', async () => {
    expect((await configure({ timeoutSeconds: 7 }, realmAdmin)).status).toBe(200)
    expect((await testDirectory(alpha, realmAdmin)).body).toMatchObject({ isReachable: true })
  })

  test('gets one answer for all reasons why the directory can’t be reached', async () => {
    const refused = { isReachable: false, reason: 'unavailable' }
    const servers = [`127.0.0.1:${await freePort()}`, directory.tlsAddress, '10.0.0.1:389']
    const reasons: unknown[] = []
    for (const address of servers) {
      expect((await configure({ bindDn: '', bindSecret: '', servers: [address] }, realmAdmin)).status).toBe(
        200,
      )
      expect((await testDirectory(alpha, realmAdmin)).body).toEqual(refused)
      reasons.push((await testDirectory(alpha)).body.reason)
    }
    expect(reasons).toContain('ECONNREFUSED')
    expect(reasons).toContain('EFENCED')
  }, 60_000)
})

test('a sample person with the published password causes a warning at every start', async () => {
  const warned = () => logLines(server).filter(({ person }) => person !== undefined)
  await expect.poll(warned).toMatchObject([{ level: 40, realm: '/alpha', person: 'alex' }])
  expect(server.logged()).not.toContain('Alex-Pass-2026')
})
