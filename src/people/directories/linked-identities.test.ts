import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  administrator,
  type DirectoryServer,
  freePort,
  startDirectory,
  suffix,
} from '../../../test/support/directory-server.ts'
import { type IdentitiesOnDisk, identitiesOnDisk, lockout } from '../../../test/support/identities-on-disk.ts'
import { parseQueryFilter } from '../../crest/query-filter.ts'
import { type DirectorySettings, directorySchema } from '../../realms/directory-settings.ts'
import { DryIdentityUnit } from '../dry-identity-unit.ts'
import { Identities } from '../identities.ts'
import { IdentityUnit } from '../identity-unit.ts'
import { Passwords } from '../passwords/passwords.ts'
import { ldapFence } from './directories.ts'
import { linkedTo } from './directory-link.ts'
import { ldapPeople } from './ldap/people.ts'
import { LinkedIdentities } from './linked-identities.ts'
import type { PeopleDirectory } from './people-directory.ts'

const below = `ou=people,${suffix}`
const person = (uid: string, givenName: string, sn: string, more = '') => `
dn: uid=${uid},${below}
objectClass: inetOrgPerson
uid: ${uid}
cn: ${givenName} ${sn}
givenName: ${givenName}
sn: ${sn}
mail: ${uid}@example.com
telephoneNumber: +44 20 7946 0958
userPassword: ${givenName}-Pass-2026
${more}`

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

