import { asText } from '../../engine/as-text.ts'
import { innerTreeEvaluator } from '../../nodes/utilities/inner-tree-evaluator.ts'
import { membersOf } from './linted-journey.ts'
import type { LintedRealm } from './linted-realm.ts'

/** The inner journeys that nodes of a journey run. */
export function innerJourneys(realm: LintedRealm, name: string): string[] {
  const journey = realm.journey(name)
  if (journey === undefined) return []
  return membersOf(journey)
    .filter(({ type }) => type === innerTreeEvaluator.type)
    .map(({ config }) => asText(config.tree))
}
