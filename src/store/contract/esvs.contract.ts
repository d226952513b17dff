import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EsvSecret, EsvVariable, SecretVersion } from '../../esvs/esv.ts'
import type { DescriptionWrite } from '../../esvs/esv-store.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import type { Stores } from '../stores.ts'
import { type OpenStores, start } from './examples.ts'

const about = { description: '', changedAt: start, changedBy: 'root' }

const exampleVariable = (change: Partial<EsvVariable> = {}): EsvVariable => ({
  ...about,
  id: 'esv-port',
  name: 'ESV_PORT',
  expressionType: 'int',
  value: '389',
  ...change,
})

const exampleSecret = (change: Partial<EsvSecret> = {}): EsvSecret => ({
  ...about,
  id: 'esv-key',
  name: 'ESV_KEY',
  encoding: 'generic',
  useInPlaceholders: true,
  activeVersion: 1,
  ...change,
})

const exampleVersion = (version: number, change: Partial<SecretVersion> = {}): SecretVersion => ({
  secretId: 'esv-key',
  version,
  status: 'ENABLED',
  sealed: `sealed ${version}`,
  createdAt: start + version,
  ...change,
})

/** The description and realms of the second version. */
const next = (change: Partial<DescriptionWrite> = {}): DescriptionWrite => ({
  id: 'esv-key',
  changedAt: start + 2,
  changedBy: 'root',
  ...change,
})

