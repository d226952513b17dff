import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SaveContext } from '../../journeys/configuration-store.ts'
import { journeyDocumentSchema } from '../../journeys/journey-document.ts'
import { type CustomNodeType, customNodeTypeSchema } from '../../nodes/custom-node-type.ts'
import type { OauthClientRecord } from '../../oauth/oauth-store.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import { scriptSchema } from '../../scripts/script.ts'
import type { Stores } from '../stores.ts'
import {
  exampleCommit,
  exampleIdentity,
  exampleJourneySession,
  exampleSession,
  exampleTransaction,
  type OpenStores,
  start,
} from './examples.ts'

const journey = journeyDocumentSchema.parse({ _id: 'Login', entryNodeId: 'n', nodes: {} })
const node = { id: 'n', type: 'PageNode', version: '1.0', config: { nodes: [] } }
const script = scriptSchema.parse({ id: 's', name: 'Decide', source: 'outcome = "é"', context: 'C' })
const template = { kind: 'emailTemplate', id: 'welcome', document: { subject: { en: 'Hello' } } }
const empty = { journeys: [], nodes: [], scripts: [], customNodeTypes: [], documents: [] }
const realm = {
  path: '/alpha',
  isActive: true,
  aliases: ['alpha.example.com'],
  settings: realmSettingsSchema.parse({ journeyMinutes: 7 }),
}
function customNode(serviceName: string, displayName: string) {
  const document = { serviceName, displayName, outcomes: ['ok'], outputs: [], inputs: [], script: '1' }
  return customNodeTypeSchema.parse(document)
}

