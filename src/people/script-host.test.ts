import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  alex,
  type IdentitiesOnDisk,
  identitiesOnDisk,
  lockout,
} from '../../test/support/identities-on-disk.ts'
import type { Json } from '../base/json.ts'
import { HostCallError } from '../sandbox/script-engine.ts'
import { IdentityUnit } from './identity-unit.ts'
import { answerIdentityCall } from './script-host.ts'

let disk: IdentitiesOnDisk
let unit: IdentityUnit
const id = 'a-1'
beforeEach(async () => {
  disk = await identitiesOnDisk()
  await disk.identities.create('/alpha', { ...alex, city: 'Oslo' }, { id })
  unit = new IdentityUnit(disk.identities, '/alpha', lockout)
})
afterEach(() => disk.close())

const ask = (op: string, ...args: Json[]) =>
  answerIdentityCall({ op, args }, { unit, universalId: (id) => `id=${id},ou=user` })

const one = `managed/alpha_user/${id}`
const replaceSn = [{ operation: 'replace', field: '/sn', value: 'Other' }]

test('ignores calls of other hosts', async () => {
  expect(await ask('httpClient.send', {})).toBeUndefined()
  expect(await ask('toString')).toBeUndefined()
})

describe('openidm', () => {
  test.each([one, `managed/user/${id}`])('reads %s, with the fields asked for', async (resource) => {
    expect(await ask('openidm.read', resource, null, null)).toMatchObject({
      _id: id,
      userName: 'alex',
      city: 'Oslo',
    })
    expect(await ask('openidm.read', resource, null, ['mail'])).toEqual({
      _id: id,
      _rev: '1',
      mail: alex.mail,
    })
  })

  test('returns account state and roles only when asked for by name', async () => {
    await disk.identities.setRoles('/alpha', id, ['agent'])
    const fields = ['mail', '_access']
    expect(await ask('openidm.read', one, null, fields)).toMatchObject({
      mail: alex.mail,
      _access: { roles: ['agent'], isActive: true, isLocked: false },
    })
    for (const others of [null, ['*'], ['mail']]) {
      expect(await ask('openidm.read', one, null, others)).not.toHaveProperty('_access')
    }
  })

  test('names attributes changed within the quiet hours, including changes of the step', async () => {
    unit = new IdentityUnit(disk.identities, '/alpha', lockout, undefined, { quietHours: 24 })
    const changedLately = async () =>
      (await ask('openidm.read', one, null, ['_access'])) as { _access: { changedLately: string[] } }
    expect((await changedLately())._access.changedLately).toEqual([])
    await ask(
      'openidm.patch',
      one,
      null,
      [{ operation: 'add', field: '/telephoneNumber', value: '1' }],
      null,
      null,
    )
    expect((await changedLately())._access.changedLately).toEqual(['telephoneNumber'])
    await disk.identities.patch('/alpha', id, [{ operation: 'replace', field: '/manager', value: 'x' }])
    unit = new IdentityUnit(disk.identities, '/alpha', lockout, undefined, { quietHours: 24 })
    disk.clock.now += 24 * 3_600_000 - 1
    expect((await changedLately())._access.changedLately).toEqual(['manager'])
    disk.clock.now += 1
    expect((await changedLately())._access.changedLately).toEqual([])
  })

  test('returns null for an unknown id, and does not accept a username as id', async () => {
    expect(await ask('openidm.read', 'managed/alpha_user/nobody', null, null)).toBeNull()
    expect(await ask('openidm.read', 'managed/alpha_user/alex', null, null)).toBeNull()
  })

  test('finds people', async () => {
    const params = { _queryFilter: '/userName eq "alex"' }
    expect(await ask('openidm.query', 'managed/alpha_user', params, ['userName'])).toEqual({
      result: [{ _id: id, _rev: '1', userName: 'alex' }],
      resultCount: 1,
      pagedResultsCookie: null,
      totalPagedResultsPolicy: 'NONE',
      totalPagedResults: -1,
      remainingPagedResults: -1,
    })
  })

  test('also reads the fields of a query from its parameters', async () => {
    const params = { _queryFilter: "/userName eq 'alex'", _fields: 'mail,city' }
    expect(await ask('openidm.query', 'managed/alpha_user', params, null)).toMatchObject({
      result: [{ _id: id, _rev: '1', mail: alex.mail, city: 'Oslo' }],
    })
  })

  test('sorts the people of a query before it takes a page', async () => {
    await ask(
      'openidm.create',
      'managed/alpha_user',
      'b-2',
      { ...alex, userName: 'sam', sn: 'Zimmer' },
      null,
      null,
    )
    const namesOf = async (params: Json) => {
      const { result } = (await ask('openidm.query', 'managed/alpha_user', params, ['userName'])) as {
        result: { userName: string }[]
      }
      return result.map(({ userName }) => userName)
    }
    const query = { _queryFilter: 'true', _sortKeys: '-sn' }
    expect(await namesOf(query)).toEqual(['sam', 'alex'])
    expect(await namesOf({ ...query, _pageSize: 1 })).toEqual(['sam'])
    expect(await namesOf({ ...query, _pageSize: 1, _pagedResultsOffset: 1 })).toEqual(['alex'])
  })

  test('stages patches and updates', async () => {
    expect(await ask('openidm.patch', one, null, replaceSn, null, null)).toMatchObject({ sn: 'Other' })
    const content = { userName: 'alex', givenName: 'A', sn: 'New', mail: alex.mail }
    expect(await ask('openidm.update', one, '1', content, null, null)).toMatchObject({ sn: 'New' })
    expect(await ask('openidm.read', one, null, null)).toMatchObject({ sn: 'New' })
    expect(unit.changes()).toMatchObject([{ id, rev: 1, to: { attributes: { sn: 'New' } } }])
    expect((await disk.identities.read('/alpha', id)).attributes.sn).toBe('Caller')
  })

  test('creates and deletes immediately', async () => {
    const made = await ask(
      'openidm.create',
      'managed/alpha_user',
      'b-2',
      { ...alex, userName: 'sam' },
      null,
      null,
    )
    expect(made).toMatchObject({ _id: 'b-2', userName: 'sam' })
    expect(await disk.identities.find('/alpha', 'sam')).toMatchObject({ id: 'b-2' })
    await ask('openidm.delete', one, null, null, null)
    expect(await disk.identities.find('/alpha', 'alex')).toBeUndefined()
  })

  test('never returns a password', async () => {
    const made = await ask('openidm.create', 'managed/alpha_user', null, { ...alex, userName: 'sam' }, null, [
      '*',
    ])
    const found = await ask('openidm.query', 'managed/alpha_user', { _queryFilter: 'true' }, [
      'password',
      '*',
    ])
    expect(JSON.stringify([made, found])).not.toMatch(/argon2|Pass-2026/)
  })

  test.each<[string, Json[], number]>([
    ['openidm.read', ['managed/bravo_user/a-1', null, null], 404],
    ['openidm.read', ['external/email', null, null], 404],
    ['openidm.query', ['managed/role', { _queryFilter: 'true' }, null], 404],
    ['openidm.query', ['managed/alpha_user', { _queryFilter: 'userName zz 1' }, null], 400],
    ['openidm.create', [one, null, {}, null, null], 404],
    ['openidm.create', ['managed/alpha_user', null, alex, null, null], 409],
    ['openidm.create', ['managed/alpha_user', null, { userName: 'x' }, null, null], 403],
    ['openidm.patch', ['managed/alpha_user/nobody', null, replaceSn, null, null], 404],
    ['openidm.patch', [one, '7', replaceSn, null, null], 412],
    ['openidm.patch', [one, null, 'text', null, null], 400],
    ['openidm.update', [one, null, null, null, null], 400],
    ['openidm.action', [one, 'resetPassword', null, null, null], 501],
  ])('%s(%j) fails with %d, which a script can catch', async (op, args, code) => {
    const failure = await ask(op, ...args).catch((error) => error)
    expect(failure).toBeInstanceOf(HostCallError)
    expect(failure.code).toBe(code)
  })
})

describe('idRepository', () => {
  test('returns attributes under AM names', async () => {
    expect(await ask('idRepository.getIdentity', id)).toMatchObject({
      id,
      name: id,
      universalId: 'id=a-1,ou=user',
      exists: true,
      attributes: { uid: ['alex'], l: ['Oslo'], inetUserStatus: ['Active'], cn: ['Alex Caller'] },
    })
  })

  test('reports that a person does not exist', async () => {
    expect(await ask('idRepository.getIdentity', 'nobody')).toEqual({
      id: '',
      name: 'nobody',
      universalId: '',
      attributes: {},
      exists: false,
    })
  })

  test('stages set values first, then added values', async () => {
    const alias = 'iplanet-am-user-alias-list'
    await ask('idRepository.store', id, { set: { sn: ['Other'] }, add: { [alias]: ['one'] } })
    await ask('idRepository.store', id, {
      set: {},
      add: { [alias]: ['one', 'two'], 'fr-attr-imulti1': ['x'] },
    })
    expect(unit.changes()).toMatchObject([
      { to: { attributes: { sn: 'Other', aliasList: ['one', 'two'], frIndexedMultivalued1: ['x'] } } },
    ])
  })
})
