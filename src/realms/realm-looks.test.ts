import { beforeEach, expect, test } from 'vitest'
import type { RealmDocument } from './document-store.ts'
import { RealmLooks } from './realm-looks.ts'

let version: number
let names: Record<string, string>
let reads: number
let looks: RealmLooks
beforeEach(() => {
  version = 1
  names = { '/alpha': 'Alpha', '/shop': 'Shop' }
  reads = 0
  looks = new RealmLooks({ all: async (realm) => read(realm) }, { version: () => version })
})

function read(realm: string): RealmDocument[] {
  reads++
  const theme = { name: names[realm] ?? '', isDefault: true, primaryColor: '#7a1f6b' }
  const linked = { name: `${theme.name} calls`, linkedTrees: ['Calls'] }
  return [theme, linked].map((document) => ({ kind: 'theme', id: document.name, document }))
}

const nameFor = async (realm: string, journey?: string) => (await looks.lookFor(realm, journey))?.theme.name

test('reads the themes of a realm once, for all its journeys', async () => {
  expect(await nameFor('/alpha')).toBe('Alpha')
  expect(await nameFor('/alpha', 'Calls')).toBe('Alpha calls')
  expect(await nameFor('/alpha', 'invented')).toBe('Alpha')
  expect(await nameFor('/shop')).toBe('Shop')
  expect(reads).toBe(2)
  expect((await looks.lookFor('/alpha', undefined))?.properties.light).toMatchObject({
    '--accent': '#7a1f6b',
  })
})

test('reads them again after a change of the configuration', async () => {
  await nameFor('/alpha')
  names['/alpha'] = 'Beta'
  version++
  expect(await nameFor('/alpha')).toBe('Beta')
  expect(reads).toBe(2)
})

test('does not keep themes that were read before a change', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const slow = new RealmLooks(
    {
      async all(realm) {
        const early = read(realm)
        if (reads === 1) await promise
        return early
      },
    },
    { version: () => version },
  )
  const first = slow.lookFor('/alpha', undefined)
  await Promise.resolve()
  names['/alpha'] = 'Beta'
  version++
  expect((await slow.lookFor('/alpha', undefined))?.theme.name).toBe('Beta')
  resolve()
  expect((await first)?.theme.name).toBe('Alpha')
  expect((await slow.lookFor('/alpha', undefined))?.theme.name).toBe('Beta')
})