/** The tests for variables and secrets of the server. */
export function esvStoreContract(open: OpenStores): void {
  describe('variables and secrets', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    test('a variable is created, replaced in everything but its type, and removed', async () => {
      const { esvs } = stores
      expect(await esvs.saveVariable(exampleVariable())).toBe(true)
      const next = { value: '', description: 'd', realms: ['/alpha'], changedAt: start + 1, changedBy: 'b' }
      expect(await esvs.saveVariable(exampleVariable({ ...next, expressionType: 'string' }))).toBe(false)
      expect(await esvs.saveVariable(exampleVariable(next))).toBe(true)
      expect(await esvs.all()).toEqual({ variables: [exampleVariable(next)], secrets: [], active: [] })
      expect(await esvs.remove('variable', 'esv-port')).toBe(true)
      expect(await esvs.remove('variable', 'esv-port')).toBe(false)
      expect((await esvs.all()).variables).toEqual([])
    })

    test('a removed variable is also gone from what imports kept of it', async () => {
      const { esvs, documents } = stores
      const kept = (id: string) => ({ kind: 'variable', id, document: { _id: id } })
      await esvs.saveVariable(exampleVariable())
      for (const id of ['esv-port', 'esv-other']) await documents.save('/alpha', kept(id))
      await documents.save('/alpha', { ...kept('esv-port'), kind: 'theme' })
      expect(await esvs.remove('variable', 'esv-absent')).toBe(false)
      expect(await documents.all('/alpha', 'variable')).toHaveLength(2)
      expect(await esvs.remove('variable', 'esv-port')).toBe(true)
      expect(await documents.all('/alpha', 'variable')).toEqual([kept('esv-other')])
      expect(await documents.all('/alpha', 'theme')).toHaveLength(1)
    })

    test('no two have the same name, whatever their kind', async () => {
      const { esvs } = stores
      await esvs.saveVariable(exampleVariable({ id: 'esv-a_b', name: 'ESV_A_B' }))
      await esvs.createSecret(exampleSecret(), exampleVersion(1))
      expect(await esvs.saveVariable(exampleVariable({ id: 'esv-a-b', name: 'ESV_A_B' }))).toBe(false)
      expect(await esvs.createSecret(exampleSecret({ name: 'ESV_A_B' }), exampleVersion(1))).toBe(false)
      expect(await esvs.saveVariable(exampleVariable({ id: 'esv-key', name: 'ESV_KEY' }))).toBe(false)
      expect(await esvs.createSecret(exampleSecret(), exampleVersion(1))).toBe(false)
      expect((await esvs.all()).secrets).toEqual([exampleSecret()])
    })

    test('of requests that add the next version, one succeeds', async () => {
      const { esvs } = stores
      await esvs.createSecret(exampleSecret(), exampleVersion(1))
      const results = await Promise.all(
        ['a', 'b', 'c'].map((by) =>
          esvs.addVersion(exampleVersion(2, { sealed: by }), next({ changedBy: by })),
        ),
      )
      expect(results.toSorted()).toEqual([false, false, true])
      const winner = ['a', 'b', 'c'][results.indexOf(true)] ?? ''
      const { secrets, active } = await esvs.all()
      expect(secrets).toEqual([exampleSecret({ activeVersion: 2, changedAt: start + 2, changedBy: winner })])
      expect(active).toEqual([exampleVersion(2, { sealed: winner })])
      expect(await esvs.versions('esv-key')).toEqual([...active, exampleVersion(1)])
      expect(
        await esvs.addVersion(exampleVersion(1, { secretId: 'esv-none' }), { ...next(), id: 'esv-none' }),
      ).toBe(false)
    })

    test('a version that is not active is disabled, enabled and destroyed with its value, for ever', async () => {
      const { esvs } = stores
      await esvs.createSecret(exampleSecret(), exampleVersion(1))
      expect(await esvs.changeStatus('esv-key', 1, 'DISABLED')).toBe(false)
      await esvs.addVersion(exampleVersion(2), next())
      for (const status of ['DISABLED', 'ENABLED'] as const) {
        expect(await esvs.changeStatus('esv-key', 1, status)).toBe(true)
        expect((await esvs.versions('esv-key'))[1]).toEqual(exampleVersion(1, { status }))
      }
      expect(await esvs.changeStatus('esv-key', 1, 'DESTROYED')).toBe(true)
      expect(await esvs.changeStatus('esv-key', 1, 'ENABLED')).toBe(false)
      expect(await esvs.changeStatus('esv-key', 2, 'DESTROYED')).toBe(false)
      expect(await esvs.versions('esv-key')).toEqual([
        exampleVersion(2),
        exampleVersion(1, { status: 'DESTROYED', sealed: '' }),
      ])
    })

    test('a secret is described, resealed while unchanged, and removed with its versions', async () => {
      const { esvs, secrets } = stores
      await esvs.saveVariable(exampleVariable())
      await esvs.createSecret(exampleSecret(), exampleVersion(1))
      const next = { description: 'd', realms: ['/alpha'], changedAt: start + 1, changedBy: 'b' }
      expect(await esvs.describe('secret', { id: 'esv-key', ...next })).toBe(true)
      expect(await esvs.describe('secret', { id: 'esv-port', ...next })).toBe(false)
      expect((await esvs.all()).secrets).toEqual([exampleSecret(next)])
      expect(await esvs.reseal(exampleVersion(1), 'v2.7.x')).toBe(true)
      expect(await esvs.reseal(exampleVersion(1), 'v2.8.x')).toBe(false)
      expect(await secrets.isInUse('v2.7.')).toBe(true)
      expect(await esvs.remove('secret', 'esv-key')).toBe(true)
      expect(await esvs.versions('esv-key')).toEqual([])
      expect((await esvs.all()).variables).toEqual([exampleVariable()])
    })

    test('a write keeps what it does not send, also if that has changed since it was read', async () => {
      const { esvs } = stores
      const by = { changedAt: start + 1, changedBy: 'b' }
      const next = { value: '636', description: 'd', realms: ['/alpha'], ...by }
      await esvs.saveVariable(exampleVariable(next))
      await esvs.createSecret(exampleSecret({ realms: ['/alpha'] }), exampleVersion(1))
      expect(await esvs.describe('variable', { id: 'esv-port', description: 'e', ...by })).toBe(true)
      expect(await esvs.describe('variable', { id: 'esv-key', description: 'e', ...by })).toBe(false)
      expect(await esvs.describe('secret', { id: 'esv-key', description: 'e', ...by })).toBe(true)
      const all = async () => {
        const { variables, secrets } = await esvs.all()
        return [...variables, ...secrets]
      }
      const described = {
        description: 'e',
        realms: ['/alpha'],
        changedBy: 'b',
        changedAt: expect.any(Number),
      }
      expect(await all()).toEqual([exampleVariable({ ...next, ...described }), exampleSecret(described)])
      expect(await esvs.saveVariable(exampleVariable({ value: '1' }), { id: 'esv-port', ...by })).toBe(true)
      expect(await all()).toMatchObject([{ value: '1', ...described }, described])
      await esvs.saveVariable(exampleVariable({ value: '2' }), { id: 'esv-port', realms: null, ...by })
      await esvs.describe('secret', { id: 'esv-key', realms: null, ...by })
      const { realms: _, ...everywhere } = described
      expect(await all()).toEqual([exampleVariable({ value: '2', ...everywhere }), exampleSecret(everywhere)])
    })

    test('a write for what was read succeeds once, and each change has a time of its own', async () => {
      const { esvs } = stores
      await esvs.saveVariable(exampleVariable())
      await esvs.createSecret(exampleSecret(), exampleVersion(1))
      const by = { changedAt: start, changedBy: 'b' }
      const variable = (expected: number | 'present' | 'absent') =>
        esvs.saveVariable(exampleVariable({ value: '1' }), { id: 'esv-port', expected, ...by })
      const secret = (expected: number) => esvs.describe('secret', { id: 'esv-key', expected, ...by })
      const results = await Promise.all([variable(start), variable(start), variable('absent')])
      expect(results.toSorted()).toEqual([false, false, true])
      expect((await Promise.all([secret(start), secret(start)])).toSorted()).toEqual([false, true])
      const { variables, secrets } = await esvs.all()
      expect([...variables, ...secrets]).toMatchObject([{ changedAt: start + 1 }, { changedAt: start + 1 }])
      expect(await variable(start + 1)).toBe(true)
      expect(await variable('present')).toBe(true)
      await esvs.remove('variable', 'esv-port')
      expect(await variable(start + 2)).toBe(false)
      expect(await variable('present')).toBe(false)
      expect((await esvs.all()).variables).toEqual([])
    })

    test('a new value comes with its realms, or neither does', async () => {
      const { esvs } = stores
      const of = { realms: ['/alpha'], description: 'old' }
      await esvs.createSecret(exampleSecret(of), exampleVersion(1))
      const sent = { realms: ['/alpha', '/beta'], description: 'new', changedBy: 'b' }
      const late = [
        esvs.addVersion(exampleVersion(3), next(sent)),
        esvs.addVersion(exampleVersion(2), next({ ...sent, expected: start - 1 })),
      ]
      expect(await Promise.all(late)).toEqual([false, false])
      expect(await esvs.all()).toMatchObject({ secrets: [exampleSecret(of)], active: [exampleVersion(1)] })
      expect(await esvs.addVersion(exampleVersion(2), next({ ...sent, expected: start }))).toBe(true)
      const { secrets, active } = await esvs.all()
      expect(secrets).toEqual([exampleSecret({ ...sent, activeVersion: 2, changedAt: start + 2 })])
      expect(active).toEqual([exampleVersion(2)])
    })

    test('a late change of a status and a late removal change nothing, nor does one of another kind', async () => {
      const { esvs } = stores
      await esvs.saveVariable(exampleVariable())
      await esvs.createSecret(exampleSecret(), exampleVersion(1))
      await esvs.addVersion(exampleVersion(2), next())
      expect(await esvs.changeStatus('esv-key', 1, 'DESTROYED', start)).toBe(false)
      expect(await esvs.remove('secret', 'esv-key', start)).toBe(false)
      expect(await esvs.remove('variable', 'esv-key')).toBe(false)
      expect(await esvs.remove('secret', 'esv-port')).toBe(false)
      expect(await esvs.remove('variable', 'esv-port', start + 1)).toBe(false)
      expect(await esvs.versions('esv-key')).toEqual([exampleVersion(2), exampleVersion(1)])
      expect(await esvs.changeStatus('esv-key', 1, 'DESTROYED', start + 2)).toBe(true)
      expect(await esvs.remove('secret', 'esv-key', start + 2)).toBe(true)
      expect(await esvs.remove('variable', 'esv-port', start)).toBe(true)
    })

    test.each([
      ['an only one', ['/alpha'], []],
      ['a first one', ['/alpha', '/alpha/beta'], ['/alpha/beta']],
      ['one of many, named twice', ['/b', '/alpha', '/alpha', '/alpha.c'], ['/b', '/alpha.c']],
      ['none', undefined, undefined],
    ])('a realm that is removed is named by nothing: %s', async (_, before, after) => {
      const { esvs, realms } = stores
      const realm = {
        path: '/alpha',
        isActive: true,
        aliases: [],
        settings: realmSettingsSchema.parse({}),
      }
      await realms.save(realm)
      await esvs.saveVariable(exampleVariable({ realms: before }))
      await realms.save({ ...realm, isActive: false })
      expect((await esvs.all()).variables).toEqual([exampleVariable({ realms: before })])
      await realms.remove('/alpha')
      const found = (await esvs.all()).variables[0]
      expect(found?.realms).toEqual(after)
      expect(found?.changedAt).toBe(before === undefined ? start : start + 1)
      await esvs.saveVariable(exampleVariable({ realms: before }))
      await realms.save(realm)
      expect((await esvs.all()).variables[0]?.realms).toEqual(after)
    })

    test('every change of a value counts the version of the configuration up', async () => {
      const { esvs, configuration } = stores
      const changes = [
        () => esvs.saveVariable(exampleVariable()),
        () => esvs.saveVariable(exampleVariable({ value: '636' })),
        () => esvs.createSecret(exampleSecret(), exampleVersion(1)),
        () => esvs.addVersion(exampleVersion(2), next()),
        () => esvs.describe('secret', { ...exampleSecret(), realms: ['/alpha'] }),
        () => esvs.remove('secret', 'esv-key'),
      ]
      for (const change of changes) {
        const before = await configuration.version()
        expect(await change()).toBe(true)
        expect(await configuration.version()).toBe(before + 1)
      }
    })
  })
}
