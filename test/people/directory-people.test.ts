import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ldapFence } from '../../src/people/directories/directories.ts'
import { ldapPeople } from '../../src/people/directories/ldap/people.ts'
import { directorySchema } from '../../src/realms/directory-settings.ts'
import {
  administrator,
  type DirectoryServer,
  freePort,
  startDirectory,
  suffix,
} from '../support/directory-server.ts'
import { startMailServer } from '../support/mail-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { authenticate, signIn } from '../support/wire.ts'

// People of a realm in a real OpenLDAP server: configured over REST, found by the desk, signed in by the
// sample journeys.

const below = `ou=people,${suffix}`
const entries = `dn: ${suffix}
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: ${below}
objectClass: organizationalUnit
ou: people

dn: ou=policies,${suffix}
objectClass: organizationalUnit
ou: policies

dn: uid=ines,${below}
objectClass: inetOrgPerson
uid: ines
cn: Ines Ferreira
givenName: Ines
sn: Ferreira
mail: ines@example.com
userPassword: Ines-Pass-2026
`

/** The directory as its own administrators see it. */
const directorySettings = () =>
  directorySchema.parse({
    servers: [directory.address],
    connection: 'LDAP',
    bindDn: administrator.dn,
    baseDns: [below],
    isWritable: true,
  })

const settingsUrl = '/realms/root/realms/alpha/realm-config/settings'
const directoryUrl = '/realms/root/realms/alpha/realm-config/directory'

let directory: DirectoryServer
let server: TestServer
let mail: Awaited<ReturnType<typeof startMailServer>>
let ask: Ask
let url: string

beforeAll(async () => {
  directory = await startDirectory(entries)
  process.env.ESV_DIRECTORY_ALPHA_BIND = administrator.password
  process.env.ESV_DIRECTORY_ALPHA_WRONG = 'wrong'
  process.env.ESV_DIRECTORY_OLD = administrator.password
  process.env.ESV_DIRECTORY_BETA_BIND = administrator.password
  mail = await startMailServer()
  server = await startServer({ ldapAllow: ['127.0.0.1'], smtpUrl: mail.url })
  url = server.url
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
}, 120_000)
afterAll(async () => {
  delete process.env.ESV_DIRECTORY_ALPHA_BIND
  delete process.env.ESV_DIRECTORY_ALPHA_WRONG
  delete process.env.ESV_DIRECTORY_OLD
  delete process.env.ESV_DIRECTORY_BETA_BIND
  await server.stop()
  await mail.stop()
  await directory.stop()
})

const testDirectory = (userName: string) =>
  ask(`${directoryUrl}?_action=test`, { method: 'POST', body: { userName } })

async function configure(changes: object): Promise<void> {
  const { status, body } = await ask(settingsUrl, { method: 'PUT', body: { directory: changes } })
  expect(status, body.message).toBe(200)
}

const login = (name: string, password: string, journey = 'Login') =>
  authenticate(url, {
    query: `?authIndexType=service&authIndexValue=${journey}`,
    headers: { 'x-openam-username': name, 'x-openam-password': password },
  })

describe('a realm without a directory', () => {
  test('can neither test nor synchronize one', async () => {
    expect(await testDirectory('ines')).toMatchObject({
      status: 404,
      body: { message: 'The realm has no directory in its settings' },
    })
    expect((await ask(`${directoryUrl}?_action=synchronize`, { method: 'POST' })).status).toBe(404)
  })

  test.each([
    [{ servers: ['ldap://x'] }, 'servers'],
    [{ attributes: [{ here: 'mail', there: '(x)' }] }, 'attributes'],
    [{ bindSecret: 'other.secret' }, 'bindSecret'],
    [{ timeoutSeconds: 0 }, 'timeoutSeconds'],
  ])('rejects %j with the name of the setting', async (changes, named) => {
    const { status, body } = await ask(settingsUrl, { method: 'PUT', body: { directory: changes } })
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain(named)
  })
})

