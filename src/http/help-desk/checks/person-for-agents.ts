import type { Json, JsonObject } from '../../../engine/json.ts'
import type { Identity } from '../../../people/identity.ts'
import { personOf } from '../../../people/managed-object.ts'
import { maskedNumber } from '../../../people/masked.ts'

/** What an agent sees of a person: the attributes of a list that they have, and never an object or a whole number. */
export function shownPerson(identity: Identity, fields: readonly string[]): JsonObject {
  const person = personOf(identity)
  const shown = fields.flatMap((name) => {
    const value = Object.hasOwn(person, name) ? shownValue(name, person[name] ?? null) : undefined
    return value === undefined ? [] : [[name, value] as const]
  })
  const hasMail = [identity.attributes.mail].flat().some((mail) => typeof mail === 'string' && mail !== '')
  return { _id: identity.id, ...Object.fromEntries(shown), hasMail }
}

function shownValue(name: string, value: Json): Json | undefined {
  if (Array.isArray(value)) {
    const values = value.flatMap((each) => shownValue(name, each) ?? [])
    return values.length === 0 ? undefined : values
  }
  if (value === null || value === '' || typeof value === 'object') return undefined
  return /phone|mobile/i.test(name) ? maskedNumber(String(value)) : value
}
