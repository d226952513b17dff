import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SaveMark } from '../../base/save-mark.ts'
import { everyRealm, realmSettingsId, type VersionKind } from '../../journeys/history/version-store.ts'
import { journeyDocumentSchema } from '../../journeys/journey-document.ts'
import { customNodeTypeSchema } from '../../nodes/custom-node-type.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import { scriptSchema } from '../../scripts/script.ts'
import type { Stores } from '../stores.ts'
import type { OpenStores } from './examples.ts'

const realm = '/alpha'
const newest = Number.MAX_SAFE_INTEGER
const script = scriptSchema.parse({ id: 's', name: 'Decide', source: 'a', context: 'C' })
const member = (nodeType: string) => ({ nodeType, displayName: nodeType, x: 1, y: 2 })
const journey = journeyDocumentSchema.parse({
  _id: 'Login',
  entryNodeId: 'page',
  nodes: { page: member('PageNode') },
})
const child = { id: 'child', type: 'T', version: '1.0', config: { a: 1 } }
const page = { id: 'page', type: 'PageNode', version: '1.0', config: { nodes: [{ _id: 'child' }] } }
const nothing = { journeys: [], nodes: [], scripts: [], customNodeTypes: [], documents: [] }
const by = { id: 'dana', name: 'Dana' }
const mark = (at: number, more: Partial<SaveMark> = {}): SaveMark => ({ at, by, ...more })

