import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ldapFence } from '../../src/people/directories/directories.ts'
import { ldapPeople } from '../../src/people/directories/ldap/people.ts'
import { directorySchema } from '../../src/realms/directory-settings.ts'
import { Secret } from '../../src/secrets/secret.ts'
import { administrator, type DirectoryServer, startDirectory, suffix } from '../support/directory-server.ts'
import { asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, output, signIn, startJourney } from '../support/wire.ts'

// Forced password changes (pwdReset) of people in a real OpenLDAP server with its password policy.

const below = `ou=people,${suffix}`
const dnOf = (uid: string) => `uid=${uid},${below}`
const firstPassword = 'First-Pass-2026'
const freshPassword = 'Fresh-Pass-2026'

const policy = (name: string, more: string) => `dn: cn=${name},ou=policies,${suffix}
objectClass: device
objectClass: pwdPolicy
cn: ${name}
pwdAttribute: userPassword
pwdMustChange: TRUE
pwdCheckQuality: 2
pwdMinLength: 10
${more}
`

const person = (uid: string, more: string) => `dn: ${dnOf(uid)}
objectClass: inetOrgPerson
uid: ${uid}
cn: ${uid}
givenName: ${uid}
sn: Lee
mail: ${uid}@example.com
userPassword: ${firstPassword}
${more}
`

const forced = 'pwdReset: TRUE\n'
const under = (name: string) => `pwdPolicySubentry: cn=${name},ou=policies,${suffix}\n`

const entries = [
  `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n`,
  `dn: ${below}\nobjectClass: organizationalUnit\nou: people\n`,
  `dn: ou=policies,${suffix}\nobjectClass: organizationalUnit\nou: policies\n`,
  policy('default', ''),
  policy('expiring', 'pwdMaxAge: 60\n'),
  policy('fixed', 'pwdAllowUserChange: FALSE\n'),
  person('ines', forced),
  person('omar', forced),
  person('plain', forced),
  person('reset', ''),
  person('plainreset', ''),
  person('expired', `${under('expiring')}pwdChangedTime: 20200101000000Z\n`),
  person('fixed', under('fixed')),
  person('ruled', ''),
  person('unread', ''),
].join('\n')

/** Two people can't write their own passwords; one of them can't compare it either. */
const rules = `access to dn.base="${dnOf('ruled')}" attrs=userPassword by self auth by anonymous auth by * none
access to dn.base="${dnOf('unread')}" attrs=userPassword by anonymous auth by * none`

let directory: DirectoryServer
let server: TestServer
let url: string

beforeAll(async () => {
  directory = await startDirectory(entries, rules)
  process.env.ESV_DIRECTORY_ALPHA_BIND = administrator.password
  server = await startServer({ ldapAllow: ['127.0.0.1'] })
  url = server.url
  const ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
  const settings = { ...directorySettings(directory.address), bindSecret: 'directory.alpha.bind' }
  const { status } = await ask('/realms/root/realms/alpha/realm-config/settings', {
    method: 'PUT',
    body: { directory: settings },
  })
  expect(status).toBe(200)
}, 120_000)
afterAll(async () => {
  delete process.env.ESV_DIRECTORY_ALPHA_BIND
  await server.stop()
  await directory.stop()
})

const directorySettings = (address: string) =>
  directorySchema.parse({
    servers: [address],
    connection: 'LDAP',
    bindDn: administrator.dn,
    baseDns: [below],
    isWritable: true,
  })

const peopleAt = (address: string) =>
  ldapPeople(directorySettings(address), administrator.password, ldapFence(['127.0.0.1']))

/** Changes the first password of a person. */
const changePassword = (
  uid: string,
  current: string | undefined,
  fresh = freshPassword,
  at = directory.address,
) =>
  peopleAt(at).write(dnOf(uid), {
    attributes: {},
    password: new Secret(fresh),
    currentPassword: current === undefined ? undefined : new Secret(current),
  })

const verdict = (uid: string, password: string) =>
  peopleAt(directory.address).checkPassword(dnOf(uid), password)

