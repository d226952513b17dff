import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Failures, Identity } from '../../people/identity.ts'
import { type PrefixSearchAttribute, prefixSearchAttributes } from '../../people/identity-store.ts'
import type { Stores } from '../stores.ts'
import { exampleIdentity, type OpenStores, start } from './examples.ts'

export function identityStoreContract(open: OpenStores): void {
  describe('identities', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    test('finds people by username in any case, and counts them', async () => {
      const names = ['beta', 'Alpha', 'gamma', 'Älva']
      for (const userName of names) await stores.identities.create(exampleIdentity({ userName }))
      await stores.identities.create(exampleIdentity({ userName: 'aaa', realm: '/beta' }))
      const page = async (after: string, limit: number) =>
        (await stores.identities.pageByUserName('/alpha', after, limit)).map(({ userName }) => userName)
      expect(await page('', 2)).toEqual(['Alpha', 'beta'])
      expect(await page('BETA', 9)).toEqual(['gamma', 'Älva'])
      expect(await stores.identities.count('/alpha')).toBe(4)
    })

    test('finds each person once by a prefix of the username or of an indexed attribute', async () => {
      const people = [
        {
          id: 'elena',
          userName: 'Elena.Marsh',
          attributes: { givenName: 'Elena', sn: 'Marsh', cn: 'Elena Marsh' },
        },
        {
          id: 'marta',
          userName: 'm2',
          attributes: {
            mail: ['marta@example.com', 'mm@example.com'],
            telephoneNumber: '+15550100',
            secret: 'marx',
            aliasList: ['marx'],
          },
        },
        { id: 'joao', userName: 'j', attributes: { sn: 'ÉVORA' } },
      ]
      for (const person of people) await stores.identities.create(exampleIdentity(person))
      await stores.identities.create(exampleIdentity({ id: 'elsewhere', realm: '/', userName: 'marsh' }))
      const found = async (
        prefix: string,
        limit = 10,
        names: readonly PrefixSearchAttribute[] = prefixSearchAttributes,
      ) =>
        (await stores.identities.byNamePrefix('/alpha', prefix, limit, names)).map(({ id }) => id).toSorted()
      expect(await found('MAR')).toEqual(['elena', 'marta'])
      expect(await found('elena')).toEqual(['elena'])
      expect(await found('m')).toEqual(['elena', 'marta'])
      expect(await found('évo')).toEqual(['joao'])
      expect(await found('marx')).toEqual([])
      expect(await found('arsh')).toEqual([])
      expect(await found('m', 1)).toHaveLength(1)
      expect(await found('m', 10, ['sn'])).toEqual(['elena'])
      expect(await found('m', 10, ['userName'])).toEqual(['marta'])
      expect(await found('m', 10, [])).toEqual([])
      expect(await found('+1')).toEqual([])
    })

    test('returns an identity as created', async () => {
      const identity = exampleIdentity({
        kind: 'agent',
        isActive: false,
        passwordHash: '$argon2id$',
        mustChangePassword: true,
        attributes: { mail: 'a@b.c', nested: { list: [1, null, 'ü'] } },
        failures: { count: 2, lastAt: start, lockedUntil: start + 1 },
      })
      expect(await stores.identities.create(identity)).toBe(true)
      expect(await stores.identities.read('/alpha', identity.id)).toEqual(identity)
      expect(await stores.identities.read('/beta', identity.id)).toBeUndefined()
    })

    test('ignores the case of usernames, also beyond ASCII', async () => {
      const identity = exampleIdentity({ userName: 'Zoë.ÄRGER' })
      await stores.identities.create(identity)
      expect((await stores.identities.byUserName('/alpha', 'ZOË.ärger'))?.id).toBe(identity.id)
      expect(await stores.identities.create(exampleIdentity({ userName: 'zoë.ärger' }))).toBe(false)
      const elsewhere = exampleIdentity({ userName: 'zoë.ärger', realm: '/beta' })
      expect(await stores.identities.create(elsewhere)).toBe(true)
    })

    test('creates nothing if the id is taken', async () => {
      const identity = exampleIdentity()
      await stores.identities.create(identity)
      const double = exampleIdentity({ id: identity.id, userName: 'other', attributes: { sn: 'Double' } })
      expect(await stores.identities.create(double)).toBe(false)
      expect(await stores.identities.byAttribute('/alpha', 'sn', 'double', 9)).toEqual([])
    })

    test('searches attributes and lists in any case, sorted by id, up to the limit', async () => {
      const attributes = { mail: ['X@example.com', 'shared@Example.com', 'SHARED@example.com'] }
      const people = ['c', 'a', 'b'].map((id) => exampleIdentity({ id, userName: id, attributes }))
      for (const identity of people) await stores.identities.create(identity)
      const found = await stores.identities.byAttribute('/alpha', 'mail', 'Shared@EXAMPLE.com', 2)
      expect(found.map(({ id }) => id)).toEqual(['a', 'b'])
      expect(await stores.identities.byAttribute('/beta', 'mail', 'shared@example.com', 2)).toEqual([])
    })

    test('indexes aliases, but searches of spoken names do not match them', async () => {
      const attributes = { aliasList: ['acme-12', 'Other-7'] }
      await stores.identities.create(exampleIdentity({ id: 'a', attributes }))
      const found = await stores.identities.byAttribute('/alpha', 'aliasList', 'OTHER-7', 2)
      expect(found.map(({ id }) => id)).toEqual(['a'])
      expect(await stores.identities.byNamePrefix('/alpha', 'acme', 2, prefixSearchAttributes)).toEqual([])
    })

    test('pages in the order of ids', async () => {
      for (const id of ['b', 'c', 'a']) await stores.identities.create(exampleIdentity({ id, userName: id }))
      const idsAfter = async (after: string) =>
        (await stores.identities.page('/alpha', after, 2)).map(({ id }) => id)
      expect(await idsAfter('')).toEqual(['a', 'b'])
      expect(await idsAfter('b')).toEqual(['c'])
    })

    test('creates with revision 0, and fails if id or username is taken', async () => {
      const { failures: _none, rev: _first, ...person } = exampleIdentity()
      const save = (to: typeof person) => stores.identities.save({ id: to.id, rev: 0, to })
      expect(await save(person)).toBe(true)
      expect(await stores.identities.read('/alpha', person.id)).toMatchObject({ rev: 1, userName: 'Demo' })
      expect(await save({ ...person, userName: 'other' })).toBe(false)
      expect(await save({ ...person, id: 'other', userName: 'DEMO' })).toBe(false)
    })

    test('saves one of two changes of a revision, and updates the search index', async () => {
      const { failures, rev, ...identity } = exampleIdentity()
      await stores.identities.create({ ...identity, failures, rev })
      const changes = ['one', 'two'].map((sn) => ({
        id: identity.id,
        rev,
        to: { ...identity, attributes: { sn } },
      }))
      const saved = await Promise.all(changes.map((change) => stores.identities.save(change)))
      expect(saved.toSorted()).toEqual([false, true])
      const kept = saved[0] ? 'one' : 'two'
      expect(await stores.identities.read('/alpha', identity.id)).toEqual({
        ...identity,
        attributes: { sn: kept },
        rev: 2,
        failures,
      })
      expect(await stores.identities.byAttribute('/alpha', 'sn', kept.toUpperCase(), 9)).toHaveLength(1)
      expect(await stores.identities.byAttribute('/alpha', 'mail', 'demo@example.com', 9)).toEqual([])
    })

    test('updates the search index if an indexed attribute differs from the stored one', async () => {
      const { failures, rev, ...identity } = exampleIdentity({ attributes: { sn: 'Lee', aliasList: ['al'] } })
      await stores.identities.create({ ...identity, failures, rev })
      const save = (at: number, attributes: Identity['attributes'], from: Identity['attributes']) =>
        stores.identities.save({ id: identity.id, rev: at, from, to: { ...identity, attributes } })
      const found = async (name: 'sn' | 'aliasList', value: string) =>
        (await stores.identities.byAttribute('/alpha', name, value, 9)).map((each) => each.attributes)
      const counted = { ...identity.attributes, loginCount: 1 }
      expect(await save(rev, counted, identity.attributes)).toBe(true)
      expect([await found('sn', 'lee'), await found('aliasList', 'al')]).toEqual([[counted], [counted]])
      const renamed = { ...counted, sn: 'Li', aliasList: ['al', 'ali'] }
      expect(await save(rev + 1, renamed, counted)).toBe(true)
      expect([await found('sn', 'lee'), await found('sn', 'li')]).toEqual([[], [renamed]])
      expect([await found('aliasList', 'al'), await found('aliasList', 'ali')]).toEqual([
        [renamed],
        [renamed],
      ])
    })

    test('changes nothing if the new username is taken', async () => {
      const { failures, rev, ...identity } = exampleIdentity()
      await stores.identities.create({ ...identity, failures, rev })
      await stores.identities.create(exampleIdentity({ userName: 'Taken' }))
      const change = { id: identity.id, rev, to: { ...identity, userName: 'taken' } }
      expect(await stores.identities.save(change)).toBe(false)
      expect((await stores.identities.read('/alpha', identity.id))?.userName).toBe('Demo')
    })

    test('removes an identity from its own realm only, and from searches', async () => {
      const identity = exampleIdentity()
      await stores.identities.create(identity)
      expect(await stores.identities.remove('/beta', identity.id)).toBe(false)
      expect(await stores.identities.remove('/alpha', identity.id)).toBe(true)
      expect(await stores.identities.remove('/alpha', identity.id)).toBe(false)
      expect(await stores.identities.byAttribute('/alpha', 'mail', 'demo@example.com', 9)).toEqual([])
    })

    test('counts fifty concurrent wrong passwords and keeps the revision', async () => {
      const identity = exampleIdentity()
      await stores.identities.create(identity)
      await Promise.all(Array.from({ length: 50 }, () => countOne(stores, identity.id)))
      const stored = await stores.identities.read('/alpha', identity.id)
      expect(stored).toMatchObject({ rev: 1, failures: { count: 50 } })
    })
  })
}

async function countOne({ identities }: Stores, id: string): Promise<void> {
  for (;;) {
    const from = (await identities.read('/alpha', id))?.failures as Failures
    if (await identities.setFailures(id, from, { ...from, count: from.count + 1 })) return
  }
}
