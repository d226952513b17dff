import type { Json, JsonObject } from '../../../base/json.ts'
import { maskedNumber } from '../../../base/masked.ts'
import type { Identity } from '../../../people/identity.ts'
import { personOf } from '../../../people/managed-object.ts'
import { telephoneNumberOf } from '../../../people/telephone-number.ts'

/** A person as agents see them: the listed attributes, without objects and with telephone numbers masked. */
export function personForAgents(identity: Identity, fields: readonly string[]): JsonObject {
  const person = personOf(identity)
  const attributes = fields.flatMap((name) => {
    const value = Object.hasOwn(person, name) ? visibleValue(name, person[name] ?? null) : undefined
    return value === undefined ? [] : [[name, value] as const]
  })
  const hasMail = [identity.attributes.mail].flat().some((mail) => typeof mail === 'string' && mail !== '')
  return {
    _id: identity.id,
    ...Object.fromEntries(attributes),
    hasMail,
    hasNumber: telephoneNumberOf(identity) !== undefined,
  }
}

function visibleValue(name: string, value: Json): Json | undefined {
  if (Array.isArray(value)) {
    const values = value.flatMap((each) => visibleValue(name, each) ?? [])
    return values.length === 0 ? undefined : values
  }
  if (value === null || value === '' || typeof value === 'object') return undefined
  // rule H7: otherwise agents see complete telephone numbers
  return /phone|mobile/i.test(name) ? maskedNumber(String(value)) : value
}