/** The tests for stores of realms, journeys, scripts and custom node types. */
export function configurationContract(open: OpenStores): void {
  describe('configuration', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    test('reports a journey as new once, replaces it afterwards, and returns it as saved', async () => {
      expect(await stores.configuration.saveJourney('/alpha', journey)).toBe(true)
      const changed = { ...journey, enabled: false }
      expect(await stores.configuration.saveJourney('/alpha', changed)).toBe(false)
      expect(await stores.configuration.journey('/alpha', 'Login')).toEqual(changed)
      expect(await stores.configuration.journeys('/alpha')).toEqual([changed])
      expect(await stores.configuration.journey('/beta', 'Login')).toBeUndefined()
    })

    test('saves the settings of a realm with the journeys, or neither', async () => {
      const { configuration, realms } = stores
      await realms.save(realm)
      const changed = { ...realm, settings: { ...realm.settings, defaultJourney: 'Login' } }
      const journeys = { ...empty, journeys: [journey] }
      const version = await configuration.version()
      const settings = { ...realm.settings, journeyMinutes: 9 }
      await realms.save({ ...realm, settings })
      expect(await configuration.saveAll('/alpha', journeys, version, { realm: changed })).toBe('changed')
      expect((await realms.read('/alpha'))?.settings).toEqual(settings)
      expect(await configuration.journeys('/alpha')).toEqual([])

      const now = await configuration.version()
      expect(await configuration.saveAll('/alpha', journeys, now, { realm: changed })).toBe('saved')
      expect(await realms.read('/alpha')).toEqual(changed)
      expect(await configuration.journeys('/alpha')).toEqual([journey])
    })

    test('saves OAuth2 clients with the journeys, unless one changed after it was read', async () => {
      const { configuration, oauthClients } = stores
      const journeys = { ...empty, journeys: [journey] }
      const saved = async (id: string, before: OauthClientRecord | undefined) => {
        const client = { id, document: { a: 2 }, sealedSecret: before?.sealedSecret }
        return configuration.saveAll('/alpha', journeys, await configuration.version(), {
          clients: [{ client, before }],
        })
      }
      const read = { id: 'old', document: { a: 1 }, sealedSecret: 'x' }
      await oauthClients.save('/alpha', read)
      expect(await saved('old', undefined)).toBe('changed')
      expect(await saved('old', { ...read, document: { a: 3 } })).toBe('changed')
      expect(await saved('old', { ...read, sealedSecret: 'y' })).toBe('changed')
      expect(await saved('gone', { ...read, id: 'gone' })).toBe('changed')
      expect(await configuration.journeys('/alpha')).toEqual([])
      expect(await oauthClients.all('/alpha')).toEqual([read])

      expect(await saved('old', read)).toBe('saved')
      expect(await saved('new', undefined)).toBe('saved')
      expect(await oauthClients.all('/alpha')).toMatchObject([
        { id: 'new', document: { a: 2 } },
        { id: 'old', document: { a: 2 }, sealedSecret: 'x' },
      ])
    })

    test('does not bring a removed realm back with its settings', async () => {
      const { configuration, realms } = stores
      const version = await configuration.version()
      const journeys = { ...empty, journeys: [journey] }
      expect(await configuration.saveAll('/alpha', journeys, version, { realm })).toBe('changed')
      expect(await realms.read('/alpha')).toBeUndefined()
      expect(await configuration.journeys('/alpha')).toEqual([])
    })

    test('keeps all content when the database is scrubbed', async () => {
      await stores.configuration.saveNode('/alpha', { id: 'n', type: 'T', version: '1.0', config: { a: 1 } })
      await stores.scrub()
      expect(await stores.configuration.node('/alpha', 'n')).toMatchObject({ config: { a: 1 } })
    })

    test('lists all nodes or those of one type', async () => {
      expect(await stores.configuration.saveNode('/alpha', node)).toBe(true)
      expect(await stores.configuration.saveNode('/alpha', { ...node, config: { a: 1 } })).toBe(false)
      await stores.configuration.saveNode('/alpha', { ...node, id: 'm', type: 'Other' })
      expect((await stores.configuration.nodes('/alpha')).map(({ id }) => id)).toEqual(['m', 'n'])
      expect(await stores.configuration.nodes('/alpha', 'PageNode')).toEqual([{ ...node, config: { a: 1 } }])
      expect(await stores.configuration.node('/alpha', 'n')).toEqual({ ...node, config: { a: 1 } })
    })

    test('refuses a script name that another script of the realm has', async () => {
      expect(await stores.scripts.save('/alpha', script)).toBe(true)
      expect(await stores.scripts.save('/alpha', { ...script, id: 'other' })).toBe(false)
      expect(await stores.scripts.save('/alpha', { ...script, source: 'changed' })).toBe(true)
      expect(await stores.scripts.save('/beta', { ...script, id: 'other' })).toBe(true)
      expect(await stores.scripts.all('/alpha')).toEqual([{ ...script, source: 'changed' }])
      expect(await stores.scripts.read('/alpha', 's')).toEqual({ ...script, source: 'changed' })
    })

    test('refuses a service name or display name that another custom node type has', async () => {
      const { configuration, customNodes } = stores
      const replace = async (changed: CustomNodeType) =>
        configuration.saveAll('/', { ...empty, customNodeTypes: [changed] }, await configuration.version())
      const type = customNode('one', 'One')
      expect(await customNodes.create(type)).toBe(true)
      expect(await customNodes.create(customNode('one', 'Other'))).toBe(false)
      expect(await customNodes.create(customNode('other', 'One'))).toBe(false)
      expect(await customNodes.create(customNode('two', 'Two'))).toBe(true)
      expect(await replace(customNode('two', 'One'))).toBe('name')
      expect(await replace(customNode('two', 'Zwei'))).toBe('saved')
      expect(await customNodes.read('one')).toEqual(type)
      expect((await customNodes.all()).map(({ displayName }) => displayName)).toEqual(['One', 'Zwei'])
    })

    test('stores a document by kind and id', async () => {
      const { documents } = stores
      const theme = { kind: 'theme', id: 'welcome', document: { name: 'Dark' } }
      await documents.save('/alpha', template)
      await documents.save('/alpha', theme)
      await documents.save('/alpha', { ...theme, document: { name: 'Light' } })
      expect(await documents.read('/alpha', 'theme', 'welcome')).toEqual({
        ...theme,
        document: { name: 'Light' },
      })
      expect((await documents.all('/alpha')).map(({ kind }) => kind)).toEqual(['emailTemplate', 'theme'])
      expect(await documents.all('/alpha', 'emailTemplate')).toEqual([template])
      expect(await documents.read('/beta', 'theme', 'welcome')).toBeUndefined()
      expect(await documents.remove('/alpha', 'theme', 'welcome')).toBe(true)
      expect(await documents.remove('/alpha', 'theme', 'welcome')).toBe(false)
    })

    test('replaces all documents of a kind together', async () => {
      const { documents, configuration } = stores
      const [old, kept] = [
        { kind: 'theme', id: 'old', document: { name: 'Old' } },
        { kind: 'theme', id: 'kept', document: { name: 'Kept' } },
      ]
      for (const each of [old, kept, template]) await documents.save('/alpha', each)
      await documents.save('/beta', old)
      const version = await configuration.version()
      const changed = { id: 'kept', document: { name: 'Changed' } }
      await documents.replaceAll('/alpha', 'theme', [changed, { id: 'new', document: { name: 'New' } }])
      expect((await documents.all('/alpha', 'theme')).map(({ document }) => document.name)).toEqual([
        'Changed',
        'New',
      ])
      expect(await documents.all('/alpha', 'emailTemplate')).toEqual([template])
      expect(await documents.all('/beta', 'theme')).toEqual([old])
      expect(await configuration.version()).not.toBe(version)
    })

    test('saves a change completely under the version that it was planned for, or not at all', async () => {
      const { configuration, customNodes, scripts, documents } = stores
      const type = customNode('one', 'One')
      const change = {
        journeys: [journey],
        nodes: [node],
        scripts: [script],
        customNodeTypes: [type],
        documents: [template],
      }
      const version = await configuration.version()
      expect(await configuration.saveAll('/alpha', change, version)).toBe('saved')
      expect(await configuration.version()).toBe(version + 1)
      expect(await configuration.journeys('/alpha')).toEqual([journey])
      expect(await configuration.nodes('/alpha')).toEqual([node])
      expect(await scripts.all('/alpha')).toEqual([script])
      expect(await customNodes.all()).toEqual([type])
      expect(await documents.all('/alpha')).toEqual([template])
      const later = { ...change, nodes: [{ ...node, config: { late: true } }] }
      expect(await configuration.saveAll('/alpha', later, version)).toBe('changed')
      const clash = { ...later, scripts: [{ ...script, id: 'other' }] }
      expect(await configuration.saveAll('/alpha', clash, version + 1)).toBe('name')
      expect(await configuration.nodes('/alpha')).toEqual([node])
      expect(await configuration.version()).toBe(version + 1)
    })

    test('records who saved a journey for every kind of save', async () => {
      const { configuration } = stores
      const by = { id: 'admin-1', name: 'Ravi Menon' }
      const mark = (at: number) => ({ at, by })
      const page = { ...node, config: { nodes: [{ _id: 'child', nodeType: 'MessageNode' }] } }
      const child = { id: 'child', type: 'MessageNode', version: '1.0', config: {} }
      const withPage = journeyDocumentSchema.parse({
        ...journey,
        nodes: { n: { nodeType: 'PageNode' } },
      })
      await configuration.saveJourney('/alpha', { ...journey, _id: 'Other', entryNodeId: 'm' })
      await configuration.saveJourney('/beta', withPage, mark(1))
      const steps: [() => Promise<unknown>, count: number, at: number | undefined][] = [
        [() => configuration.saveJourney('/alpha', withPage, mark(2)), 1, 2],
        [() => configuration.saveJourney('/alpha', withPage, mark(3)), 2, 3],
        [() => configuration.saveNode('/alpha', page, mark(4)), 3, 4],
        [() => configuration.saveNode('/alpha', child, mark(5)), 4, 5],
        [() => configuration.saveNode('/alpha', child, mark(6)), 5, 6],
        [() => configuration.removeNode('/alpha', 'child', mark(7)), 6, 7],
        [() => configuration.removeNode('/alpha', 'child', mark(8)), 6, 7],
        [() => configuration.saveNode('/alpha', { ...child, id: 'third' }, mark(9)), 6, 7],
      ]
      for (const [write, count, at] of steps) {
        await write()
        expect(await configuration.saves('/alpha')).toEqual([
          { journey: 'Login', count, at, by },
          { journey: 'Other', count: 1, at: undefined, by: undefined },
        ])
      }
      const version = await configuration.version()
      const around = { mark: mark(10), alsoSaved: ['Other'], removed: { nodes: ['n'], journeys: ['Login'] } }
      expect(await configuration.saveAll('/alpha', empty, version, around)).toBe('saved')
      expect(await configuration.saves('/alpha')).toEqual([{ journey: 'Other', count: 2, at: 10, by }])
      expect((await configuration.nodes('/alpha')).map(({ id }) => id)).toEqual(['third'])
      expect(await configuration.saves('/beta')).toEqual([{ journey: 'Login', count: 1, at: 1, by }])
    })

    test('returns a realm as saved, and replaces it', async () => {
      await stores.realms.save(realm)
      await stores.realms.save({ ...realm, isActive: false })
      await stores.realms.save({ ...realm, path: '/' })
      expect(await stores.realms.read('/alpha')).toEqual({ ...realm, isActive: false })
      expect((await stores.realms.all()).map(({ path }) => path)).toEqual(['/', '/alpha'])
    })

    test('keeps when a realm was created', async () => {
      const { realms } = stores
      await realms.save({ ...realm, createdAt: 1_700_000_000_000 })
      await realms.save({ ...realm, isActive: false })
      const read = await realms.read('/alpha')
      expect(read).toEqual({ ...realm, isActive: false, createdAt: 1_700_000_000_000 })
      if (read === undefined) throw new Error('The realm is missing')
      expect(await realms.replace(read, realm)).toBe(true)
      expect(await realms.read('/alpha')).toEqual({ ...realm, createdAt: 1_700_000_000_000 })
    })

    test('replaces a realm only if it is still as it was read', async () => {
      const { realms, configuration } = stores
      expect(await realms.replace(realm, realm)).toBe(false)
      await realms.save(realm)
      const version = await configuration.version()
      const [read, other] = await Promise.all([realms.read('/alpha'), realms.read('/alpha')])
      if (read === undefined || other === undefined) throw new Error('The realm is missing')
      const settings = { ...read.settings, journeyMinutes: 9 }
      expect(await realms.replace(read, { ...read, settings })).toBe(true)
      expect(await configuration.version()).toBe(version + 1)
      expect(await realms.replace(other, { ...other, isActive: false })).toBe(false)
      expect(await realms.read('/alpha')).toEqual({ ...realm, settings })
      expect(await configuration.version()).toBe(version + 1)
    })

    test('lets one of the requests win that replace a realm at the same time', async () => {
      const { realms } = stores
      await realms.save(realm)
      const minutes = [11, 12, 13, 14]
      const won = await Promise.all(
        minutes.map((journeyMinutes) =>
          realms.replace(realm, { ...realm, settings: { ...realm.settings, journeyMinutes } }),
        ),
      )
      expect(won.filter(Boolean)).toHaveLength(1)
      expect((await realms.read('/alpha'))?.settings.journeyMinutes).toBe(minutes[won.indexOf(true)])
    })

    test('increases the version with every effective write only', async () => {
      const { configuration, scripts, customNodes, realms } = stores
      const type = customNode('one', 'One')
      const remove = async (removed: NonNullable<SaveContext['removed']>) =>
        configuration.saveAll('/alpha', empty, await configuration.version(), { removed })
      const writes = [
        () => realms.save(realm),
        () => configuration.saveJourney('/alpha', journey),
        () => configuration.saveJourney('/alpha', journey),
        () => configuration.saveNode('/alpha', node),
        () => scripts.save('/alpha', script),
        () => customNodes.create(type),
        () => remove({ customNodeTypes: ['one'] }),
        () => remove({ scripts: ['s'] }),
        () => configuration.removeNode('/alpha', 'n'),
        () => configuration.removeJourney('/alpha', 'Login'),
        () => realms.remove('/alpha'),
      ]
      const before = await configuration.version()
      for (const [i, write] of writes.entries()) {
        await write()
        expect(await configuration.version()).toBe(before + i + 1)
      }
      expect([await customNodes.read('one'), await scripts.read('/alpha', 's')]).toEqual([
        undefined,
        undefined,
      ])
      expect(await configuration.removeNode('/alpha', 'n')).toBe(false)
      expect(await configuration.removeJourney('/alpha', 'Login')).toBe(false)
      expect(await realms.remove('/alpha')).toBe(false)
      expect(await configuration.version()).toBe(before + writes.length)
    })

    test('settings of several realms are saved together, or not at all after another change', async () => {
      const { configuration, documents, realms } = stores
      const changed = (path: string) => ({
        ...realm,
        path,
        settings: realmSettingsSchema.parse({ maxIdleMinutes: 7 }),
      })
      await realms.save({ ...realm, path: '/alpha' })
      await realms.save({ ...realm, path: '/beta' })
      await documents.save('/beta', template)
      const version = await configuration.version()
      const alpha = { path: '/alpha', realm: changed('/alpha'), documents: [template] }
      const beta = { path: '/beta', realm: changed('/beta'), documents: [], removed: [template] }
      const gone = { path: '/gone', realm: changed('/gone'), documents: [] }
      expect(await configuration.saveRealms([alpha, gone], version)).toBe(false)
      expect(await documents.all('/alpha')).toEqual([])
      const racing = [
        configuration.saveRealms([alpha, beta], version),
        configuration.saveRealms([alpha], version),
      ]
      expect((await Promise.all(racing)).toSorted()).toEqual([false, true])
      await configuration.saveRealms([alpha, beta], await configuration.version())
      expect(await Promise.all(['/alpha', '/beta'].map((path) => realms.read(path)))).toEqual([
        changed('/alpha'),
        changed('/beta'),
      ])
      expect([await documents.all('/alpha'), await documents.all('/beta')]).toEqual([[template], []])
      expect(await configuration.version()).toBe(version + 2)
    })

    test('sizes of documents are counted by kind in one realm', async () => {
      const { documents } = stores
      await documents.save('/alpha', { kind: 'theme', id: 'a', document: { text: 'é😀' } })
      await documents.save('/alpha', { kind: 'theme', id: 'b', document: {} })
      await documents.save('/alpha', template)
      await documents.save('/beta', template)
      expect(await documents.sizes('/alpha')).toEqual([
        { kind: 'emailTemplate', count: 1, characters: JSON.stringify(template.document).length },
        { kind: 'theme', count: 2, characters: '{"text":"éx"}{}'.length },
      ])
      expect(await documents.sizes('/gone')).toEqual([])
    })

    test('deletes a realm with its content and nothing of other realms', async () => {
      const saved = await Promise.all(['/alpha', '/beta'].map((path) => fill(stores, path)))
      expect(await stores.realms.remove('/alpha')).toBe(true)
      const exists = await Promise.all(saved.map((ids) => holdings(stores, ids)))
      expect(exists.map((found) => new Set(found))).toEqual([new Set([false]), new Set([true])])
    })
  })
}