describe('the directory of a realm', () => {
  beforeAll(() =>
    configure({
      servers: [directory.address],
      connection: 'LDAP',
      bindDn: administrator.dn,
      bindSecret: 'directory.alpha.bind',
      baseDns: [below],
      isWritable: true,
    }),
  )

  test('can be tested: whether a person is found, or why not', async () => {
    expect((await testDirectory('ines')).body).toEqual({
      isReachable: true,
      isFound: true,
      isUnique: true,
      person: {
        dn: `uid=ines,${below}`,
        userName: 'ines',
        isActive: true,
        attributes: { givenName: 'Ines', sn: 'Ferreira', mail: 'ines@example.com', cn: 'Ines Ferreira' },
      },
    })
    expect((await testDirectory('nobody')).body).toEqual({
      isReachable: true,
      isFound: false,
      isUnique: true,
    })
    await configure({ bindSecret: 'directory.alpha.none' })
    expect((await testDirectory('ines')).body).toEqual({ isReachable: false, reason: 'MissingSecretError' })
    await configure({ bindSecret: 'directory.alpha.wrong' })
    expect((await testDirectory('ines')).body).toEqual({
      isReachable: false,
      reason: 'InvalidCredentialsError',
    })
    await configure({ bindSecret: 'directory.alpha.bind' })
    expect((await testDirectory('ines')).body.isReachable).toBe(true)
    expect(JSON.stringify((await ask(settingsUrl)).body)).not.toContain(administrator.password)
  })

  test('has people who sign in, next to local ones', async () => {
    expect((await login('ines', 'Ines-Pass-2026')).body).toMatchObject({ realm: '/alpha' })
    expect((await login('ines', 'wrong')).body.tokenId).toBeUndefined()
    expect((await login('alex', 'Alex-Pass-2026', 'PlatformLogin')).body).toMatchObject({ realm: '/alpha' })
  })

  test('has people that the desk finds and administrators can change', async () => {
    const desk = '/realms/root/realms/alpha/help-desk/people?q=ferr'
    const { _id: id } = (await ask(desk)).body.result[0]
    const one = `/openidm/managed/alpha_user/${id}`
    const known = mail.mails.length
    expect((await ask(one)).body).toMatchObject({ userName: 'ines', mail: 'ines@example.com' })
    const operations = [{ operation: 'replace', field: '/mail', value: 'new@example.com' }]
    expect((await ask(one, { method: 'PATCH', body: operations })).status).toBe(200)
    expect((await testDirectory('ines')).body.person.attributes.mail).toBe('new@example.com')
    const password = [{ operation: 'replace', field: '/password', value: 'Next-Pass-2026' }]
    expect((await ask(one, { method: 'PATCH', body: password })).status).toBe(200)
    expect((await login('ines', 'Next-Pass-2026')).body.tokenId).toBeDefined()
    expect((await login('ines', 'Ines-Pass-2026')).body.tokenId).toBeUndefined()
    // The changed address is notified at both addresses, the new password at the new one.
    await mail.arrived(known + 3)
  })

  test('has people who are signed out and notified when their password or address changes, here or in the directory', async () => {
    const desk = '/realms/root/realms/alpha/help-desk/people?q=ferr'
    const { _id: id, mail: old } = (await ask(desk)).body.result[0]
    const one = `/openidm/managed/alpha_user/${id}`
    const session = async (password: string) => String((await login('ines', password)).body.tokenId)
    const isAlive = async (tokenId: string) =>
      (
        await ask('/realms/root/realms/alpha/sessions?_action=validate', {
          method: 'POST',
          body: { tokenId },
        })
      ).body.valid
    const before = await session('Next-Pass-2026')
    const password = [{ operation: 'replace', field: '/password', value: 'Last-Pass-2026' }]
    const known = mail.mails.length
    expect((await ask(one, { method: 'PATCH', body: password })).status).toBe(200)
    expect(await isAlive(before)).toBe(false)
    expect((await mail.arrived(known + 1)).to).toEqual([old])

    const after = await session('Last-Pass-2026')
    const changedBefore = (await ask(`${one}?_fields=_access`)).body._access.changedAt.mail
    const there = ldapPeople(directorySettings(), administrator.password, ldapFence(['127.0.0.1']))
    await there.write(`uid=ines,${below}`, { attributes: { mail: 'moved@example.com' }, password: undefined })
    expect((await ask(desk)).body.result[0].mail).toBe('moved@example.com')
    expect(await isAlive(after)).toBe(false)
    await mail.arrived(known + 3)
    expect(mail.mails.slice(known + 1).flatMap(({ to }) => to)).toEqual(['moved@example.com', old])
    const { changedAt } = (await ask(`${one}?_fields=_access`)).body._access
    expect(Date.parse(changedAt.mail)).toBeGreaterThan(Date.parse(changedBefore))
    const back = [{ operation: 'replace', field: '/password', value: 'Next-Pass-2026' }]
    await ask(one, { method: 'PATCH', body: back })
  })

  test('has people who can sign in after their address changed in the directory', async () => {
    const there = ldapPeople(directorySettings(), administrator.password, ldapFence(['127.0.0.1']))
    await there.write(`uid=ines,${below}`, { attributes: { mail: 'again@example.com' }, password: undefined })
    expect((await login('ines', 'Next-Pass-2026')).body.tokenId).toBeDefined()
    const { body } = await ask('/realms/root/realms/alpha/help-desk/people?q=ferr')
    expect(body.result[0].mail).toBe('again@example.com')
  })

  test('can be synchronized as a whole, which is audited, unlike a test', async () => {
    const done = await ask(`${directoryUrl}?_action=synchronize`, { method: 'POST' })
    expect(done.body).toEqual({ found: 1, gone: 0 })
    const entries = await audited(ask, '_pageSize=100')
    const actions = entries.map((entry: { what?: { action?: string } }) => entry.what?.action)
    expect(actions).toContain('synchronize')
    expect(actions).not.toContain('test')
  })

  test('is reported as unreachable while local people can still sign in', async () => {
    await configure({ servers: [`127.0.0.1:${await freePort()}`] })
    expect((await testDirectory('ines')).body).toEqual({ isReachable: false, reason: 'ECONNREFUSED' })
    expect((await login('ines', 'Next-Pass-2026')).status).toBe(503)
    expect((await login('alex', 'Alex-Pass-2026')).body.tokenId).toBeDefined()
    expect(server.logged()).not.toMatch(/Next-Pass-2026|Directory-Admin/)
  })

  test('is for administrators', async () => {
    const agent = await signIn(url, 'dana', 'Dana-Pass-2026')
    const asked = { method: 'POST', body: { userName: 'ines' }, as: agent }
    expect((await ask(`${directoryUrl}?_action=test`, asked)).status).toBe(403)
  })
})
