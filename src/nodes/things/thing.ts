import { z } from 'zod'
import type { Answer } from '../../engine/callbacks.ts'
import { isJsonObject, type Json, type JsonObject } from '../../engine/json.ts'
import type { Person } from '../ports/ports.ts'

/** Transient state: what a thing's token says, once it is verified. The name is the vendor's; scripts read it. */
export const verifiedClaims = 'org.forgerock.am.iot.jwt.pop.verified_claims'

/** Shared state: audiences that a token may name besides the realm. */
export const moreAudiences = 'org.forgerock.am.iot.jwt.pop.additional_audiences'

/** Shared state: set when the session of the thing is to be restricted. */
export const isRestrictedKey = 'thing.isRestricted'

/** A thing's attributes: what it is, and the keys that it proves itself with, as a JSON Web Key Set. */
export const thingType = 'thingType'
const thingKeys = 'thingKeys'

const keySet = z.object({ keys: z.array(z.record(z.string(), z.json())).default([]) })

/** The keys of a thing; none for a person. Tools write them as text, as AM keeps them. */
export function keysOf(person: Person | undefined): JsonObject[] {
  const held = person?.[thingKeys]
  const parsed = keySet.safeParse(typeof held === 'string' ? parsedText(held) : held)
  return parsed.data?.keys ?? []
}

/** Keys as an attribute. */
export function asAttribute(keys: readonly JsonObject[]): JsonObject {
  return { [thingKeys]: JSON.stringify({ keys }) }
}

/** What a thing answers to the callback of a name; undefined on the first visit. */
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

function parsedText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
