import type { Limit } from '../../../limits/limit.ts'

const hourMs = 3_600_000

/** Pushes that a person has neither approved nor let expire. An approval gives its place back, a denial does not. */
export function openPushes(realm: string, personId: string, max: number, lifeMs: number): Limit {
  return { key: `${realm} open pushes of ${personId}`, max, windowMs: lifeMs }
}

export function pushesOfPerson(realm: string, personId: string, max: number): Limit {
  return { key: `${realm} pushes to ${personId}`, max, windowMs: hourMs }
}

/** @param source the client's address, as limits count it. */
export function pushesOfAddress(realm: string, source: string, max: number): Limit {
  return { key: `${realm} pushes for ${source}`, max, windowMs: hourMs }
}

/** A person who denies this often is being bothered by somebody else. */
export function denials(realm: string, personId: string): Limit {
  return { key: `${realm} denied pushes of ${personId}`, max: 3, windowMs: hourMs }
}
