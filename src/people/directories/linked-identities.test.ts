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
import { exampleIdentity } from '../../store/contract/examples.ts'
import { DryIdentityUnit } from '../dry-identity-unit.ts'
import { Identities } from '../identities.ts'
import { IdentityUnit } from '../identity-unit.ts'
import { Passwords } from '../passwords/passwords.ts'
import { ldapFence } from './directories.ts'
import { linkedTo } from './directory-link.ts'
import { ldapPeople } from './ldap/people.ts'
import { LinkedIdentities, type NameConflict } from './linked-identities.ts'
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
${person('ines', 'Ines', 'Ferreira')}${person('ines2', 'Ines', 'Other', 'title: boss\n')}${person('omar', 'Omar', 'Khan')}${person('boss@example.com', 'B', 'Oss')}${person('alex', 'Alex', 'There')}`

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
let conflicts: NameConflict[]

beforeEach(async () => {
  disk = await identitiesOnDisk()
  use({})
  return () => disk.close()
})

/** From now on, uses the directory with these settings. */
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
  conflicts = []
  linked = new LinkedIdentities(
    store,
    directoryOf,
    () => clock.now,
    (conflict) => conflicts.push(conflict),
  )
  identities = new Identities(linked, new Passwords(), () => clock.now, disk.guesses, undefined, directoryOf)
}

const unit = () => new IdentityUnit(identities, realm, lockout)
const check = (name: string, password: string) => unit().checkPassword(name, password)

describe('a person in the directory', () => {
  test('is found by name, address and prefix of a name, always with the same id', async () => {
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

  test('signs in with the password of the directory, which is not stored here', async () => {
    expect(await check('ines', 'Ines-Pass-2026')).toMatchObject({ kind: 'right', mustChange: false })
    expect(await check('ines', 'Omar-Pass-2026')).toEqual({ kind: 'wrong' })
    expect(await check('ines', '')).toEqual({ kind: 'wrong' })
    expect(await check('nobody', 'Ines-Pass-2026')).toEqual({ kind: 'unknown' })
    const stored = await disk.store.byUserName(realm, 'ines')
    expect(stored && linkedTo(stored)).toBe(`uid=ines,${below}`)
  })

  test('is locked out after wrong passwords without another bind', async () => {
    for (const guess of ['a', 'b', 'c']) expect(await check('omar', guess)).toMatchObject({ kind: 'wrong' })
    expect(await check('omar', 'Omar-Pass-2026')).toEqual({ kind: 'locked' })
  })

  test('is not found in another realm', async () => {
    expect(await identities.find('/beta', 'ines')).toBeUndefined()
  })

  test('is not found if a filter excludes them or two entries have the name', async () => {
    use({ filter: '(&(objectClass=inetOrgPerson)(title=boss))' })
    expect(await identities.find(realm, 'ines')).toBeUndefined()
    use({ userName: 'givenName' })
    expect(await identities.find(realm, 'Ines')).toBeUndefined()
    expect(await identities.find(realm, 'Omar')).toMatchObject({ userName: 'Omar' })
  })

  test('is not found by a name with filter syntax', async () => {
    for (const name of ['*', 'ines)(uid=*', 'in*', '\\69nes']) {
      expect(await identities.find(realm, name)).toBeUndefined()
    }
  })

  test('keeps local attributes and roles', async () => {
    const { id = '' } = (await identities.find(realm, 'ines')) ?? {}
    await identities.patch(realm, id, [{ operation: 'replace', field: 'city', value: 'Porto' }])
    await identities.setRoles(realm, id, ['helpdesk'])
    expect(await identities.find(realm, 'ines')).toMatchObject({
      attributes: { city: 'Porto', mail: 'ines@example.com' },
      roles: ['helpdesk'],
    })
  })

  test('stays locked after a local lock', async () => {
    const { id = '' } = (await identities.find(realm, 'ines')) ?? {}
    await identities.patch(realm, id, [{ operation: 'replace', field: 'accountStatus', value: 'inactive' }])
    expect((await identities.find(realm, 'ines'))?.isActive).toBe(false)
    expect(await check('ines', 'Ines-Pass-2026')).toEqual({ kind: 'locked' })
  })
})

test('prefers a local identity, and rejects a new one with a username from the directory', async () => {
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

describe('a read-only directory', () => {
  test.each([
    ['mail', 'other@example.com', 'mail'],
    ['password', 'New-Pass-2026', 'password'],
    ['userName', 'maria', 'userName'],
  ])('rejects a change of %s', async (field, value, named) => {
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

describe('a writable directory', () => {
  beforeEach(() => use({ isWritable: true }))

  test('saves a new address and password at once, before the step is committed', async () => {
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
    const stored = await disk.store.byUserName(realm, 'omar')
    expect(stored && linkedTo(stored)).toBe(`uid=omar,${below}`)
    expect(JSON.stringify(stored)).not.toContain('Other-Pass')
  })

  test('removes an attribute, and rejects what its schema forbids', async () => {
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
      message: expect.stringMatching(/^The directory rejected the change: \w+Error$/),
    })
  })

  test('is not written in a test run', async () => {
    const trial = new DryIdentityUnit(identities, realm, lockout)
    const { _id: id = '' } = (await trial.find('alex')) ?? {}
    await trial.patch(id, { mail: 'tried@example.com' })
    expect(await trial.find(id)).toMatchObject({ mail: 'tried@example.com' })
    expect((await identities.find(realm, 'alex'))?.attributes.mail).toBe('alex@example.com')
  })
})

test('a username that is the address of another person is reported once, and names neither', async () => {
  const meant = () => identities.whoIsMeant(realm, 'boss@example.com')
  const boss = await meant()
  expect(boss).toMatchObject({ userName: 'boss@example.com' })
  expect(conflicts).toEqual([])
  await disk.store.remove(realm, boss?.id ?? '')
  const local = exampleIdentity({ userName: 'lena', attributes: { mail: 'Boss@Example.com' } })
  await disk.store.create(local)
  expect(await meant()).toBeUndefined()
  expect(await meant()).toBeUndefined()
  expect(conflicts).toEqual([{ realm, personId: boss?.id, attributes: ['userName'] }])
  expect(await check('boss@example.com', 'B-Pass-2026')).toMatchObject({ kind: 'right' })
})

test('synchronizes all people, deactivates those without an entry, and reactivates them when it is back', async () => {
  expect(await linked.synchronize('/beta')).toBeUndefined()
  const done = await linked.synchronize(realm)
  expect(done).toEqual({ found: 5, gone: 0 })
  expect(await identities.count(realm, parseQueryFilter('true'))).toEqual({ count: 5, isExact: true })
  use({ filter: '(!(uid=ines))' })
  expect(await linked.synchronize(realm)).toEqual({ found: 4, gone: 1 })
  expect((await disk.store.byUserName(realm, 'ines'))?.isActive).toBe(false)
  expect(await check('ines', 'Ines-Pass-2026')).toEqual({ kind: 'unknown' })
  use({})
  expect(await check('ines', 'Ines-Pass-2026')).toMatchObject({ kind: 'right' })
})

test('a read by id deactivates a person without an entry after a minute', async () => {
  const { id = '' } = (await identities.find(realm, 'ines')) ?? {}
  use({ filter: '(!(uid=ines))' })
  disk.clock.now += 61_000
  expect(await unit().isLocked(id)).toBe(true)
  expect((await identities.find(realm, id))?.isActive).toBe(false)
  use({})
  disk.clock.now += 61_000
  expect((await identities.find(realm, id))?.isActive).toBe(true)
})

test('throws an OperationError if no directory server answers', async () => {
  expect(await check('ines', 'Ines-Pass-2026')).toMatchObject({ kind: 'right' })
  use({ servers: [`127.0.0.1:${await freePort()}`] })
  await expect(check('ines', 'Ines-Pass-2026')).rejects.toMatchObject({ name: 'OperationError' })
  await expect(identities.find(realm, 'nobody')).rejects.toMatchObject({ name: 'OperationError' })
  // The second server answers.
  use({ servers: [`127.0.0.1:${await freePort()}`, server.address] })
  expect(await check('ines', 'Ines-Pass-2026')).toMatchObject({ kind: 'right' })
})

test('requires a valid certificate over TLS', async () => {
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
