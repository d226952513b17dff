import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { JourneyDraft } from '../../journeys/drafts/draft-store.ts'
import { journeyDocumentSchema } from '../../journeys/journey-document.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import type { Stores } from '../stores.ts'
import type { OpenStores } from './examples.ts'

const realm = '/alpha'
const node = { id: 'n', type: 'T', version: '1.0', config: { a: 1 } }
const nothing = { journeys: [], nodes: [], scripts: [], customNodeTypes: [], documents: [] }

function draftOf(name: string, revision: string, more: Partial<JourneyDraft> = {}): JourneyDraft {
  const journey = journeyDocumentSchema.parse({ _id: name, entryNodeId: '', nodes: {} })
  const by = { id: 'dana', name: 'Dana' }
  return { journey, nodes: new Map([[node.id, node]]), base: undefined, revision, at: 5, by, ...more }
}

/** The tests for drafts of journeys. */
export function draftStoreContract(open: OpenStores): void {
  describe('drafts of journeys', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    const save = (draft: JourneyDraft, expected?: string, where = realm) =>
      stores.drafts.save(where, draft, expected)
    const names = async (where = realm) => (await stores.drafts.all(where)).map(({ journey }) => journey._id)

    test('keeps one draft for each journey and realm', async () => {
      const draft = draftOf('Login', 'r1', { base: 7 })
      expect(await save(draft)).toBe(true)
      expect(await save(draftOf('Login', 'r2'))).toBe(false)
      expect(await save(draftOf('Another', 'r3', { by: undefined }))).toBe(true)
      expect(await save(draftOf('Login', 'r4'), undefined, '/beta')).toBe(true)
      expect(await stores.drafts.find(realm, 'Login')).toEqual(draft)
      expect(await names()).toEqual(['Another', 'Login'])
      expect(await stores.drafts.find(realm, 'Absent')).toBeUndefined()
    })

    test('replaces and removes only the expected revision', async () => {
      await save(draftOf('Login', 'r1'))
      expect(await save(draftOf('Login', 'r2'), 'r0')).toBe(false)
      const both = await Promise.all([save(draftOf('Login', 'r2'), 'r1'), save(draftOf('Login', 'r3'), 'r1')])
      expect(both.filter(Boolean)).toHaveLength(1)
      const { revision = '' } = (await stores.drafts.find(realm, 'Login')) ?? {}
      expect(await stores.drafts.remove(realm, 'Login', 'r1')).toBe(false)
      expect(await stores.drafts.remove('/beta', 'Login', revision)).toBe(false)
      expect(await stores.drafts.remove(realm, 'Login', revision)).toBe(true)
      expect(await save(draftOf('Login', 'r5'), revision)).toBe(false)
      expect(await names()).toEqual([])
    })

    test('changes seals, but not the revision', async () => {
      await save(draftOf('Login', 'r1'))
      const resealed = draftOf('Login', 'r1', { nodes: new Map([['n', { ...node, config: { a: 2 } }]]) })
      await stores.drafts.reseal(realm, resealed)
      expect(await stores.drafts.find(realm, 'Login')).toEqual(resealed)
      await stores.drafts.reseal(realm, draftOf('Login', 'r0'))
      expect(await stores.drafts.find(realm, 'Login')).toEqual(resealed)
    })

    test('removes a draft with its journey, and with its realm', async () => {
      const { journey } = draftOf('Login', 'r1')
      for (const name of ['Login', 'Other', 'Third']) await save(draftOf(name, name))
      await save(draftOf('Login', 'r1'), undefined, '/beta')
      await stores.configuration.saveJourney(realm, journey)
      await stores.configuration.removeJourney(realm, 'Login')
      expect(await names()).toEqual(['Other', 'Third'])
      const version = await stores.configuration.version()
      await stores.configuration.saveAll(realm, nothing, version, { removed: { journeys: ['Other'] } })
      expect(await names()).toEqual(['Third'])
      expect(await names('/beta')).toEqual(['Login'])
      await stores.realms.save({
        path: '/beta',
        isActive: true,
        aliases: [],
        settings: realmSettingsSchema.parse({}),
      })
      await stores.realms.remove('/beta')
      expect(await names('/beta')).toEqual([])
    })

    test('publishes in one unit: the journey is saved and the draft is removed, or neither', async () => {
      const draft = draftOf('Login', 'r1')
      await save(draft)
      const change = { ...nothing, journeys: [draft.journey] }
      const publish = async (revision: string) =>
        stores.configuration.saveAll(realm, change, await stores.configuration.version(), {
          published: { journey: 'Login', revision },
        })
      expect(await publish('r0')).toBe('changed')
      expect(await stores.configuration.journey(realm, 'Login')).toBeUndefined()
      expect(await publish('r1')).toBe('saved')
      expect(await stores.configuration.journey(realm, 'Login')).toEqual(draft.journey)
      expect(await names()).toEqual([])
    })
  })
}
