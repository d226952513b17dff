import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type JsonObject, jsonObjectSchema } from '../engine/json.ts'

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
