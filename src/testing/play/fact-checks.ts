import { durationMs, type Walk } from '../walk-file.ts'
import { matchesText } from './expected.ts'
import { Mismatch } from './mismatch.ts'
import { type SessionFacts, unlisted } from './session-facts.ts'
import { Unobservable } from './walk-world.ts'

/** A fact that a walk expects of a session. */
export type Fact =
  | { kind: 'person'; expected: string }
  | { kind: 'level'; expected: number }
  | { kind: 'property'; name: string; expected: string }
  | { kind: 'session'; expected: string }

/** The facts of the session that an end expects. */
export function factsIn(ends: NonNullable<Walk['ends']>): Fact[] {
  if (typeof ends === 'string' || 'failure' in ends || ends.success === true) return []
  const { person, level, properties = {}, session } = ends.success
  return [
    ...(person === undefined ? [] : [{ kind: 'person', expected: person } as const]),
    ...(level === undefined ? [] : [{ kind: 'level', expected: level } as const]),
    ...Object.entries(properties).map(([name, expected]) => ({ kind: 'property', name, expected }) as const),
    ...(session === undefined ? [] : [{ kind: 'session', expected: session } as const]),
  ]
}

/** An expected fact in words. */
export function factText(fact: Fact): string {
  return `${fact.kind === 'property' ? `property ${fact.name}` : fact.kind} ${fact.expected}`
}

/** @throws Mismatch if the session differs, Unobservable for a fact that the server doesn't describe. */
export function checkFact(fact: Fact, session: SessionFacts | undefined): void {
  if (session === undefined) throw new Mismatch('session', factText(fact), 'no session')
  const got = factOf(fact, session)
  if (got === undefined && session.isPartial) throw new Unobservable(unlisted)
  if (got === undefined || !isFact(fact, got)) {
    throw new Mismatch('session', factText(fact), got === undefined ? 'none' : String(got))
  }
}

function factOf(
  fact: Fact,
  { person, level, properties, minutes }: SessionFacts,
): string | number | undefined {
  if (fact.kind === 'person') return person
  if (fact.kind === 'level') return level
  return fact.kind === 'session' ? `${minutes}m` : properties[fact.name]
}

function isFact({ kind, expected }: Fact, got: string | number): boolean {
  if (kind === 'session') return durationMs(expected) === durationMs(String(got))
  return typeof expected === 'string' ? matchesText(expected, String(got)) : expected === got
}

/**
 * A walk in which one person gave their password ends in a session of this person, unless it says whose.
 * @param owners the people whose passwords were given.
 * @throws Mismatch for a session of another person.
 */
export function checkOwner(
  ends: NonNullable<Walk['ends']>,
  session: SessionFacts | undefined,
  owners: ReadonlySet<string>,
): void {
  const [owner] = owners
  const person = session?.person
  if (owners.size !== 1 || person === undefined || person === owner) return
  if (factsIn(ends).some(({ kind }) => kind === 'person')) return
  const yaml = `ends: { success: { person: ${person} } }`
  throw new Mismatch('ends', `a session of ${owner}, whose password was given`, `one of ${person}`, [yaml])
}
