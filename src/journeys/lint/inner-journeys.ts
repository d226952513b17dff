import { innerJourneyOf } from '../../engine/journey.ts'
import { membersOf } from './linted-journey.ts'
import type { LintedRealm } from './linted-realm.ts'

/** The inner journeys that nodes of a journey run. */
export function innerJourneys(realm: LintedRealm, name: string): string[] {
  const journey = realm.journey(name)
  if (journey === undefined) return []
  return membersOf(journey).flatMap((node) => innerJourneyOf(node) ?? [])
}
