import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject, parsedJson } from '../../base/json.ts'
import type { Answer } from '../../engine/callbacks.ts'
import type { Person } from '../ports/ports.ts'

/** Transient state key of a thing's verified claims. Scripts read this name, which is the vendor's. */
export const verifiedClaims = 'org.forgerock.am.iot.jwt.pop.verified_claims'

/** Shared state key of audiences to accept besides the realm. */
export const moreAudiences = 'org.forgerock.am.iot.jwt.pop.additional_audiences'

/** Shared state key: whether to restrict the thing's session. */
export const isRestrictedKey = 'thing.isRestricted'

/** Attributes of a thing: its type, and its keys as a JSON Web Key Set. */
export const thingType = 'thingType'
const thingKeys = 'thingKeys'

const keySet = z.object({ keys: z.array(z.record(z.string(), z.json())).default([]) })

/** The keys of a thing. People have none. Tools write them as text, like AM. */
export function keysOf(person: Person | undefined): JsonObject[] {
  const stored = person?.[thingKeys]
  const parsed = keySet.safeParse(typeof stored === 'string' ? parsedJson(stored) : stored)
  return parsed.data?.keys ?? []
}

/** Keys as attribute changes. */
export function asAttribute(keys: readonly JsonObject[]): JsonObject {
  return { [thingKeys]: JSON.stringify({ keys }) }
}

/** The answer to the callback with this id; undefined on the first visit. */
export function tokenIn(answers: readonly Answer[], id: string): string | undefined {
  const value = answers.find(({ type, output }) => type === 'HiddenValueCallback' && output.id === id)?.input[
    ''
  ]
  return typeof value === 'string' && value !== '' && value !== id ? value : undefined
}

/** A member of the `cnf` claim. */
export function confirmed({ cnf }: JsonObject, member: 'kid' | 'jwk'): Json | undefined {
  return isJsonObject(cnf) ? cnf[member] : undefined
}
