import { afterEach, beforeEach, expect, test } from 'vitest'
import { openNewStores } from '../../../test/support/new-database.ts'
import { decision, inner, journeyBundle, scriptOf } from '../../../test/support/small-bundle.ts'
import type { Stores } from '../../store/stores.ts'
import { importBundle } from './apply.ts'
import { readRealm } from './realm-content.ts'

let stores: Stores
beforeEach(async () => {
  stores = await openNewStores()
})
afterEach(() => stores.close())

const options = { dependencies: true, existing: 'replace' } as const
const author = { by: 'id=admin', now: 5000 }
const script = scriptOf('s', 'Decide', 'outcome = "outcome"')
const bundle = journeyBundle('Login', { a: decision('s') }, { scripts: [script] })

/** Stores in which another write precedes each of the first writes of an import. */
function disturbed(times: number) {
  let left = times
  const { configuration } = stores
  const saveAll: typeof configuration.saveAll = async (...given) => {
    if (left-- > 0) await stores.scripts.save('/alpha', scriptOf(`other-${left}`, `Other ${left}`, ''))
    return configuration.saveAll(...given)
  }
  return { ...stores, configuration: { ...configuration, saveAll } }
}

test('plans an import again after a concurrent write', async () => {
  const plan = await importBundle(disturbed(2), '/alpha', bundle, options, author)
  expect(plan.isPossible).toBe(true)
  const realm = await readRealm(stores, '/alpha')
  expect(realm.journeys.map(({ _id }) => _id)).toEqual(['Login'])
  expect(realm.scripts.map(({ name }) => name)).toEqual(['Decide', 'Other 0', 'Other 1'])
})

test('gives up after too many concurrent writes, and writes nothing', async () => {
  await expect(importBundle(disturbed(9), '/alpha', bundle, options, author)).rejects.toMatchObject({
    status: 409,
  })
  expect((await readRealm(stores, '/alpha')).journeys).toEqual([])
})

test('a changed script keeps its creator', async () => {
  await importBundle(stores, '/alpha', bundle, options, author)
  const changed = { ...bundle, scripts: [{ ...script, source: 'x' }] }
  await importBundle(stores, '/alpha', changed, options, { by: 'id=other', now: 6000 })
  expect(await stores.scripts.read('/alpha', 's')).toMatchObject({
    source: 'x',
    createdBy: 'id=admin',
    createdAt: 5000,
    lastModifiedBy: 'id=other',
    lastModifiedAt: 6000,
  })
})

test('imports a long chain of journeys without deep recursion', async () => {
  const names = Array.from({ length: 20_000 }, (_, i) => `J${i}`)
  const nodes = names.map((name, i) => journeyBundle(name, { [`n${i}`]: inner(`J${(i + 1) % 20_000}`) }))
  const chain = {
    ...bundle,
    journeys: nodes.flatMap(({ journeys }) => journeys),
    nodes: nodes.flatMap((one) => one.nodes),
    scripts: [],
  }
  const { findings } = await importBundle(stores, '/alpha', chain, options, author)
  expect(findings).toHaveLength(1)
  expect(findings[0]?.message).toMatch(/in a cycle: J0, J1, .*, … \(20000 journeys\)\. A journey/)
})
