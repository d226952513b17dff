import type { Limit } from '../../../limits/limit.ts'

const hourMs = 3_600_000

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

/** A person who doesn't see the number guesses one of three, so that one wrong guess is the last. */
export function wrongNumbers(realm: string, personId: string): Limit {
  return { key: `${realm} wrong numbers of ${personId}`, max: 1, windowMs: hourMs }
}

/** Attempts of an app to register with one code. Each asks the push gateway for an address. */
export function registrations(idHash: string): Limit {
  return { key: `push registrations ${idHash}`, max: 5, windowMs: hourMs }
}