/** The tests for the history of configured things. */
export function versionStoreContract(open: OpenStores): void {
  describe('versions', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    const list = (kind: VersionKind, id: string, where = realm) =>
      stores.versions.list({ realm: where, kind, id }, { limit: 50 })
    const timesOf = async (kind: VersionKind, id: string, where = realm) =>
      (await list(kind, id, where)).map(({ at }) => at)
    /** The content of everything in the realm at a version. */
    const stateAt = async (number: number) =>
      Object.fromEntries(
        (await stores.versions.stateAt(realm, number)).map(({ kind, id, content }) => [
          `${kind} ${id}`,
          JSON.parse(content),
        ]),
      )

    test('keeps every saved version with author, time, note and cause', async () => {
      await stores.scripts.save(realm, script, mark(1, { note: 'first' }))
      await stores.scripts.save(realm, { ...script, name: 'Renamed' }, mark(2, { cause: 'restore' }))
      await stores.scripts.save(realm, { ...script, name: 'Renamed', source: 'b' })
      const found = await list('script', 's')
      expect(found.map(({ number }) => number)).toEqual([3, 2, 1])
      expect(found[2]).toEqual({
        realm,
        kind: 'script',
        id: 's',
        number: 1,
        name: 'Decide',
        at: 1,
        by,
        note: 'first',
        cause: 'save',
        isDeletion: false,
      })
      expect(found[1]).toMatchObject({ name: 'Renamed', cause: 'restore' })
      expect(found[0]).toMatchObject({ at: undefined, by: undefined, note: undefined })
      expect((await stateAt(1))['script s']).toEqual(script)
      expect((await stateAt(newest))['script s']).toMatchObject({ source: 'b' })
      expect(await list('script', 's', '/beta')).toEqual([])
    })

    test('makes no version of a save that changes nothing, or only who saved a script and when', async () => {
      await stores.scripts.save(realm, script, mark(1))
      await stores.scripts.save(realm, { ...script, lastModifiedAt: 9, lastModifiedBy: 'x' }, mark(2))
      await stores.configuration.saveJourney(realm, journey, mark(3))
      const { _id, nodes, ...rest } = journey
      await stores.configuration.saveJourney(realm, { ...rest, nodes, _id }, mark(4))
      expect(await timesOf('script', 's')).toEqual([1])
      expect(await timesOf('journey', 'Login')).toEqual([3])
    })

    test('makes a version of a journey whose nodes only move', async () => {
      await stores.configuration.saveJourney(realm, journey, mark(1))
      const moved = { ...journey, nodes: { page: { ...member('PageNode'), connections: {}, x: 99 } } }
      await stores.configuration.saveJourney(realm, moved, mark(2))
      expect(await timesOf('journey', 'Login')).toEqual([2, 1])
    })

    test('makes a version of a journey when one of its nodes changes', async () => {
      const { configuration } = stores
      await configuration.saveNode(realm, page, mark(1))
      await configuration.saveNode(realm, child, mark(2))
      await configuration.saveJourney(realm, journey, mark(3))
      await configuration.saveJourney(
        realm,
        { ...journey, _id: 'Other', entryNodeId: '', nodes: {} },
        mark(4),
      )
      await configuration.saveNode(realm, { ...child, config: { a: 2 } }, mark(5))
      await configuration.saveNode(realm, { ...child, config: { a: 2 } }, mark(6))
      await configuration.removeNode(realm, 'child', mark(7))
      expect(await timesOf('journey', 'Login')).toEqual([7, 5, 3])
      expect(await timesOf('journey', 'Other')).toEqual([4])
      const [, changed, first] = await list('journey', 'Login')
      expect((await stateAt(first?.number ?? 0))['node child']).toEqual(child)
      expect((await stateAt(changed?.number ?? 0))['node child']).toMatchObject({ config: { a: 2 } })
      expect((await stateAt(newest))['node child']).toBeUndefined()
    })

    test('makes one version of everything that is saved as one unit', async () => {
      const { configuration, versions } = stores
      const change = { ...nothing, journeys: [journey], nodes: [page, child], scripts: [script] }
      expect(await configuration.saveAll(realm, change, 0, { mark: mark(1, { cause: 'import' }) })).toBe(
        'saved',
      )
      const changed = { ...nothing, nodes: [{ ...child, config: { a: 3 } }] }
      const around = { mark: mark(2), alsoSaved: ['Login'] }
      expect(await configuration.saveAll(realm, changed, 1, around)).toBe('saved')
      expect(await configuration.saveAll(realm, { ...nothing, scripts: [script] }, 1)).toBe('changed')
      const clash = {
        ...nothing,
        journeys: [{ ...journey, enabled: false }],
        scripts: [{ ...script, id: 't' }],
      }
      expect(await configuration.saveAll(realm, clash, 2)).toBe('name')
      const removed = { journeys: ['Login'], nodes: ['page', 'child'] }
      expect(await configuration.saveAll(realm, nothing, 2, { mark: mark(3), removed })).toBe('saved')
      const found = await versions.recent(realm, { kinds: ['journey', 'script'] }, { limit: 50 })
      expect(found.map(({ kind, number, cause }) => `${number} ${kind} ${cause}`)).toEqual([
        '3 journey delete',
        '2 journey save',
        '1 journey import',
        '1 script import',
      ])
      expect(found[0]).toMatchObject({ isDeletion: true, at: 3, name: 'Login' })
      // A page never ends within a unit.
      const kinds = ['journey', 'script'] as const
      const firstUnit = await versions.recent(realm, { kinds }, { before: 2, limit: 1 })
      expect(firstUnit.map(({ kind }) => kind)).toEqual(['journey', 'script'])
      const deleted = await versions.recent(realm, { kinds, isDeletion: true }, { limit: 50 })
      expect(deleted).toEqual([found[0]])
      const named = await versions.recent(realm, { kinds, text: 'LOG' }, { limit: 50 })
      expect(named.map(({ name }) => name)).toEqual(['Login', 'Login', 'Login'])
      for (const none of [{ text: '%' }, { text: '_' }, { person: 'nobody' }])
        expect(await versions.recent(realm, { kinds, ...none }, { limit: 50 })).toEqual([])
      expect(Object.keys(await stateAt(2))).toEqual(['journey Login', 'node child', 'node page', 'script s'])
      expect(Object.keys(await stateAt(newest))).toEqual(['script s'])
    })

    test('keeps the history of custom node types, themes, templates and realm settings', async () => {
      const { configuration, customNodes, documents, realms, versions } = stores
      const fields = { displayName: 'One', outcomes: ['ok'], outputs: [], inputs: [], script: '1' }
      const type = customNodeTypeSchema.parse({ serviceName: 'one', ...fields })
      await customNodes.create(type, mark(1))
      expect(await customNodes.create(customNodeTypeSchema.parse({ serviceName: 'two', ...fields }))).toBe(
        false,
      )
      const change = { ...nothing, customNodeTypes: [{ ...type, script: '2' }] }
      await configuration.saveAll('/', change, await configuration.version(), { mark: mark(2) })
      const removal = { mark: mark(3), removed: { customNodeTypes: ['one'] } }
      await configuration.saveAll('/', nothing, await configuration.version(), removal)
      expect(await timesOf('customNodeType', 'one', everyRealm)).toEqual([3, 2, 1])
      expect(await timesOf('customNodeType', 'two', everyRealm)).toEqual([])
      const recent = await versions.recent(realm, { kinds: ['customNodeType'] }, { limit: 1 })
      expect(recent).toMatchObject([{ id: 'one', realm: everyRealm, isDeletion: true }])
      const theme = (id: string, colour: string) => ({ id, document: { name: id, colour } })
      await documents.replaceAll(realm, 'theme', [theme('one', 'red'), theme('two', 'red')], mark(4))
      await documents.replaceAll(realm, 'theme', [theme('two', 'red'), theme('new', 'red')], mark(5))
      expect(await timesOf('theme', 'one')).toEqual([5, 4])
      expect(await timesOf('theme', 'two')).toEqual([4])
      expect(await timesOf('theme', 'new')).toEqual([5])
      await documents.save(realm, { kind: 'emailTemplate', id: 'hi', document: { a: 1 } }, mark(6))
      await documents.remove(realm, 'emailTemplate', 'hi', mark(7))
      expect(await documents.remove(realm, 'emailTemplate', 'hi', mark(8))).toBe(false)
      await documents.save(realm, { kind: 'variable', id: 'esv-a', document: { value: 1 } }, mark(9))
      const settings = realmSettingsSchema.parse({})
      await realms.save({ path: realm, isActive: true, aliases: [], settings }, mark(10))
      await realms.save({ path: realm, isActive: false, aliases: [], settings }, mark(11))
      expect(await timesOf('emailTemplate', 'hi')).toEqual([7, 6])
      expect(await timesOf('realmSettings', realmSettingsId)).toEqual([10])
      expect(Object.keys(await stateAt(newest))).toEqual(['realmSettings settings', 'theme new', 'theme two'])
      await realms.remove(realm)
      expect(await versions.recent(realm, { kinds: ['theme'] }, { limit: 50 })).toEqual([])
      expect(await timesOf('customNodeType', 'one', everyRealm)).toEqual([3, 2, 1])
    })

    test('pages through versions, and finds one by its number', async () => {
      for (const source of ['a', 'b', 'c']) await stores.scripts.save(realm, { ...script, source })
      const thing = { realm, kind: 'script', id: 's' } as const
      const first = await stores.versions.list(thing, { limit: 2 })
      expect(first.map(({ number }) => number)).toEqual([3, 2])
      expect(await stores.versions.list(thing, { before: 2, limit: 2 })).toMatchObject([{ number: 1 }])
      expect(
        await stores.versions.recent(realm, { kinds: ['script'] }, { before: 3, limit: 1 }),
      ).toMatchObject([{ number: 2 }])
      expect(await stores.versions.find(thing, 2)).toMatchObject({ number: 2 })
      expect(await stores.versions.find(thing, 4)).toBeUndefined()
    })

    test('deletes old versions, and keeps what the others of a journey need', async () => {
      const { configuration, versions } = stores
      const change = { ...nothing, journeys: [journey], nodes: [page, child] }
      await configuration.saveAll(realm, change, 0)
      for (const a of [2, 3, 4]) await configuration.saveNode(realm, { ...child, config: { a } })
      await stores.scripts.save('/beta', script)
      expect(await versions.deleteOld(realm, 2)).toBe(3)
      expect(await versions.deleteOld(realm, 2)).toBe(0)
      const found = await list('journey', 'Login')
      expect(found.map(({ number }) => number)).toEqual([4, 3])
      expect(await stateAt(3)).toEqual({
        'journey Login': journey,
        'node child': { ...child, config: { a: 3 } },
        'node page': page,
      })
      expect(await timesOf('script', 's', '/beta')).toHaveLength(1)
    })

    test('makes no version when secrets are sealed again', async () => {
      await stores.configuration.saveNode(realm, child, mark(1))
      await stores.configuration.saveNode(
        realm,
        { ...child, config: { a: 'sealed' } },
        mark(2, { cause: 'seal' }),
      )
      const [state, ...more] = await stores.versions.withSecrets(realm)
      expect(more).toEqual([])
      if (state === undefined) throw new Error('The node has no version')
      await stores.versions.reseal(state, JSON.stringify({ ...child, config: { a: 'sealed' } }))
      await stores.configuration.saveNode(realm, { ...child, config: { a: 'sealed' } }, mark(3))
      expect(await stores.versions.withSecrets(realm)).toHaveLength(1)
      expect((await stateAt(newest))['node child']).toMatchObject({ config: { a: 'sealed' } })
    })
  })
}