async function fill(stores: Stores, path: string) {
  const identity = exampleIdentity({ realm: path })
  const session = exampleSession({ realm: path, identityId: identity.id })
  const transaction = exampleTransaction({ realm: path })
  const journeySession = exampleJourneySession({ realm: path })
  await stores.realms.save({ ...realm, path })
  await stores.configuration.saveJourney(path, journey)
  await stores.configuration.saveNode(path, node)
  await stores.scripts.save(path, script)
  await stores.documents.save(path, template)
  await stores.identities.create(identity)
  await stores.oauthClients.save(path, { id: 'client', document: {}, sealedSecret: undefined })
  const signIn = { session, personCreatedAt: identity.createdAt }
  const commit = { signIn, transactions: [{ kind: 'create' as const, transaction }] }
  await stores.steps.commit(exampleCommit(journeySession, commit))
  await stores.transactions.notify(transaction.idHash, 'key', { x: 1 }, start)
  return { path, identity, session, transaction, journeySession }
}

/** Tells for each kind of content that `fill` saved whether it still exists. */
async function holdings(stores: Stores, saved: Awaited<ReturnType<typeof fill>>): Promise<boolean[]> {
  const { path, identity, session, transaction, journeySession } = saved
  const found = await Promise.all([
    stores.realms.read(path),
    stores.configuration.journey(path, 'Login'),
    stores.configuration.node(path, 'n'),
    stores.scripts.read(path, 's'),
    stores.documents.read(path, 'emailTemplate', 'welcome'),
    stores.identities.read(path, identity.id),
    stores.oauthClients.read(path, 'client'),
    stores.steps.read(journeySession.idHash),
    stores.sessions.read(session.tokenHash),
    stores.transactions.read(transaction.idHash),
    stores.transactions.eventsAfter(transaction.idHash, 0).then((events) => events[0]),
    stores.identities.byAttribute(path, 'mail', 'demo@example.com', 1).then((people) => people[0]),
  ])
  return found.map((one) => one !== undefined)
}
