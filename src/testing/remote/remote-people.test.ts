import { expect, test } from 'vitest'
import type { PeopleApi } from './people-api.ts'
import { reasons } from './reasons.ts'
import { PeopleReader, PeopleThere } from './remote-people.ts'
import { RefusedError } from './sign-in.ts'

/** A walk with Alex, on a server that refuses some reads. @param refused numbers of reads, from 1. */
function alexThere(refused: readonly number[]) {
  let reads = 0
  let city = 'Bern'
  const api = {
    find: async () => {
      reads++
      if (refused.includes(reads)) throw new RefusedError('503')
      return { city }
    },
  } as unknown as PeopleApi
  return PeopleThere.of({
    people: { alex: {} },
    names: new Map(),
    passwords: {},
    reader: new PeopleReader(async () => api),
    change: async () => {
      city = 'Oslo'
    },
    expected: { alex: { city: 'Bern' } },
  })
}

test('changes of a person whom the server did not show before the walk are unobserved', async () => {
  await expect((await alexThere([])).changed()).resolves.toEqual([])
  await expect((await alexThere([1])).changed()).rejects.toThrow(reasons.refusedPeople)
})

test('an update is not a change by the walk, also if the server does not show its result', async () => {
  const shown = await alexThere([])
  await shown.update({ alex: { city: 'Oslo' } })
  await expect(shown.changed()).resolves.toEqual([])
  const refused = await alexThere([2])
  await expect(refused.update({ alex: { city: 'Oslo' } })).rejects.toThrow(reasons.refusedPeople)
  await expect(refused.changed()).rejects.toThrow(reasons.refusedPeople)
})
