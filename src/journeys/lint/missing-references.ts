import { unmetNeeds } from '../exchange/needs.ts'
import type { Reference } from '../exchange/references.ts'
import { type LintedJourney, type LintedNode, membersOf } from './linted-journey.ts'
import type { LintedRealm } from './linted-realm.ts'

/** What the nodes of a journey ask for and the realm does not have. */
export function missingReferences(
  journey: LintedJourney,
  kind: Reference['kind'],
  realm: LintedRealm,
): { node: LintedNode; id: string }[] {
  return membersOf(journey).flatMap((node) =>
    unmetNeeds({ type: node.type, settings: node }, realm.has)
      .filter((reference) => reference.kind === kind)
      .map(({ id }) => ({ node, id })),
  )
}