dn: cn=default,ou=policies,${suffix}
objectClass: device
objectClass: pwdPolicy
cn: default
pwdAttribute: userPassword
pwdLockout: TRUE
pwdMaxFailure: 5
pwdMustChange: TRUE
${person('ines', 'Ines', 'Ferreira')}${person('ines2', 'Ines', 'Other', 'title: boss\n')}${person('omar', 'Omar', 'Khan')}${person('alex', 'Alex', 'There')}`

let server: DirectoryServer
beforeAll(async () => {
  server = await startDirectory(entries)
})
afterAll(() => server.stop())

const realm = '/alpha'
let disk: IdentitiesOnDisk
let settings: DirectorySettings
let linked: LinkedIdentities
let identities: Identities

beforeEach(async () => {
  disk = await identitiesOnDisk()
  use({})
  return () => disk.close()
})

/** Looks into the directory with these settings from now on. */
function use(changes: Partial<DirectorySettings>): void {
  settings = directorySchema.parse({
    servers: [server.address],
    connection: 'LDAP',
    bindDn: administrator.dn,
    baseDns: [below],
    filter: '(objectClass=inetOrgPerson)',
    ...changes,
  })
  const directoryOf = async (path: string): Promise<PeopleDirectory | undefined> =>
    path === realm ? ldapPeople(settings, administrator.password, ldapFence(['127.0.0.1'])) : undefined
  const { clock, store } = disk
  linked = new LinkedIdentities(store, directoryOf, () => clock.now)
  identities = new Identities(linked, new Passwords(), () => clock.now, disk.guesses, undefined, directoryOf)
}

const unit = () => new IdentityUnit(identities, realm, lockout)
const check = (name: string, password: string) => unit().checkPassword(name, password)

describe('somebody whom the directory has', () => {
  test('is found by name, address and beginning of a name, and is the same person each time', async () => {
    const ines = await identities.find(realm, 'INES')
    expect(ines).toMatchObject({
      userName: 'ines',
      isActive: true,
      attributes: { givenName: 'Ines', sn: 'Ferreira', cn: 'Ines Ferreira', mail: 'ines@example.com' },
    })
    const { id = '' } = ines ?? {}
    expect((await identities.read(realm, id)).userName).toBe('ines')
    expect(await unit().findByAttribute('mail', 'Ines@Example.com')).toMatchObject([{ _id: id }])
    const { people } = await identities.findPeople(realm, 'ferr', ['sn'])
    expect(people.map((each) => each.id)).toEqual([id])
    expect((await identities.find(realm, id))?.rev).toBe(1)
  })

  test('signs in with the password that the directory has, and nobody learns it here', async () => {
    expect(await check('ines', 'Ines-Pass-2026')).toMatchObject({ kind: 'right', mustChange: false })
    expect(await check('ines', 'Omar-Pass-2026')).toEqual({ kind: 'wrong' })
    expect(await check('ines', '')).toEqual({ kind: 'wrong' })
    expect(await check('nobody', 'Ines-Pass-2026')).toEqual({ kind: 'unknown' })
    const held = await disk.store.byUserName(realm, 'ines')
    expect(held && linkedTo(held)).toBe(`uid=ines,${below}`)
  })

  test('is locked out here by wrong passwords before the directory is asked once more', async () => {
    for (const guess of ['a', 'b', 'c']) expect(await check('omar', guess)).toMatchObject({ kind: 'wrong' })
    expect(await check('omar', 'Omar-Pass-2026')).toEqual({ kind: 'locked' })
  })

  test('of another realm is nobody', async () => {
    expect(await identities.find('/beta', 'ines')).toBeUndefined()
  })

  test('is nobody when a filter leaves them out, and two of one name are nobody', async () => {
    use({ filter: '(&(objectClass=inetOrgPerson)(title=boss))' })
    expect(await identities.find(realm, 'ines')).toBeUndefined()
    use({ userName: 'givenName' })
    expect(await identities.find(realm, 'Ines')).toBeUndefined()
    expect(await identities.find(realm, 'Omar')).toMatchObject({ userName: 'Omar' })
  })

  test('is no other whose name would be a filter', async () => {
    for (const name of ['*', 'ines)(uid=*', 'in*', '\\69nes']) {
      expect(await identities.find(realm, name)).toBeUndefined()
    }
  })

  test('keeps here what the directory does not know', async () => {
    const { id = '' } = (await identities.find(realm, 'ines')) ?? {}
    await identities.patch(realm, id, [{ operation: 'replace', field: 'city', value: 'Porto' }])
    await identities.setRoles(realm, id, ['helpdesk'])
    expect(await identities.find(realm, 'ines')).toMatchObject({
      attributes: { city: 'Porto', mail: 'ines@example.com' },
      roles: ['helpdesk'],
    })
  })

  test('who is locked here stays locked', async () => {
    const { id = '' } = (await identities.find(realm, 'ines')) ?? {}
    await identities.patch(realm, id, [{ operation: 'replace', field: 'accountStatus', value: 'inactive' }])
    expect((await identities.find(realm, 'ines'))?.isActive).toBe(false)
    expect(await check('ines', 'Ines-Pass-2026')).toEqual({ kind: 'locked' })
  })
})

test('who is kept here goes before the directory, and nobody new gets a name that it has', async () => {
  use({ servers: [] })
  const plain = new Identities(disk.store, new Passwords(), () => disk.clock.now, disk.guesses)
  const { id } = await plain.create(
    realm,
    { userName: 'alex', password: 'Alex-Pass-2026' },
    { checks: 'none' },
  )
  use({})
  expect((await identities.find(realm, 'alex'))?.id).toBe(id)
  expect(await check('alex', 'Alex-Pass-2026')).toMatchObject({ kind: 'right' })
  const omar = {
    userName: 'omar',
    givenName: 'O',
    sn: 'K',
    mail: 'o@example.com',
    password: 'Omar-Pass-2026',
  }
  await expect(identities.create(realm, omar)).rejects.toMatchObject({ status: 409 })
})

describe('a directory that is only read', () => {
  test.each([
    ['mail', 'other@example.com', 'mail'],
    ['password', 'New-Pass-2026', 'password'],
    ['userName', 'maria', 'userName'],
  ])('has no other %s written', async (field, value, named) => {
    const { id = '' } = (await identities.find(realm, 'ines')) ?? {}
    await expect(identities.patch(realm, id, [{ operation: 'replace', field, value }])).rejects.toMatchObject(
      {
        status: 403,
        message: `These attributes are in a directory and cannot be changed here: ${named}`,
      },
    )
    await expect(unit().patch(id, { [field]: value })).rejects.toMatchObject({ status: 403 })
  })
})

describe('a directory that is written', () => {
  beforeEach(() => use({ isWritable: true }))

  test('takes a new address and a new password, at once, and the step is saved over it', async () => {
    const step = unit()
    const { _id: id = '' } = (await step.find('omar')) ?? {}
    await step.patch(id, { mail: 'new@example.com', city: 'Leeds' })
    await step.patch(id, { password: 'Other-Pass-2026' })
    expect(await step.find('omar')).toMatchObject({ mail: 'new@example.com', city: 'Leeds' })
    const [change] = step.changes()
    expect(change && (await disk.store.save(change))).toBe(true)
    expect(await identities.find(realm, 'omar')).toMatchObject({
      attributes: { mail: 'new@example.com', city: 'Leeds' },
    })
    expect(await check('omar', 'Other-Pass-2026')).toMatchObject({ kind: 'right' })
    expect(await check('omar', 'Omar-Pass-2026')).toEqual({ kind: 'wrong' })
    const held = await disk.store.byUserName(realm, 'omar')
    expect(held && linkedTo(held)).toBe(`uid=omar,${below}`)
    expect(JSON.stringify(held)).not.toContain('Other-Pass')
  })

  test('has an attribute removed, and says no to what its schema forbids', async () => {
    const { id = '' } = (await identities.find(realm, 'ines2')) ?? {}
    const removed = await identities.patch(realm, id, [{ operation: 'remove', field: 'telephoneNumber' }])
    expect(removed.attributes.telephoneNumber).toBeUndefined()
    expect((await identities.find(realm, 'ines2'))?.attributes.telephoneNumber).toBeUndefined()
    use({
      isWritable: true,
      attributes: [
        { here: 'mail', there: 'mail' },
        { here: 'sn', there: 'sn' },
        { here: 'city', there: 'noSuch' },
      ],
    })
    const city = [{ operation: 'replace', field: 'city', value: 'Rome' }] as const
    await expect(identities.patch(realm, id, city)).rejects.toMatchObject({
      status: 403,
      message: expect.stringMatching(/^The directory refuses the change: \w+Error$/),
    })
  })

  test('is not written in a trial', async () => {
    const trial = new DryIdentityUnit(identities, realm, lockout)
    const { _id: id = '' } = (await trial.find('alex')) ?? {}
    await trial.patch(id, { mail: 'tried@example.com' })
    expect(await trial.find(id)).toMatchObject({ mail: 'tried@example.com' })
    expect((await identities.find(realm, 'alex'))?.attributes.mail).toBe('alex@example.com')
  })
})

test('everybody is taken over at once; who is gone signs in no more, and comes back', async () => {
  expect(await linked.synchronize('/beta')).toBeUndefined()
  const done = await linked.synchronize(realm)
  expect(done).toEqual({ found: 4, gone: 0 })
  expect(await identities.count(realm, parseQueryFilter('true'))).toEqual({ count: 4, isExact: true })
  use({ filter: '(!(uid=ines))' })
  expect(await linked.synchronize(realm)).toEqual({ found: 3, gone: 1 })
  expect((await disk.store.byUserName(realm, 'ines'))?.isActive).toBe(false)
  expect(await check('ines', 'Ines-Pass-2026')).toEqual({ kind: 'unknown' })
  use({})
  expect(await check('ines', 'Ines-Pass-2026')).toMatchObject({ kind: 'right' })
})

test('who is gone from the directory is off for who asks by id, too, a minute later', async () => {
  const { id = '' } = (await identities.find(realm, 'ines')) ?? {}
  use({ filter: '(!(uid=ines))' })
  disk.clock.now += 61_000
  expect(await unit().isLocked(id)).toBe(true)
  expect((await identities.find(realm, id))?.isActive).toBe(false)
  use({})
  disk.clock.now += 61_000
  expect((await identities.find(realm, id))?.isActive).toBe(true)
})

test('a directory that does not answer is the fault of the world, and lets nobody in', async () => {
  expect(await check('ines', 'Ines-Pass-2026')).toMatchObject({ kind: 'right' })
  use({ servers: [`127.0.0.1:${await freePort()}`] })
  await expect(check('ines', 'Ines-Pass-2026')).rejects.toMatchObject({ name: 'OperationError' })
  await expect(identities.find(realm, 'nobody')).rejects.toMatchObject({ name: 'OperationError' })
  // The next server is asked.
  use({ servers: [`127.0.0.1:${await freePort()}`, server.address] })
  expect(await check('ines', 'Ines-Pass-2026')).toMatchObject({ kind: 'right' })
})

test('it is spoken to over TLS, whose certificate must be good', async () => {
  for (const [connection, address] of [
    ['LDAPS', server.tlsAddress],
    ['START_TLS', server.address],
  ] as const) {
    use({ connection, servers: [address] })
    await expect(identities.find(realm, 'ines')).rejects.toMatchObject({ name: 'OperationError' })
    use({ connection, servers: [address], trustAllServerCertificates: true })
    expect(await check('ines', 'Ines-Pass-2026')).toMatchObject({ kind: 'right' })
  }
})