describe('a person with a forced password change', () => {
  const signInWith = async (name: string, password: string) =>
    answerStep(url, await startJourney(url, 'PlatformLogin'), [name, password])

  test('is asked for a new password once', async () => {
    const asked = await signInWith('ines', firstPassword)
    expect(output(asked, 'message')).toMatch(/^password must be reset\.$/i)
    const changed = await answerStep(url, asked, [firstPassword, freshPassword, freshPassword, 0])
    expect(changed.body.tokenId).toBeDefined()
    expect((await signInWith('ines', freshPassword)).body.tokenId).toBeDefined()
    expect((await signInWith('ines', firstPassword)).body.tokenId).toBeUndefined()
  })

  test('is asked again if the directory’s policy rejects the new password', async () => {
    const asked = await signInWith('omar', firstPassword)
    const refused = await answerStep(url, asked, [firstPassword, 'Eight-88', 'Eight-88', 0])
    expect(output(refused, 'message')).toMatch(/does not meet the password policy requirements/i)
    const changed = await answerStep(url, refused, [firstPassword, freshPassword, freshPassword, 0])
    expect(changed.body.tokenId).toBeDefined()
  })

  test('leaves no password in the log', () => {
    expect(server.logged()).toContain('PlatformLogin')
    expect(server.logged()).not.toMatch(/First-Pass|Fresh-Pass|Eight-88|Directory-Admin/)
  })
})

describe('a change with the current password', () => {
  test('is made by the bind account if the password has expired', async () => {
    expect(await verdict('expired', firstPassword)).toBe('due')
    await changePassword('expired', firstPassword)
    expect(await verdict('expired', firstPassword)).toBe('wrong')
    expect(await verdict('expired', freshPassword)).toBe('due')
  })

  test.each(['ruled', 'unread'])('is made by the bind account if access rules forbid it: %s', async (uid) => {
    await changePassword(uid, firstPassword)
    expect(await verdict(uid, firstPassword)).toBe('wrong')
    expect(await verdict(uid, freshPassword)).toBe('due')
  })

  test('is rejected if the directory’s policy forbids changes by the person', async () => {
    await expect(changePassword('fixed', firstPassword)).rejects.toMatchObject({
      status: 403,
      message: 'The directory rejected the change: InsufficientAccessError',
    })
    expect(await verdict('fixed', firstPassword)).toBe('right')
  })

  test.each(['Guessed-Pass-2026', ''])('is rejected if the current password is wrong: %j', async (guess) => {
    await expect(changePassword('fixed', guess)).rejects.toMatchObject({
      status: 403,
      message: 'The directory rejected the change: InvalidCredentialsError',
    })
    expect(await verdict('fixed', firstPassword)).toBe('right')
  })
})

test('a change without the current password is made by the bind account, and must be changed again', async () => {
  await changePassword('reset', undefined)
  expect(await verdict('reset', freshPassword)).toBe('due')
})

describe('a directory without the password modify operation', () => {
  let older: Awaited<ReturnType<typeof withoutPasswordModify>>
  beforeAll(async () => {
    older = await withoutPasswordModify(directory.address)
  })
  afterAll(() => older.stop())

  test('lets the person change the password', async () => {
    expect(await verdict('plain', firstPassword)).toBe('due')
    await changePassword('plain', firstPassword, freshPassword, older.address)
    expect(await verdict('plain', freshPassword)).toBe('right')
    expect(older.renamed()).toBe(1)
  })

  test('lets the bind account set the password', async () => {
    await changePassword('plainreset', undefined, freshPassword, older.address)
    expect(await verdict('plainreset', freshPassword)).toBe('due')
    expect(older.renamed()).toBe(2)
  })
})

/**
 * The same directory behind a proxy that renames the operation (RFC 3062), so that the directory rejects it.
 */
async function withoutPasswordModify(address: string) {
  const [host = '', port] = address.split(':')
  const known = Buffer.from('1.3.6.1.4.1.4203.1.11.1')
  let renamed = 0
  const proxy = createServer((client) => {
    const upstream = connect(Number(port), host)
    client.on('data', (bytes) => {
      const at = bytes.indexOf(known)
      if (at >= 0) {
        bytes.write('9', at + known.length - 1)
        renamed++
      }
      upstream.write(bytes)
    })
    client.on('close', () => upstream.destroy()).on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
    upstream.pipe(client)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  // The address of a TCP server is never a string.
  const { port: own } = proxy.address() as AddressInfo
  return {
    address: `127.0.0.1:${own}`,
    renamed: () => renamed,
    async stop() {
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
