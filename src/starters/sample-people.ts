import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { RequestError } from '../base/errors.ts'
import { type JsonObject, jsonObjectSchema } from '../base/json.ts'
import type { PlanItem } from '../journeys/exchange/plan-items.ts'
import { displayNameOf } from '../people/display-name.ts'
import type { Identities } from '../people/identities.ts'

export const sampleRealm = '/alpha'

/** A sample person, with a published password. */
type SamplePerson = { id: string; userName: string; password: string; roles: string[]; object: JsonObject }

const file = join(import.meta.dirname, '..', '..', 'samples', 'alpha', 'people.json')

const personSchema = z.object({
  _id: z.string(),
  userName: z.string(),
  password: z.string(),
  roles: z.array(z.string()).default([]),
})

export function samplePeople(): SamplePerson[] {
  return z
    .array(jsonObjectSchema)
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .map((person) => {
      const { _id: id, userName, password, roles } = personSchema.parse(person)
      const { _id, roles: _roles, ...object } = person
      return { id, userName, password, roles, object }
    })
}

/** All roles of the sample people. */
export function sampleRoles(): string[] {
  return [...new Set(samplePeople().flatMap(({ roles }) => roles))]
}

/** Finds, creates and removes people of a realm. */
export type SamplePeopleStore = Pick<Identities, 'find' | 'create' | 'remove'>

/** People of the realm keep their data and password, even if they have the name of a sample person. */
export function planSamplePeople(identities: SamplePeopleStore, realm: string): Promise<PlanItem[]> {
  return Promise.all(
    samplePeople().map(async (person) => {
      return itemOf(person, (await isThere(identities, realm, person)) ? 'kept' : 'new')
    }),
  )
}

/** Creates all missing sample people, or none. One after another, because few passwords may wait at once. */
export async function addSamplePeople(identities: SamplePeopleStore, realm: string): Promise<PlanItem[]> {
  const items: PlanItem[] = []
  const created: string[] = []
  try {
    for (const person of samplePeople()) {
      const { id, item } = await addPerson(identities, realm, person)
      items.push(item)
      if (id !== undefined) created.push(id)
    }
  } catch (error) {
    for (const id of created) await identities.remove(realm, id)
    throw error
  }
  return items
}

/** @returns the id of a created person; undefined if the name is taken, also by another request at the same time. */
async function addPerson(
  identities: SamplePeopleStore,
  realm: string,
  person: SamplePerson,
): Promise<{ id?: string; item: PlanItem }> {
  const { id, roles, object } = person
  if (await isThere(identities, realm, person)) return { item: itemOf(person, 'kept') }
  const known = hasKnownIds(realm) ? { id } : {}
  try {
    const created = await identities.create(realm, object, { ...known, roles, checks: 'none' })
    return { id: created.id, item: itemOf(person, 'new') }
  } catch (error) {
    if (error instanceof RequestError && (await isThere(identities, realm, person)))
      return { item: itemOf(person, 'kept') }
    throw error
  }
}

/** Whether the name is taken, or the person was renamed. */
async function isThere(
  identities: Pick<SamplePeopleStore, 'find'>,
  realm: string,
  { id, userName }: SamplePerson,
): Promise<boolean> {
  if ((await identities.find(realm, userName)) !== undefined) return true
  return hasKnownIds(realm) && (await identities.find(realm, id)) !== undefined
}

/** Ids are unique in the server, so only the sample realm has those of the samples. */
function hasKnownIds(realm: string): boolean {
  return realm === sampleRealm
}

function itemOf({ userName, object }: SamplePerson, status: PlanItem['status']): PlanItem {
  const name = displayNameOf({ userName, attributes: object })
  return { kind: 'person', id: userName, name: `${name} (${userName})`, status }
}
